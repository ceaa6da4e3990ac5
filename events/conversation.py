"""What was given to a talk, as readers meet it: questions and answers, slides, links, asks, promises."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F, Prefetch
from django.urls import reverse

from pages.clock import next_midnight
from pages.english import days_left, month, short_day
from pages.licence import NOTHING_SAID, Licence
from speakers.enums import DatePrecision, MissingReason
from speakers.models import Answer, Ask, Contribution, Promise, PromiseReply
from speakers.promises import paired
from speakers.terms import offered

ANOTHER_LANGUAGE = "xx"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, or the fact that there is none. Without a `name` it is everybody's, at the fragment of its turn."""

    fragment: str
    name: str
    text: str
    declined: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was asked, and the answers to it."""

    wording: str
    fragment: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Slides:
    """`url` is empty in a preview of words that aren't released."""

    url: str
    details: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    kind: str
    hreflang: str
    language: str
    fragment: str


@dataclass(frozen=True, slots=True)
class AskNow:
    """What the speakers ask, on a day: `state` is "to-open", "open" or "closed"; `words` say until when."""

    text: str
    url: str
    state: str
    words: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class PromiseNow:
    """What they said would happen, about when, and what they have said about it since, the newest first."""

    text: str
    words: str
    replies: tuple[PromiseReply, ...] = ()
    fragment: str = ""


@dataclass(slots=True)
class Given:
    """One talk's contribution, ready to read. Empty where nothing is released."""

    teaser: str = ""
    turns: list[Turn] = field(default_factory=list)
    to_come: int = 0
    slides: Slides | None = None
    links: list[Link] = field(default_factory=list)
    asks: list[AskNow] = field(default_factory=list)
    promises: list[PromiseNow] = field(default_factory=list)
    licence: Licence = NOTHING_SAID
    has_own_terms: bool = False  # its speakers chose others than the series says
    changes_at: dt.datetime | None = None


def fragment(what: str, place: int) -> str:
    """The address within its talk's page of the first (0), second, … link, ask or promise: "ask-1"."""
    return f"{what}-{place + 1}"


def released(keys: Iterable[int | None]) -> dict[int, Contribution]:
    """The contributions that readers may see, by key, with all their rows: six queries whatever the number."""
    answers = Answer.objects.select_related("question", "speaker")
    replies = Prefetch("promise_replies", queryset=PromiseReply.objects.published(), to_attr="what_happened_next")
    found = (
        Contribution.objects.released()
        .filter(pk__in=[key for key in keys if key])
        .select_related("slides", "slides_pdf")
        .marking_slides()
        .marking_consents()
        .with_terms()
        .annotate(series_terms=F("talk__event__series__terms"))
        .prefetch_related(Prefetch("answers", queryset=answers), "links", "asks", "promises", replies)
    )
    return {given.pk: given for given in found}


def given_now(contribution: Contribution | None, *, at: dt.datetime, zone: dt.tzinfo) -> Given:
    """A contribution as it reads at a moment. Released or not is the caller's business."""
    if contribution is None:
        return Given()
    today = at.astimezone(zone).date()
    answers = [(answer, answer.has_text) for answer in contribution.answers.all()]
    asks = list(contribution.asks.all())
    return Given(
        teaser=contribution.teaser,
        turns=turns_of(answers),
        to_come=sum(1 for answer, has_text in answers if not has_text and answer.missing == MissingReason.TO_COME),
        slides=_slides(contribution),
        links=[_link(row, place) for place, row in enumerate(contribution.links.all())],
        asks=asks_of(asks, today),
        promises=promises_of(contribution),
        licence=offered(_terms(contribution), lacks_consent=getattr(contribution, "lacks_consent", False)),
        has_own_terms=_terms(contribution) != getattr(contribution, "series_terms", ""),
        changes_at=next_midnight(at, zone) if any(changes_after(row, today) for row in asks) else None,
    )


def _terms(contribution: Contribution) -> str:
    """Brought along by `released()`; asked for in a preview."""
    return contribution.terms_in_force if hasattr(contribution, "terms_in_force") else contribution.terms_now


