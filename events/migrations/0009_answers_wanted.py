"""By when a series wants its speakers' answers."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_announcements"),
    ]

    operations = [
        migrations.AddField(
            model_name="seriespage",
            name="answers_wanted_days",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="How many days before an evening its speakers are asked to be done. 0: by the evening itself.",
                validators=[django.core.validators.MaxValueValidator(60)],
                verbose_name="answers wanted",
            ),
        ),
    ]
