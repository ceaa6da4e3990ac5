"""The file of open data that is served now."""

import datetime as dt
from typing import Self

from django.db import models, transaction

from pages.models import private_storage

FOLDER = "open-data"


class OpenData(models.Model):
    """The one row about it. The file is named for what it holds, so a new one never takes the place of one in use.

    It is private: an old one holds words that may have been taken back, and must not have an address of its own.
    """

    file = models.FileField(upload_to=FOLDER, storage=private_storage, blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(null=True, help_text="When what it holds last became something else.")
    checked_at = models.DateTimeField(null=True, help_text="When it was last made, whether or not anything was new.")
    made_from = models.CharField(max_length=200, blank=True, help_text="The state of the archive it was made from.")
    rows = models.JSONField(default=dict, help_text="How many rows each table has.")
    leased_until = models.DateTimeField(null=True, help_text="Until when somebody may be busy making the next one.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="archive_one_open_data")]

    def __str__(self) -> str:
        return self.file.name or "No open data yet"

    @classmethod
    def current(cls) -> Self | None:
        """What is served; None where nothing was made yet, or what was made is taken away."""
        return cls.objects.exclude(file="").first()

    @classmethod
    def is_taken_away(cls) -> bool:
        """Whether there was a file, and something in it was taken back."""
        return cls.objects.filter(file="").exclude(made_at=None).exists()

    @classmethod
    @transaction.atomic
    def take_away(cls) -> str:
        """Serve nothing until the next one is made, from the commit of this transaction on. Gives the file's name.

        Whoever is busy with the next one has read what was taken back, perhaps: the lease ends, and with it the right
        to put that one into its place.
        """
        row = cls.objects.select_for_update().get(pk=1)
        cls.objects.filter(pk=1).update(file="", leased_until=None)
        return str(row.file.name or "")

    @classmethod
    def lease(cls, *, at: dt.datetime, until: dt.datetime) -> bool:
        """Whether it is ours to make the next one; nobody else may until then."""
        cls.objects.get_or_create(pk=1)
        free = models.Q(leased_until=None) | models.Q(leased_until__lt=at)
        return bool(cls.objects.filter(free, pk=1).update(leased_until=until))
