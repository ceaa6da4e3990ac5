"""Planning and running evenings is a permission of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0003_leftovers_seen")]
    operations = [
        migrations.AlterModelOptions(
            name="eventpage", options={"permissions": [("organise_evening", "Can plan and run evenings")]}
        ),
    ]
