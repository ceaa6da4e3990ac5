"""How each speaker would like to be introduced."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0002_words_set_aside")]
    operations = [
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("role", models.CharField(blank=True, max_length=160)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                (
                    "pronunciation",
                    models.CharField(blank=True, max_length=120, verbose_name="how the name is said"),
                ),
                (
                    "contribution",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to="speakers.contribution",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="introductions", to="speakers.speaker"
                    ),
                ),
            ],
            options={"verbose_name": "introduction", "ordering": ["sort_order"], "abstract": False},
        ),
    ]
