"""What lists can be narrowed by, and how far one request reads."""

import datetime as dt
from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from events.enums import EventStatus
from events.models import TalkSpeaker
from speakers.enums import MissingReason, OrganisationKind, ReuseTerms
from speakers.models import Contribution

from ..choices import in_year
from ..enums import AnswerStatus
from ..structure import slugs_of_former_names
from .problems import Fault, Refused

MOST = 100
LARGEST = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2200
EARLIEST = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(LAST_YEAR, 1, 1, tzinfo=dt.UTC)
# What an address may hold, as Django's SlugField has it.
SLUG = r"^[-a-zA-Z0-9_]{1,100}$"


def within_reason(moment: dt.datetime) -> dt.datetime:
    """A moment that every database can compare with."""
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(f"It is between {FIRST_YEAR} and {LAST_YEAR}.")
    return moment.astimezone(dt.UTC)


Key = Annotated[int, Field(ge=1, le=LARGEST)]
Slug = Annotated[str, Field(pattern=SLUG)]
Moment = Annotated[AwareDatetime, AfterValidator(within_reason)]
ById = Annotated[int | None, Field(ge=1, le=LARGEST, description="Go on after this id. The address in next has it.")]
Series = Annotated[Slug | None, Field(description="Of one series, by the name in its address.")]
Year = Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR, description="Of evenings that began in this year.")]
Host = Annotated[Slug | None, Field(description="Of evenings at one host, by the name in its address.")]
Topic = Annotated[Slug | None, Field(description="On one topic, by the name in its address.")]
Since = Annotated[
    Moment | None,
    Field(description="Only what changed since then: a date and time with its offset. What was taken back is gone."),
]


class Limited(BaseModel):
    limit: Annotated[int, Field(ge=1, le=MOST, description=f"How many at most; never more than {MOST}.")] = 50


class Paging(Limited):
    after: ById = None


class EventFilters(Paging):
    series: Series = None
    number: Annotated[int | None, Field(ge=1, le=LARGEST, description="The evening’s number in its series.")] = None
    year: Year = None
    host: Host = None
    topic: Topic = None
    status: Annotated[EventStatus | None, Field(description="Only those that stand so in the calendar.")] = None
    updated_since: Since = None

    def fits(self) -> Q:
        """Which evenings. A talk of theirs on the topic is asked for by whoever reads."""
        named = {"series__slug": self.series, "number": self.number, "host__slug": self.host, "status": self.status}
        found = Q(**{name: value for name, value in named.items() if value is not None})
        return found & in_year(self.year, "") if self.year else found


class Choice(Limited):
    """What talks, and what was given to them, are narrowed by."""

    event: Annotated[int | None, Field(ge=1, le=LARGEST, description="Of one evening, by its id.")] = None
    series: Series = None
    year: Year = None
    host: Host = None
    topic: Topic = None
    organisation: Annotated[
        Slug | None,
        Field(description="Of people who worked there at the time, not in its parts, by the name in its address."),
    ] = None
    kind: Annotated[OrganisationKind | None, Field(description="Of people of such organisations.")] = None
    speaker: Annotated[Slug | None, Field(description="Of one speaker, by the name in their address.")] = None
    updated_since: Since = None

    def fits(self, talk: str = "") -> Q:
        """Which talks; `talk` leads from the row that is asked for to its talk."""
        named = {
            "event": self.event,
            "event__series__slug": self.series,
            "event__host__slug": self.host,
            "topics__slug": self.topic,
        }
        found = Q(**{f"{talk}{name}": value for name, value in named.items() if value is not None})
        if self.year:
            found &= in_year(self.year, f"{talk}event__")
        if (people := self.people()) is not None:
            theirs = TalkSpeaker.objects.filter(people).values("talk")
            found &= Q(**{f"{talk or 'pk'}".removesuffix("__") + "__in": theirs})
        return found

    def people(self) -> Q | None:
        """Which rows of TalkSpeaker; None where it is anybody's talk."""
        named = {
            "organisation__slug__in": self._organisations(),
            "organisation__kind": self.kind,
            "speaker__slug": self.speaker,
        }
        known = {name: value for name, value in named.items() if value is not None}
        return Q(**known) if known else None

    def _organisations(self) -> list[str] | None:
        """The chosen organisation, also by a name that it had before."""
        if self.organisation is None:
            return None
        return [self.organisation, *filter(None, [slugs_of_former_names().get(self.organisation)])]


class TalkFilters(Choice):
    after: ById = None


class GivenFilters(Choice):
    """What was given to talks has an id of several numbers."""

    after: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9]{1,9}(-[0-9]{1,10}){1,2}$", description="Go on after this id. The address in next has it."
        ),
    ] = None

    def given(self) -> Q:
        """Which contributions."""
        found = self.fits("talk__")
        return found & Q(last_published_at__gte=self.updated_since) if self.updated_since else found

    @property
    def start(self) -> tuple[int, ...]:
        """The numbers of the id to go on after."""
        return tuple(map(int, self.after.split("-"))) if self.after else (0, 0)


MISSING: dict[str, Q] = {
    AnswerStatus.DECLINED: Q(text="", missing=MissingReason.DECLINED),
    AnswerStatus.TO_COME: Q(text="", missing=MissingReason.TO_COME),
    AnswerStatus.NOT_ANSWERED: Q(text="", missing__in=("", MissingReason.GIVEN_UP)),
    # Without a row nobody was asked; the open data has these.
    AnswerStatus.NOT_ASKED: Q(pk__in=()),
}


class AnswerFilters(GivenFilters):
    question: Annotated[Slug | None, Field(description="To one question, by the name in its address.")] = None
    status: Annotated[AnswerStatus | None, Field(description="Only such answers.")] = None

    def answers(self) -> Q:
        """Which answers of the contributions that fit."""
        found = Q(question__slug=self.question) if self.question else Q()
        return found & _standing(self.status) if self.status else found


def _standing(status: AnswerStatus) -> Q:
    """Answers that stand so. Which words are kept back, and why, is `reuse.why_kept` in the database’s words."""
    if status in MISSING:
        return MISSING[status]
    given = Contribution.objects.allowing_reuse()
    if status != AnswerStatus.ANSWERED:
        reserved = Q(terms_in_force=ReuseTerms.RESERVED)
        kept = Contribution.objects.with_terms().exclude(pk__in=given.values("pk"))
        given = kept.filter(reserved if status == AnswerStatus.RESERVED else ~reserved)
    return ~Q(text="") & Q(contribution__in=given.values("pk"))


class OrganisationFilters(Paging):
    kind: Annotated[OrganisationKind | None, Field(description="Only organisations of this kind.")] = None


class AddressFilters(BaseModel):
    address: Annotated[
        str, Field(pattern=r"^[!-~]{1,500}$", description="The address of a page of this site, or only its path.")
    ]


class SpeakerFilters(Paging):
    updated_since: Since = None


def refuse_unknown(request: HttpRequest, known: Any) -> None:
    """A parameter that nobody reads would widen the answer without a word.

    Raises:
        Refused: there is one.
    """
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        offered = ", ".join(sorted(known)) or "none"
        shown = ["".join(sign for sign in name[:40] if sign.isprintable()) for name in unknown[:10]]
        faults = [Fault(parameter=name, problem=f"There is no such parameter. There are: {offered}.") for name in shown]
        raise Refused(400, "There is no such parameter here.", faults)
