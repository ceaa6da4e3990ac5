"""Which evening is this at its host: counted from the spells of hosts, never typed, right with one evening in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spell:
    """A host kept the series from one number to another; `last` is None while it still does."""

    host: Any
    first: int
    last: int | None

    def holds(self, number: int) -> bool:
        return self.first <= number and (self.last is None or number <= self.last)

    def overlaps(self, other: "Spell") -> bool:
        """Whether some number is held by both."""
        first, second = sorted((self, other), key=lambda spell: spell.first)
        return first.last is None or second.first <= first.last

    @property
    def words(self) -> str:
        """ "1 to 49", or "50 and on"."""
        return f"{self.first} and on" if self.last is None else f"{self.first} to {self.last}"

    def up_to(self, number: int) -> int:
        """How many numbers of this spell are not above that number."""
        end = number if self.last is None else min(self.last, number)
        return max(0, end - self.first + 1)


@dataclass(frozen=True, slots=True)
class HostCount:
    """Evening `overall` is the `here`-th at `host`; `earlier` lists (count, host) of the others before it."""

    overall: int
    here: int
    host: Any
    earlier: tuple[tuple[int, Any], ...]


def count_for(number: int, spells: Sequence[Spell]) -> HostCount | None:
    """The count for an evening's number; None where no spell holds it."""
    current = next((spell for spell in spells if spell.holds(number)), None)
    if current is None:
        return None
    totals: dict[Any, int] = {}
    for spell in sorted(spells, key=lambda spell: spell.first):
        totals[spell.host] = totals.get(spell.host, 0) + spell.up_to(number)
    here = totals.pop(current.host)
    earlier = tuple((count, host) for host, count in totals.items() if count)
    return HostCount(overall=number, here=here, host=current.host, earlier=earlier)
