"""A recording names a file that only the site gives out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_plain_names"),
        ("pages", "0004_take_media_over"),
    ]

    operations = [
        # safe-because: pages 0004 has made a row with the same key for every file that a recording names.
        migrations.AlterField(
            model_name="recording",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="pages.mediafile",
            ),
        ),
    ]
