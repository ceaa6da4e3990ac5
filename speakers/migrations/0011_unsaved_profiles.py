import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0010_promises")]

    operations = [
        migrations.CreateModel(
            name="UnsavedProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("values", models.JSONField(default=dict)),
                ("base", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "speaker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsaved_profile",
                        to="speakers.speaker",
                    ),
                ),
            ],
        ),
    ]
