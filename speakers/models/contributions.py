"""What the speakers give to one talk. Live only when released; never written by the programme's side."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from modelcluster.models import ClusterableModel
from wagtail.locks import BaseLock
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from ..enums import Baton, ConsentTo, ReleaseState
from ..locks import BatonLock
from ..querysets import ContributionQuerySet
from .decks import SlideDeck

if TYPE_CHECKING:
    from .people import Speaker


class Contribution(  # type: ignore[misc]
    PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel
):
    """What the speakers give to one talk: its title as they propose it, their answers, slides, links, asks, promises.

    Everything here travels in revisions. Who holds it, consent and private notes are plain rows beside it.
    """

    proposed_title = models.CharField(
        max_length=255, blank=True, help_text="The title the speakers would like. The programme’s title is the talk’s."
    )
    teaser = models.TextField(
        blank=True, help_text="One or two sentences for the programme, in the speakers’ own words."
    )
    introduction = models.TextField(
        "how to introduce them", blank=True, help_text="For the chair, on the night. Never shown to readers."
    )
    slides = models.ForeignKey(SlideDeck, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    slides_pdf = models.ForeignKey(
        SlideDeck, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    slides_url = models.URLField(
        "link to the slides", blank=True, help_text="Where the slides are somewhere else on the web."
    )
    # Words that are kept but not in use: the joint answer while each speaks for themselves, and the reverse. Apart from
    # the rows of answers, which hold what is in use, so that nothing that reads those can ever show these.
    set_aside = models.JSONField(default=list, blank=True, editable=False)
    live = models.BooleanField(default=False, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        permissions = [("publish_contribution", "Can release a contribution")]

    def __str__(self) -> str:
        talk = getattr(self, "talk", None)
        if talk is None:
            return self.proposed_title or "A contribution without a talk"
        return f"What was given to {talk.in_words}"

    # The baton

    def newest_handover(self) -> Any:
        """The row that says who holds this; None where it was never handed over."""
        return self.handovers.order_by("-at", "-pk").first()

    @property
    def held_by(self) -> str:
        """ "speakers" or "organisers"; the organisers hold what was never handed over."""
        newest = self.newest_handover()
        return newest.to if newest else Baton.ORGANISERS

    def get_lock(self) -> BaseLock | None:
        """The baton's lock first, then Wagtail's own. The admin's editor is the organisers' door."""
        if self.pk and self.held_by == Baton.SPEAKERS:
            return BatonLock(self)
        return super().get_lock()  # type: ignore[no-any-return]

    # Reading

    @property
    def release_state(self) -> ReleaseState:
        """How far it is on its way to readers; whether its talk is public is another matter (`is_released`)."""
        if self.live:
            return ReleaseState.CHANGED if self.has_unpublished_changes else ReleaseState.RELEASED
        return ReleaseState.DRAFT if self.latest_revision_id else ReleaseState.EMPTY

    def appearances(self) -> list[Any]:
        """Who speaks in its talk, with role and organisation, as the programme's newest draft has it."""
        talk = getattr(self, "talk", None)
        if talk is None:
            return []
        return [row for row in talk.get_latest_revision_as_object().talk_speakers.all() if row.speaker_id]

    def speakers(self) -> list["Speaker"]:
        """The people of its talk, as the programme's newest draft has them."""
        return list(dict.fromkeys(row.speaker for row in self.appearances()))

    def series_questions(self) -> list[Any]:
        """What its series asks today, in order; nothing without a talk in a series."""
        event = getattr(getattr(self, "talk", None), "event", None)
        return event.series.questions() if event and event.series else []

    def public_answers(self) -> list[Any]:
        """Answers with words in them, in the order of the questions as they were set."""
        return [answer for answer in self.answers.all() if answer.has_text]

    def has_words(self) -> bool:
        """Whether anyone has written in it, in a draft or in what was released."""
        newest = self.get_latest_revision_as_object()
        plain = (
            newest.proposed_title,
            newest.teaser,
            newest.introduction,
            newest.slides_id,
            newest.slides_pdf_id,
            newest.slides_url,
            newest.set_aside,
        )
        rows = (newest.links.all(), newest.asks.all(), newest.promises.all(), newest.introductions.all())
        return any(plain) or any(map(bool, rows)) or any(answer.has_text for answer in newest.answers.all())

    def with_content_json(self, content: dict[str, Any]) -> "Contribution":
        """A draft that names somebody who was merged since speaks of the person they were merged into."""
        from ..merging import follow_merges

        contribution: Contribution = super().with_content_json(without_parents(content))
        follow_merges([*contribution.answers.all(), *contribution.introductions.all()])
        return contribution

    def is_released(self) -> bool:
        return type(self).objects.released().filter(pk=self.pk).exists()

    def slides_are_public(self) -> bool:
        """Whether the slides may be shown: released, and nobody has taken back their consent."""
        return type(self).objects.with_slides_allowed().filter(pk=self.pk).exists()

    def consent_withdrawn(self, what: str = ConsentTo.ANSWERS) -> bool:
        return self.consents.withdrawn(what).exists()

    @property
    def terms_now(self) -> str:
        """A ReuseTerms, as its speakers chose or else its series says; "" for neither."""
        rows = type(self).objects.with_terms().filter(pk=self.pk)
        return rows.values_list("terms_in_force", flat=True).first() or ""

    @property
    def allows_reuse(self) -> bool:
        """Whether its words may be given away as data; the same rule as `allowing_reuse()`."""
        return type(self).objects.allowing_reuse().filter(pk=self.pk).exists()

    @property
    def deck_for_readers(self) -> SlideDeck | None:
        """The PDF whose copy readers get: the one that was given for them, or the slides where they are a PDF."""
        return next((deck for deck in (self.slides_pdf, self.slides) if deck is not None and deck.copy), None)

    def get_slides_download_url(self) -> str:
        return reverse("slides", args=[self.pk])

    # Preview

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "events/contribution_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {"request": request, "contribution": self, "talk": getattr(self, "talk", None), "object": self}


def without_parents(content: dict[str, Any]) -> dict[str, Any]:
    """A revision's content whose rows don't name the contribution they are in.

    Each name would be looked up by itself, a third of what an autosave asks the database; rows get their parent when
    they are put into it.
    """
    return {
        name: [{key: part for key, part in row.items() if key != "contribution"} for row in value]
        if isinstance(value, list) and all(isinstance(row, dict) for row in value)
        else value
        for name, value in content.items()
    }
