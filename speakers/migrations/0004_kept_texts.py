"""Words that could not go into a draft, kept beside it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0003_introductions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="KeptText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("clash", "Somebody else changed the same field"),
                            ("taken", "The organisers had taken it back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("page", models.CharField(max_length=32)),
                ("field", models.CharField(max_length=80)),
                ("label", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_texts",
                        to="speakers.contribution",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "by", "page", "field"), name="speakers_kept_once_a_page"
                    )
                ],
            },
        ),
    ]