def turns_of(answers: Iterable[tuple[Answer, bool]]) -> list[Turn]:
    """Answers, each with whether it has words, by question in their order.

    A question that nobody answered is there only if somebody declined.
    """
    by_question: dict[int, list[tuple[Answer, bool]]] = {}
    for answer, has_text in answers:
        if has_text or answer.missing == MissingReason.DECLINED:
            by_question.setdefault(answer.question_id, []).append((answer, has_text))
    return [
        Turn(rows[0][0].wording, rows[0][0].question.slug, tuple(_reply(*row) for row in rows))
        for rows in by_question.values()
    ]


def _reply(answer: Answer, has_text: bool) -> Reply:
    speaker = answer.speaker.merged_into or answer.speaker if answer.speaker else None
    name = speaker.name if speaker and not answer.joint else ""
    return Reply(answer.fragment, name, answer.text if has_text else "", declined=not has_text)


def _slides(contribution: Contribution) -> Slides | None:
    """A contribution that didn't come from `released()` is a preview: its slides are named, and not linked."""
    public = getattr(contribution, "may_show_slides", None)
    if public is False:
        return None
    if (deck := contribution.deck_for_readers) is not None:
        details = f"PDF, {size_in_words(deck.copy_bytes)}"
        return Slides(reverse("slides", args=[contribution.pk]) if public else "", details)
    if contribution.slides_url:
        return Slides(contribution.slides_url, f"at {urlsplit(contribution.slides_url).hostname or 'another site'}")
    return None


def size_in_words(size_bytes: int) -> str:
    """ "820 KB", "2 MB", "1.4 MB"."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} KB"
    return f"{size_bytes / 1_000_000:.1f}".removesuffix(".0") + " MB"


def language_in_words(row: Any) -> str:
    """ "Welsh", or "another language": what stands after "in"."""
    name = str(row.get_language_display())
    return name.lower() if row.language == ANOTHER_LANGUAGE else name


def _link(row: Any, place: int) -> Link:
    foreign = row.language not in ("", ENGLISH)
    return Link(
        label=row.label,
        url=row.url,
        kind=row.get_kind_display(),
        hreflang="" if row.language == ANOTHER_LANGUAGE else row.language,
        language=language_in_words(row) if foreign else "",
        fragment=fragment("link", place),
    )


def asks_of(rows: Iterable[Ask], today: dt.date) -> list[AskNow]:
    """Closed ones last, each under the address that it had when it was open."""
    found = [replace(ask_on(row, today), fragment=fragment("ask", place)) for place, row in enumerate(rows)]
    return sorted(found, key=lambda ask: ask.state == "closed")


def ask_on(ask: Ask, today: dt.date) -> AskNow:
    """An ask on a day of the series' own zone."""
    url = ask.url or (f"mailto:{ask.email}" if ask.email else "")
    last = ask.last_day
    if ask.opens_on and today < ask.opens_on:
        return AskNow(ask.text, url, "to-open", f"Opens on {short_day(ask.opens_on)}")
    if last is None:
        return AskNow(ask.text, url, "open", "")
    monthly = ask.closes_precision == DatePrecision.MONTH
    end = f"the end of {month(last)}" if monthly else short_day(last)
    if today > last:
        return AskNow(ask.text, url, "closed", f"Closed at {end}" if monthly else f"Closed on {end}")
    return AskNow(ask.text, url, "open", f"Open until {end}, {days_left((last - today).days)}")


def changes_after(ask: Ask, today: dt.date) -> bool:
    """Whether its words will be others one day."""
    last = ask.last_day
    return bool((ask.opens_on and today < ask.opens_on) or (last and today <= last))


def promises_of(contribution: Contribution) -> list[PromiseNow]:
    """Each with its replies; then what was said about promises in words that are no longer there."""
    promises = list(contribution.promises.all())
    replies = getattr(contribution, "what_happened_next", [])
    about, left = paired((row.text for row in promises), replies)
    kept = [replace(promise_words(row), replies=tuple(about[row.text])) for row in promises]
    told = [*kept, *(PromiseNow(reply.said, "", (reply,)) for reply in left)]
    return [replace(promise, fragment=fragment("promise", place)) for place, promise in enumerate(told)]


def promise_words(promise: Promise) -> PromiseNow:
    due = promise.due_on
    if due is None:
        return PromiseNow(promise.text, "")
    return PromiseNow(promise.text, month(due) if promise.due_precision == DatePrecision.MONTH else short_day(due))
