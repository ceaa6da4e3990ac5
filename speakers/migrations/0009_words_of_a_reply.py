from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0008_slides_are_read")]

    operations = [
        migrations.AlterField(
            model_name="kepttext",
            name="because",
            field=models.CharField(
                choices=[
                    ("clash", "Somebody else changed the same field"),
                    ("taken", "The organisers had taken it back"),
                    ("reply", "It was in a pasted reply and has no place in the form"),
                ],
                max_length=10,
            ),
        ),
    ]
