from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailing", "0004_states_are_checked")]

    operations = [
        migrations.AddField(
            model_name="message", name="files", field=models.JSONField(blank=True, default=list, editable=False)
        ),
    ]
