"""An organiser can say that an import's leftovers have been seen to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_initial")]
    operations = [
        migrations.AddField(
            model_name="eventpage",
            name="leftovers_seen",
            field=models.BooleanField(
                default=False,
                help_text="Tick this if what is left in the box can stay unpublished. It stays here for organisers.",
                verbose_name="the leftovers have been seen to",
            ),
        ),
    ]
