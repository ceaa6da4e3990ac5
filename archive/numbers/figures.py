"""The figures of the page: each with its words, its table and its drawing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pages.english import counted
from speakers.enums import OrganisationKind

from ..exports import BYTE_ORDER_MARK, csv_line, harmless
from .counting import Counts
from .drawing import Drawing, bars, grid

MOST_YEARS = 30  # drawn; the table has them all
MOST_NAMES = 12
type Cell = str | int


@dataclass(frozen=True, slots=True)
class Figure:
    """`rows` begin with what they are about. `keys` name the parts of a bar, the darker one first."""

    name: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    drawing: Drawing
    keys: tuple[str, ...] = ()

    def csv_lines(self) -> Iterator[str]:
        yield BYTE_ORDER_MARK + csv_line(self.columns)
        for row in self.rows:
            yield csv_line([harmless(str(cell)) for cell in row])


def figures(found: Counts) -> list[Figure]:
    """Those of which there is anything to tell."""
    made = (evenings, talks, speakers, answers, kinds, hosts, topics, questions)
    return [figure for figure in (make(found) for make in made) if figure.rows] if found.evenings else []


def evenings(found: Counts) -> Figure:
    words = f"{counted(sum(found.evenings.values()), 'evening').capitalize()} so far."
    return _by_year("evenings", "Evenings", words, found, found.evenings)


def talks(found: Counts) -> Figure:
    words = f"{counted(sum(found.talks.values()), 'talk').capitalize()} so far."
    return _by_year("talks", "Talks", words, found, found.talks)


def answers(found: Counts) -> Figure:
    words = f"{counted(sum(found.answers.values()), 'answer').capitalize()} to the standard questions so far."
    return _by_year("answers", "Answers", words, found, found.answers)


def _by_year(name: str, title: str, words: str, found: Counts, counts: dict[int, int]) -> Figure:
    rows: list[tuple[Cell, ...]] = [(year, counts.get(year, 0)) for year in found.years] if counts else []
    return Figure(name, title, words, ("Year", title), rows, bars(_newest(rows)))


def speakers(found: Counts) -> Figure:
    everybody = sum(found.newcomers.values())
    words = f"{counted(everybody, 'person', 'people').capitalize()} spoke so far. Each counts once in a year."
    rows: list[tuple[Cell, ...]] = [
        (year, found.newcomers.get(year, 0), found.speakers.get(year, 0) - found.newcomers.get(year, 0))
        for year in (found.years if found.speakers else [])
    ]
    keys = ("For the first time", "Again")
    return Figure("speakers", "Speakers", words, ("Year", *keys), rows, bars(_newest(rows)), keys)


def kinds(found: Counts) -> Figure:
    named = {str(OrganisationKind(kind).label): count for kind, count in found.kinds.items()}
    words = "Where speakers worked on the day. Each talk counts."
    return _by_name("kinds", "Kinds of organisation", words, ("Kind", "Speakers"), named)


def hosts(found: Counts) -> Figure:
    named = f"{counted(len(found.hosts), 'host').capitalize()} so far."
    return _by_name("hosts", "Hosts", named, ("Host", "Evenings"), found.hosts)


def questions(found: Counts) -> Figure:
    words = "How often each was answered."
    return _by_name("questions", "Standard questions", words, ("Question", "Answers"), found.questions, sort=False)


def _by_name(
    name: str, title: str, words: str, columns: tuple[str, str], counts: dict[str, int], *, sort: bool = True
) -> Figure:
    rows: list[tuple[Cell, ...]] = list(counts.items())
    if sort:
        rows.sort(key=lambda row: (-int(row[1]), str(row[0])))
    if len(rows) > MOST_NAMES:
        words += f" The {MOST_NAMES} with the most are drawn."
    return Figure(name, title, words, columns, rows, bars(rows[:MOST_NAMES]))


def topics(found: Counts) -> Figure:
    """Topics by years: those with the most talks first."""
    ordered = sorted(found.topics, key=lambda name: (-sum(found.topics[name].values()), name))
    rows: list[tuple[Cell, ...]] = [
        (name, *(found.topics[name].get(year, 0) for year in found.years)) for name in ordered
    ]
    words = "Talks on each topic, year by year. The larger the square, the more."
    if len(rows) > MOST_NAMES:
        words += f" The {MOST_NAMES} with the most are drawn."
    years = found.years[-MOST_YEARS:]
    drawn = [(str(row[0]), [int(cell) for cell in row[1:]][-MOST_YEARS:]) for row in rows[:MOST_NAMES]]
    columns = tuple(chain(("Topic",), map(str, found.years)))
    return Figure("topics", "Topics over time", words, columns, rows, grid(drawn, years))


def _newest(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return list(rows[-MOST_YEARS:])


def named(found: Iterable[Figure], name: str) -> Figure | None:
    return next((figure for figure in found if figure.name == name), None)
