"""Under which terms a series’ answers may be used again, where speakers choose no others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_answers_wanted"),
    ]

    operations = [
        migrations.AddField(
            model_name="seriespage",
            name="terms",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ogl-3.0", "Open Government Licence v3.0"),
                    ("cc-by-4.0", "Creative Commons Attribution 4.0"),
                    ("cc-by-sa-4.0", "Creative Commons Attribution-ShareAlike 4.0"),
                    ("cc0-1.0", "Creative Commons Zero 1.0"),
                    ("reserved", "All rights reserved (read and quote only)"),
                ],
                help_text="Under which terms the answers may be used again, where the speakers of a talk choose no others.",
                max_length=20,
                verbose_name="terms of reuse",
            ),
        ),
    ]
