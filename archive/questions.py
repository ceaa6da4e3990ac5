"""The standard questions as readers know them: those that are asked, and those that were answered."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from events.models import SeriesQuestion
from pages.cache import remember
from pages.english import counted, in_words
from speakers.enums import MissingReason
from speakers.models import Answer, Organisation, StandardQuestion

from . import querysets
from .answers import narrowed
from .choices import Chosen
from .survey import Survey


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers there are to a question, and in which years the first and the newest were given."""

    answers: int = 0
    first: int = 0
    newest: int = 0

    @property
    def words(self) -> str:
        """ "203 answers since 2019", "one answer, in 2025"."""
        if not self.answers:
            return "no answers yet"
        told = counted(self.answers, "answer")
        return f"{told}, in {self.first}" if self.first == self.newest else f"{told} since {self.first}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list. `is_asked` says whether a public series still asks it."""

    question: StandardQuestion
    is_asked: bool
    tally: Tally


def in_order() -> list[Listed]:
    """Questions with a page of their own: as the series ask them, then those of the past. Three queries at most."""
    tallies = remember("tallies", _tallies)
    asked = list(dict.fromkeys(_asked().values_list("question", flat=True)))
    found = StandardQuestion.objects.in_bulk({*asked, *tallies})
    past = sorted(set(found) - set(asked), key=lambda key: (tallies[key].newest, key), reverse=True)
    return [Listed(found[key], key in asked, tallies.get(key, Tally())) for key in [*asked, *past]]


def with_a_page() -> QuerySet[StandardQuestion]:
    """The same ones in no order. One query, that looks for an answer to each and doesn't count them all."""
    given = Answer.objects.with_words().filter(question=OuterRef("pk"), contribution__in=querysets.readable())
    asked = _asked().filter(question=OuterRef("pk"))
    return StandardQuestion.objects.filter(Exists(asked) | Exists(given.order_by())).order_by()


def answered_by(organisation: Organisation) -> list[tuple[StandardQuestion, int]]:
    """What people of an organisation answered, and how often, as its page counts it. One query; more once."""
    chosen = Chosen(organisation=organisation.slug)
    counts = remember(f"answered.{organisation.pk}", lambda: _counts(chosen))
    found = StandardQuestion.objects.in_bulk(counts)
    return [(found[key], counts[key]) for key in counts if key in found]


def _counts(chosen: Chosen) -> dict[int, int]:
    given = Answer.objects.with_words().filter(contribution__in=querysets.readable(chosen.contributions()))
    rows = narrowed(given, chosen).order_by("question").values_list("question")
    return dict(rows.annotate(answers=Count("pk")))


def is_public(question: StandardQuestion) -> bool:
    """Whether readers know of it: a public series asks it, or somebody answered or declined in public."""
    if _asked().filter(question=question).exists():
        return True
    spoken = ~Q(text="") | Q(missing=MissingReason.DECLINED)
    return querysets.asked_rows(question).filter(spoken).exists()


def lede_of(found: Survey) -> str:
    """ "203 answers since 2019, from 40 organisations.", of a question that was looked over already."""
    tally = Tally(found.answers, found.years[-1], found.years[0]) if found.answers else Tally()
    whose = f", from {in_words(found.organisations)} organisations" if found.organisations > 1 else ""
    return f"{capfirst(tally.words)}{whose}."


def _asked() -> QuerySet[SeriesQuestion]:
    rows = SeriesQuestion.objects.filter(series__live=True, question__archived=False)
    return rows.order_by("series__path", "sort_order", "pk")


def _tallies() -> dict[int, Tally]:
    answers = Answer.objects.with_words().filter(contribution__in=querysets.readable()).order_by()
    event = "contribution__talk__event__"
    rows = answers.values_list("question").annotate(
        answers=Count("pk"),
        first=Min(f"{event}starts_at"),
        newest=Max(f"{event}starts_at"),
        zone=Min(f"{event}series__time_zone"),
    )
    return {
        question: Tally(count, first.astimezone(ZoneInfo(zone)).year, newest.astimezone(ZoneInfo(zone)).year)
        for question, count, first, newest, zone in rows
    }
