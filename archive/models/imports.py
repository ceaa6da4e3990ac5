"""How old write-ups came in."""

from django.conf import settings
from django.db import models


class ImportRun(models.Model):
    """One import of a write-up: what came in, what was made of it, and what an organiser should look at."""

    event = models.ForeignKey(
        "events.EventPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="import_runs"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    filename = models.CharField(max_length=200)
    source_sha256 = models.CharField(max_length=64, db_index=True)
    source = models.TextField(help_text="The input, whole: nothing of it is lost.")
    shape = models.CharField(max_length=40)
    plan = models.JSONField()
    warnings = models.JSONField(default=list, blank=True)
    leftovers_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.filename}, {self.at:%Y-%m-%d %H:%M}"
