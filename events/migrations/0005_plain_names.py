"""Pages are called by the field's own words in the admin."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0004_organise_permission")]
    operations = [
        migrations.AlterModelOptions(
            name="eventpage",
            options={"permissions": [("organise_evening", "Can plan and run evenings")], "verbose_name": "evening"},
        ),
        migrations.AlterModelOptions(
            name="seriespage", options={"verbose_name": "series", "verbose_name_plural": "series"}
        ),
        migrations.AlterModelOptions(name="talkpage", options={"verbose_name": "talk"}),
    ]
