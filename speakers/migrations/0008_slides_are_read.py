"""What a file of slides carries, the copy that readers get, and PDFs that are made of slides."""

import django.db.models.deletion
import pages.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0007_helpers_and_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="slides_pdf",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="speakers.slidedeck",
            ),
        ),
        migrations.AddField(
            model_name="slidedeck",
            name="copy",
            field=models.FileField(
                blank=True,
                storage=pages.models.private_storage,
                upload_to="slides/%Y/",
                verbose_name="copy for readers",
            ),
        ),
        migrations.AddField(
            model_name="slidedeck",
            name="copy_bytes",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="slidedeck",
            name="digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AddField(
            model_name="slidedeck",
            name="facts",
            field=models.JSONField(blank=True, default=dict, verbose_name="what it carries"),
        ),
        migrations.CreateModel(
            name="Conversion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Made"), ("failed", "Not made")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("fault", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                (
                    "deck",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conversion", to="speakers.slidedeck"
                    ),
                ),
                (
                    "made",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="made_from",
                        to="speakers.slidedeck",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["state", "leased_until"], name="speakers_conversion_next")],
            },
        ),
    ]
