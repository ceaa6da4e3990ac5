"""The programme's side of a slot. What the speakers give stands apart, in a Contribution."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from pages.english import listed
from pages.models import PROSE
from speakers.merging import follow_merges
from speakers.models import Contribution, Organisation, Speaker

from ..addresses import OnceItWasPublic
from ..enums import FREES_A_SLOT, TO_BE_ANNOUNCED, TalkState
from ..guard import refuse_unless_public
from ..querysets import TalkPageManager
from .places import Topic

# Where an evening's transcript stands, beside its talks.
TRANSCRIPT = "transcript"


class TalkPage(OnceItWasPublic, Page):
    """A talk in the programme. Order in the tree is the running order; `event` repeats the tree parent."""

    event = models.ForeignKey(
        "events.EventPage", null=True, on_delete=models.SET_NULL, related_name="talks", editable=False
    )
    contribution = models.OneToOneField(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="talk", editable=False
    )
    title_is_ours = models.BooleanField(
        "the title is ours", default=False, help_text="Tick where the organisers made it up, not the speaker."
    )
    teaser = models.TextField(blank=True, help_text="One or two sentences in the programme.")
    account = RichTextField(
        "our account of the talk", blank=True, features=PROSE, help_text="What the organisers say about it afterwards."
    )
    state = models.CharField(max_length=10, choices=TalkState, default=TalkState.PLANNED)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="talks")

    objects = TalkPageManager()

    parent_page_types = ["events.EventPage"]
    subpage_types: list[str] = []
    is_creatable = False
    private_page_options: list[str] = []
    exclude_fields_in_copy = ["contribution"]
    template = "events/talk_page.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("teaser"),
        index.SearchField("account"),
        index.SearchField("released_words"),
        index.SearchField("speaker_names"),
        index.FilterField("event_id"),
        index.FilterField("state"),
    ]

    class Meta:
        verbose_name = "talk"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.follow_title()
        super().full_clean(*args, **kwargs)

    def follow_title(self) -> None:
        """Until it is first published, a talk's address follows its title; from then on it stays."""
        if self.first_published_at or self.live or not self.title or self.title == TO_BE_ANNOUNCED:
            return
        base = slugify(self.title)[:80].strip("-") or "talk"
        parent_path = self.path[: -self.steplen] if self.path else ""
        taken = set(
            Page.objects.filter(path__startswith=parent_path, depth=self.depth)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
            if self.path
            else ()
        )
        taken.add(TRANSCRIPT)
        slug, count = base, 1
        while slug in taken:
            count += 1
            slug = f"{base}-{count}"
        self.slug = slug

    def with_content_json(self, content: dict[str, Any]) -> "TalkPage":
        """The links to the evening and to what the speakers gave are carried past old revisions."""
        talk: TalkPage = super().with_content_json(content)
        talk.event_id, talk.contribution_id = self.event_id, self.contribution_id
        if follow_merges(talk.talk_speakers.all()):
            talk.talk_speakers = joined(talk.talk_speakers.all())
        return talk

    def permissions_for_user(self, user: Any) -> Any:
        from ..permissions import PlannedPagePermissionTester

        return PlannedPagePermissionTester(user, self)

    # Reading

    @property
    def is_announced(self) -> bool:
        """Whether it has a title of its own."""
        return bool(self.title) and self.title != TO_BE_ANNOUNCED

    @property
    def has_title(self) -> bool:
        """The same of its newest draft."""
        title = self.draft_title or self.title
        return bool(title) and title != TO_BE_ANNOUNCED

    @property
    def in_words(self) -> str:
        """Within a sentence of the organisers': “Tides”; without a title "slot 2 of Data Bites 61 (Ada Vale)"."""
        if self.has_title:
            return f"“{self.draft_title or self.title}”"
        if self.event is None or self.event.series is None:
            return "a talk that is to be announced"
        earlier = TalkPage.objects.filter(event=self.event_id, path__lt=self.path).exclude(state__in=FREES_A_SLOT)
        names = listed([str(row.speaker) for row in self.get_latest_revision_as_object().talk_speakers.all()])
        slot = f"slot {earlier.count() + 1} of {self.event.series.title} {self.event.number}"
        return f"{slot} ({names})" if names else slot

    @property
    def takes_a_slot(self) -> bool:
        return self.state not in FREES_A_SLOT

    @property
    def is_public(self) -> bool:
        return bool(self.live and self.event and self.event.is_public)

    def released_contribution(self) -> Contribution | None:
        """What the speakers gave, where readers may see it."""
        if self.contribution_id is None:
            return None
        return Contribution.objects.released().filter(pk=self.contribution_id).first()

    def released_words(self) -> str:
        """For the search index: the speakers' words that are public, and nothing of a draft."""
        given = self.released_contribution() if self.pk else None
        if given is None:
            return ""
        return "\n".join([given.teaser, *(answer.plain_text for answer in given.answers.all())])

    def speaker_names(self) -> str:
        """For the search index."""
        rows = self.talk_speakers.all()
        return ", ".join(f"{r.speaker.name} {r.organisation or ''}".strip() for r in rows if r.speaker_id)

    def starts_at(self, position: int) -> dt.datetime | None:
        """The clock time of the slot at a position (0 is the first) of its evening."""
        series = self.event.series if self.event else None
        if self.event is None or series is None:
            return None
        return (self.event.starts_at + series.welcome + position * series.slot).astimezone(self.event.zone)

    # Serving

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from .events import EventPage

        # With its series in the same query: every part of the page asks for both.
        prefetch_related_objects([self], Prefetch("event", EventPage.objects.select_related("series")))
        refuse_unless_public(self, request)
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_public else []  # type: ignore[no-any-return]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import talk_context

        return {**super().get_context(request, *args, **kwargs), **talk_context(self, request)}


