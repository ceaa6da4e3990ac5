"""The register of links: each address that readers are shown, where it is named, and what its last check said."""

import datetime as dt

from django.db import models

from speakers.enums import LinkKind


class LinkState(models.TextChoices):
    """What the newest check found."""

    UNCHECKED = "unchecked", "Not checked yet"
    WELL = "well", "Answers"
    MOVED = "moved", "Has moved"
    FAILING = "failing", "Did not answer the last time"
    DEAD = "dead", "No longer answers"
    UNASKED = "unasked", "Doesn’t let programs ask"


class LinkQuerySet(models.QuerySet["Link"]):
    def due(self, *, at: dt.datetime) -> "LinkQuerySet":
        """Links to be checked at a moment, those that have waited longest first."""
        return self.filter(due_at__lte=at, ignored_at=None, mentions__isnull=False).distinct().order_by("due_at", "pk")

    def wanting_attention(self) -> "LinkQuerySet":
        """What an organiser should look at: dead or moved, still named, and not put aside."""
        states = (LinkState.DEAD, LinkState.MOVED)
        return self.filter(state__in=states, ignored_at=None, mentions__isnull=False).distinct()

    def named(self) -> "LinkQuerySet":
        """Links that stand somewhere in public, those of the newest evening first."""
        return self.exclude(named_at=None).order_by("-named_at", "pk")


class Link(models.Model):
    """An address on the web that the archive names. It stays when it is no longer named: it may come back."""

    url = models.TextField()
    key = models.CharField(max_length=64, unique=True, help_text="The address’s SHA-256.")
    host = models.CharField(max_length=255)
    label = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=15, choices=LinkKind, default=LinkKind.OTHER)
    named_at = models.DateTimeField(null=True, blank=True, help_text="When the newest evening that names it began.")
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.UNCHECKED)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="HTTP status of the newest check.")
    reason = models.CharField(max_length=200, blank=True, help_text="What went wrong, in words.")
    leads_to = models.TextField(blank=True, help_text="Where it has moved to for good.")
    checked_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row.")
    due_at = models.DateTimeField()
    ignored_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("-named_at", "id"), name="archive_links_newest"),
            models.Index(fields=("kind", "-named_at"), name="archive_links_by_kind"),
            models.Index(fields=("due_at",), name="archive_links_due"),
            models.Index(fields=("host", "checked_at"), name="archive_links_by_host"),
            models.Index(fields=("state",), name="archive_links_by_state"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def archived_url(self) -> str:
        """Where the web archive keeps it as it was when it was last named (web.archive.org, by date)."""
        day = f"{self.named_at:%Y%m%d}" if self.named_at else "2"
        return f"https://web.archive.org/web/{day}/{self.url}"


class Mention(models.Model):
    """One place in public where a link stands."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="mentions")
    event = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="+")
    talk = models.ForeignKey("events.TalkPage", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=300)
    kind = models.CharField(max_length=15, choices=LinkKind, default=LinkKind.OTHER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("link", "event", "talk"), name="archive_link_once_a_talk"),
            models.UniqueConstraint(
                fields=("link", "event"), condition=models.Q(talk=None), name="archive_link_once_an_evening"
            ),
        ]

    def __str__(self) -> str:
        return self.label
