"""Lists of addresses that an organiser brings in."""

from django.conf import settings
from django.db import models

from ..enums import ListWay


class AddressList(models.Model):
    """A file that somebody brought, looked at before anything is made of it.

    Its content goes as soon as it is on the list, or after a day; who brought it, and what became of it, stays.
    """

    filename = models.CharField(max_length=200)
    content = models.BinaryField(default=bytes, help_text="Its checked lines, as JSON compressed with zlib.")
    way = models.CharField(max_length=10, choices=ListWay)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    line_count = models.PositiveIntegerField(default=0)
    # When an organiser said yes; how many lines have been brought in since; when that was all of them.
    wanted_at = models.DateTimeField(null=True, blank=True)
    lines_done = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True, help_text="How many lines came to what.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.filename}, {self.made_at:%Y-%m-%d}"