class TalkSpeaker(Orderable):
    """Who speaks, and who they were at the time."""

    talk = ParentalKey(TalkPage, on_delete=models.CASCADE, related_name="talk_speakers")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    role = models.CharField(max_length=160, blank=True, help_text="Their job at the time.")
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="appearances",
        help_text="Where they worked at the time.",
    )
    place = models.CharField(
        max_length=80, blank=True, help_text="Where they spoke from, if not the room, such as “Cardiff”."
    )

    class Meta(Orderable.Meta):
        verbose_name = "speaker"

    def __str__(self) -> str:
        return str(self.speaker)

    @classmethod
    def join_rows_of(cls, speaker: Speaker) -> None:
        """Two rows became one person: where they stood in the same talk, one row is left of them."""
        rows = cls.objects.filter(speaker=speaker).order_by("talk", "sort_order", "pk")
        for _, theirs in groupby(rows, key=lambda row: row.talk_id):
            found = list(theirs)
            for row in joined(found) if len(found) > 1 else ():
                cls.objects.filter(pk__in=[other.pk for other in found]).exclude(pk=row.pk).delete()
                row.save()


def joined(rows: Iterable[TalkSpeaker]) -> list[TalkSpeaker]:
    """The rows of one talk, each person once: the first stays, and is filled in with what only a later one says."""
    people: dict[Any, TalkSpeaker] = {}
    for row in rows:
        # A row of a draft may name nobody yet, and stays on its own.
        first = people.setdefault(row.speaker_id or f"nobody {id(row)}", row)
        first.role, first.place = first.role or row.role, first.place or row.place
        first.organisation_id = first.organisation_id or row.organisation_id
    return list(people.values())


class RelatedTalk(Orderable):
    """Another talk this one builds on: a talk of ours, or words and a number until that evening is in."""

    talk = ParentalKey(TalkPage, on_delete=models.CASCADE, related_name="related_talks")
    related = models.ForeignKey(
        TalkPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="related_from", verbose_name="talk"
    )
    number = models.PositiveIntegerField(
        "evening’s number", null=True, blank=True, help_text="Where that evening isn’t in yet."
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Where even its number isn’t known.")
    words = models.CharField(max_length=200, blank=True, help_text="What it was, in a few words.")
    url = models.URLField("link", max_length=500, blank=True)
    reason = models.CharField(
        max_length=200, blank=True, help_text="Why a reader would look, such as “an earlier stage”."
    )

    class Meta(Orderable.Meta):
        verbose_name = "related talk"

    def __str__(self) -> str:
        return str(self.related) if self.related else self.words

    def clean(self) -> None:
        super().clean()
        if not self.related_id and not self.words:
            raise ValidationError({"words": "Choose a talk, or say in a few words what it was."})
        if self.related_id and self.related_id == self.talk_id:
            raise ValidationError({"related": "A talk can’t be related to itself."})


class TalkCorrection(Orderable):
    """What was wrong and is right now. Always public."""

    talk = ParentalKey(TalkPage, on_delete=models.CASCADE, related_name="corrections")
    made_on = models.DateField("date")
    text = models.TextField()

    class Meta(Orderable.Meta):
        verbose_name = "correction"

    def __str__(self) -> str:
        return self.text[:80]
