"""The answers to a question as data: CSV for a table, JSON for a program, both written while they are read."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef

from events.models import EventPage, TalkPage, TalkSpeaker
from events.programme import Person, people_of
from pages.licence import NOTHING_SAID, Licence
from speakers.enums import MissingReason
from speakers.models import Answer, Contribution, StandardQuestion
from speakers.terms import offered

from . import querysets, reuse
from .answers import talks_told, voices_at
from .choices import Chosen
from .citing import address_of_talk

EVENINGS_AT_ONCE = 40
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
# A cell that begins so is a formula to a spreadsheet, and may do harm: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
STATUS = {MissingReason.DECLINED: "declined", MissingReason.TO_COME: "to_come"}
ANSWERED, NOT_ASKED, NOT_ANSWERED = "answered", "not_asked", "not_answered"


@dataclass(frozen=True, slots=True)
class Row:
    """What one talk, or one of its speakers, said to the question; or why there is nothing."""

    talk: TalkPage
    people: tuple[Person, ...]
    status: str
    answer: Answer | None = None
    fragment: str = ""  # of its place on the page of its talk
    licence: Licence = NOTHING_SAID


def rows(question: StandardQuestion, chosen: Chosen) -> Iterator[Row]:
    """Newest evening first, a few evenings at a time, so that no archive is too large.

    A talk whose words aren't public has no row; one of a series that never asks this isn't "not asked".
    """
    asking = set(_asking(question))
    evenings = EventPage.objects.public().newest_first().values_list("pk", flat=True)
    for keys in batched(list(evenings), EVENINGS_AT_ONCE):
        order = {key: place for place, key in enumerate(keys)}
        found = [*_asked(question, chosen, keys), *_not_asked(question, chosen, keys, asking)]
        terms = terms_of(row.talk.contribution_id for row in found)
        for row in sorted(found, key=lambda row: (order[row.talk.event_id or 0], row.talk.path)):
            yield under(row, *terms.get(row.talk.contribution_id or 0, ("", False)))


def terms_of(keys: Iterable[int | None]) -> dict[int, tuple[str, bool]]:
    """(a ReuseTerms or "", whether a consent is missing) by the contribution's key."""
    given = Contribution.objects.with_terms().marking_consents().filter(pk__in={key for key in keys if key})
    rows = given.values_list("pk", "terms_in_force", "lacks_consent")
    return {key: (terms, lacks_consent) for key, terms, lacks_consent in rows}


def under(row: Row, terms: str, lacks_consent: bool) -> Row:
    """A row with its terms. Words that may not be used again are to be read on the site, and aren't given away."""
    row = replace(row, licence=offered(terms, lacks_consent=lacks_consent))
    kept = reuse.why_kept(terms, lacks_consent=lacks_consent)
    return replace(row, status=str(kept), answer=None) if kept and row.answer is not None else row


def _asked(question: StandardQuestion, chosen: Chosen, evenings: tuple[int, ...]) -> Iterator[Row]:
    for voice in voices_at(evenings, question, chosen, silent=True):
        has_words = bool(voice.answer.text)
        status = ANSWERED if has_words else STATUS.get(MissingReason(voice.answer.missing or "given_up"), NOT_ANSWERED)
        # The page of its talk has a place for an answer, and for the fact that somebody chose not to give one.
        fragment = voice.answer.fragment if status in (ANSWERED, "declined") else ""
        yield Row(voice.talk, voice.people, status, voice.answer if has_words else None, fragment)


def _not_asked(
    question: StandardQuestion, chosen: Chosen, evenings: tuple[int, ...], asking: set[int]
) -> Iterator[Row]:
    given = querysets.readable(chosen.contributions()).filter(talk__event__in=evenings, talk__event__series__in=asking)
    asked = Answer.objects.filter(question=question, contribution=OuterRef("pk"))
    given = given.filter(~Exists(asked))
    if (people := chosen.people()) is not None:
        given = given.filter(Exists(TalkSpeaker.objects.filter(people, talk__contribution=OuterRef("pk"))))
    for talk in talks_told(given.values_list("talk", flat=True)).values():
        yield Row(talk, tuple(people_of(talk)), NOT_ASKED)


