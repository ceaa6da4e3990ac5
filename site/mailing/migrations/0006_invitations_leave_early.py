from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailing", "0005_files")]

    operations = [
        migrations.AlterField(
            # safe-because: only the words of a choice that is checked below.
            model_name="outgoingmail",
            name="urgency",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Somebody waits for it"),
                    (5, "An invitation to speak"),
                    (10, "For one person"),
                    (20, "For subscribers"),
                ]
            ),
        ),
        migrations.RemoveConstraint(model_name="outgoingmail", name="mailing_urgency_is_one_of_ours"),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("urgency__in", [0, 5, 10, 20])), name="mailing_urgency_is_one_of_ours"
            ),
        ),
    ]
