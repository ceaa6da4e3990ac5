"""Talks as records, with everything that their speakers gave."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from events.conversation import released
from events.enums import FREES_A_SLOT
from events.happenings import absolute
from events.models import TalkPage
from events.programme import Person, people_of
from speakers.enums import MissingReason, PromiseOutcome
from speakers.models import Answer, Contribution, PromiseReply
from speakers.prose import plain_text

from ..answers import talks_told, whose
from ..citing import address_of_talk
from ..enums import AnswerStatus
from ..reuse import kept_back, licence_of
from ..sitemaps import newest
from .shapes import (
    AnswerRecord,
    AppearanceRecord,
    AskRecord,
    LicenceRecord,
    LinkRecord,
    PromiseRecord,
    ReplyRecord,
    TalkRecord,
)

MISSING = {MissingReason.DECLINED: AnswerStatus.DECLINED, MissingReason.TO_COME: AnswerStatus.TO_COME}


@dataclass(frozen=True, slots=True)
class Told:
    """A public talk, its people, and what was given to it; `given` is None where none of that is for readers."""

    talk: Any
    people: tuple[Person, ...]
    given: Contribution | None
    account: str
    position: int | None

    @property
    def record(self) -> TalkRecord:
        talk, given = self.talk, self.given
        return TalkRecord(
            id=talk.pk,
            event=talk.event_id,
            position=self.position,
            title=talk.title,
            title_is_ours=talk.title_is_ours,
            teaser=talk.teaser,
            state=talk.state,
            speakers=[_appearance(person) for person in self.people],
            topics=[topic.slug for topic in talk.topics.all()],
            account=plain_text(self.account),
            account_html=self.account,
            links=[_link(row) for row in given.links.all()] if given else [],
            promises=[_promise(row) for row in given.promises.all()] if given else [],
            replies=[_reply(row) for row in given.what_happened_next] if given else [],
            slides=_slides(given) if given else "",
            address=address_of_talk(talk),
            updated_at=newest([talk.last_published_at, *(_moments(given) if given else ())]),
            licence=self.licence,
        )

    @property
    def licence(self) -> LicenceRecord:
        terms = licence_of(self.given)
        return LicenceRecord(name=terms.name, url=terms.url)

    @property
    def answers(self) -> Iterator[AnswerRecord]:
        """In the order of the questions, one for each that was put."""
        for answer in self.given.answers.all() if self.given else ():
            yield self._answer(answer)

    def _answer(self, answer: Answer) -> AnswerRecord:
        kept = kept_back(self.given) if answer.plain_text else None
        words = "" if kept else answer.plain_text
        status = kept or (AnswerStatus.ANSWERED if words else _missing(answer))
        people = whose(answer, self.talk)
        # The page of its talk has a place for an answer, and for the fact that somebody chose not to give one.
        has_place = bool(answer.plain_text) or status == AnswerStatus.DECLINED
        return AnswerRecord(
            id=answer_id(self.talk.pk, answer),
            talk=self.talk.pk,
            event=self.talk.event_id,
            question=answer.question.slug,
            status=status,
            asked_as=answer.wording,
            text=words,
            html=answer.text if words else "",
            together=answer.joint and len(people) > 1 if words else None,
            speakers=[person.speaker.name for person in people],
            address=f"{address_of_talk(self.talk)}#{answer.fragment}" if has_place else "",
            updated_at=self.given.last_published_at if self.given else None,
            licence=self.licence,
        )

    @property
    def asks(self) -> Iterator[AskRecord]:
        for place, ask in enumerate(self.given.asks.all() if self.given else (), start=1):
            yield AskRecord(
                id=f"{self.talk.pk}-{place}",
                talk=self.talk.pk,
                event=self.talk.event_id,
                text=ask.text,
                url=ask.url,
                opens_on=ask.opens_on,
                closes_on=ask.closes_on,
                closes_precision=ask.closes_precision,
                address=address_of_talk(self.talk),
                updated_at=self.given.last_published_at if self.given else None,
                licence=self.licence,
            )


def told(keys: Sequence[int]) -> list[Told]:
    """Public talks in the order of their keys. Fourteen queries whatever the number."""
    talks = talks_told(keys)
    given = _with_consents(released(talk.contribution_id for talk in talks.values() if talk.takes_a_slot))
    accounts = dict(TalkPage.objects.filter(pk__in=talks).values_list("pk", "account"))
    places = _places({talk.event_id for talk in talks.values()})
    return [
        Told(
            talk=talks[key],
            people=tuple(people_of(talks[key])),
            given=given.get(talks[key].contribution_id or 0),
            account=accounts.get(key, "") if talks[key].takes_a_slot else "",
            position=places.get(key),
        )
        for key in keys
        if key in talks
    ]


def _with_consents(given: dict[int, Contribution]) -> dict[int, Contribution]:
    """Apart from `released`: readers' pages need none of it."""
    rows = Contribution.objects.filter(pk__in=given).marking_consents().order_by()
    for key, words, slides in rows.values_list("pk", "lacks_consent", "lacks_consent_to_slides"):
        given[key].__dict__.update(lacks_consent=words, lacks_consent_to_slides=slides)
    return given


def _places(events: set[int | None]) -> dict[int, int]:
    """Each talk's slot in the running order of its evening, counted from 1; drafts have theirs too."""
    rows = TalkPage.objects.filter(event__in=events).exclude(state__in=FREES_A_SLOT).order_by("event", "path")
    seen: dict[int | None, int] = {}
    places = {}
    for event, key in rows.values_list("event", "pk"):
        places[key] = seen[event] = seen.get(event, 0) + 1
    return places


def answer_id(talk: int, answer: Answer) -> str:
    """Its talk, its question and, of one person's own, that person. Rows come and go with each release; these stay."""
    if answer.joint:
        return f"{talk}-{answer.question_id}"
    # Somebody whose row is gone: nothing is left to know them by.
    return f"{talk}-{answer.question_id}-{answer.speaker_id or f'0{answer.pk}'}"


def _missing(answer: Answer) -> AnswerStatus:
    return MISSING.get(MissingReason(answer.missing or MissingReason.GIVEN_UP), AnswerStatus.NOT_ANSWERED)


def _appearance(person: Person) -> AppearanceRecord:
    return AppearanceRecord(
        speaker=person.speaker.slug if person.has_page else None,
        name=person.speaker.name,
        role=person.role,
        organisation=person.organisation.slug if person.organisation else None,
        organisation_name=person.organisation_name,
        place=person.place,
    )


def _link(row: Any) -> LinkRecord:
    return LinkRecord(label=row.label, url=row.url, kind=row.kind, language=row.language)


def _promise(row: Any) -> PromiseRecord:
    return PromiseRecord(text=row.text, due_on=row.due_on, due_precision=row.due_precision)


def _reply(row: PromiseReply) -> ReplyRecord:
    return ReplyRecord(promise=row.said, outcome=PromiseOutcome(row.outcome), text=row.words, replied_on=row.replied_on)


def _moments(given: Any) -> list[dt.datetime | None]:
    """When its words and each reply became public."""
    return [given.last_published_at, *(row.published_at for row in given.what_happened_next)]


def _slides(given: Any) -> str:
    """Where they are seen, where nobody took back their consent to that, and whoever was asked gave it."""
    if not given.may_show_slides or given.lacks_consent_to_slides:
        return ""
    return absolute(reverse("slides", args=[given.pk])) if given.slides_id else str(given.slides_url)