def _asking(question: StandardQuestion) -> Iterable[int]:
    """The series in which it was ever asked."""
    return querysets.asked_rows(question).values_list("contribution__talk__event__series", flat=True).distinct()


# One row as plain values


def as_dict(row: Row) -> dict[str, Any]:
    event, answer, address = row.talk.event, row.answer, address_of_talk(row.talk)
    series = event.series if event else None
    return {
        "status": row.status,
        "answer": answer.plain_text if answer else "",
        "answer_html": answer.text if answer else "",
        "asked_as": answer.wording if answer else "",
        "given_together": answer.joint and len(row.people) > 1 if answer else None,
        "speakers": [_person(person) for person in row.people],
        "talk": row.talk.title,
        "address": f"{address}#{row.fragment}" if row.fragment else "",
        "talk_address": address,
        "series": series.title if series else "",
        "evening": event.number if event else None,
        "date": event.local_start.date() if event else None,
        "host": event.host.name if event and event.host else "",
        "topics": [topic.name for topic in row.talk.topics.all()],
        "licence": _licence(row.licence),
    }


def _person(person: Person) -> dict[str, str]:
    organisation = person.organisation
    return {
        "name": person.speaker.name,
        "role": person.role,
        "organisation": person.organisation_name,
        "organisation_kind": organisation.kind if organisation else "",
    }


# CSV

COLUMNS = (
    "status answer asked_as given_together speakers roles organisations organisation_kinds talk address talk_address "
    "series evening date host topics licence"
).split()


class _Echo:
    """What csv.writer writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line


def csv_line(cells: Iterable[Any]) -> str:
    line: str = csv.writer(_Echo()).writerow(cells)  # type: ignore[assignment]
    return line


def csv_lines(question: StandardQuestion, chosen: Chosen) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(["question", *COLUMNS])
    for row in rows(question, chosen):
        cells = [question.text, *_cells({**as_dict(row), "licence": row.licence.words})]
        yield writer.writerow([harmless(cell) for cell in cells])


def _cells(row: dict[str, Any]) -> list[str]:
    people = row["speakers"]
    told = {
        **row,
        "given_together": {True: "yes", False: "no", None: ""}[row["given_together"]],
        "speakers": "; ".join(person["name"] for person in people),
        "roles": "; ".join(person["role"] for person in people),
        "organisations": "; ".join(person["organisation"] for person in people),
        "organisation_kinds": "; ".join(person["organisation_kind"] for person in people),
        "topics": "; ".join(row["topics"]),
    }
    return ["" if told[name] is None else str(told[name]) for name in COLUMNS]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe in front says that it is text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


# JSON


def json_parts(question: StandardQuestion, chosen: Chosen) -> Iterator[str]:
    """One object, its answers written one after the other; after them its `licence`, where all have the same."""
    head = {
        "question": question.text,
        "address": f"{settings.SITE_URL}/questions/{question.slug}/",
        "chosen": dict(chosen.items()),
        "former_wordings": [{"text": former.text, "until": former.until} for former in question.former_wordings.all()],
    }
    yield _json(head)[:-1] + ', "answers": ['
    licences = set()
    for place, row in enumerate(rows(question, chosen)):
        licences.add(row.licence)
        yield ("," if place else "") + "\n" + _json(as_dict(row))
    licence = _licence(licences.pop()) if len(licences) == 1 else None
    yield "\n]" + (f', "licence": {_json(licence)}' if licence else "") + "}\n"


def _licence(licence: Licence) -> dict[str, str] | None:
    return {"name": licence.name, "url": licence.url} if licence.name else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
