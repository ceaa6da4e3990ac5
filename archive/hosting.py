"""What a host has hosted: counted from the spells of its series and from the evenings that are in, never typed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from events.models import EventPage
from pages.english import counted, in_words, listed

from . import querysets

NAMED = 4  # numbers are listed up to here; beyond, they are only counted


@dataclass(frozen=True, slots=True)
class Hosting:
    """A run of numbers at one host. `last` is None while it lasts; `count` is then what was held of it so far."""

    series: Any
    first: int
    last: int | None
    count: int
    years: tuple[int, int] | None = None  # of the first and the last of them, where both are in

    @property
    def words(self) -> str:
        """ "49 evenings, from number 1 to 49, 2019 to 2024", "eleven evenings since number 50"."""
        if self.years is None:
            return self._numbers
        first, last = self.years
        return f"{self._numbers}, {f'in {first}' if first == last else f'{first} to {last}'}"

    @property
    def _numbers(self) -> str:
        if self.last is None:
            return f"{counted(self.count, 'evening')} since number {self.first}" if self.count else self._to_come
        if self.first == self.last:
            return f"one evening, number {self.first}"
        return f"{counted(self.count, 'evening')}, from number {self.first} to {self.last}"

    @property
    def _to_come(self) -> str:
        return f"from number {self.first} on"


@dataclass(frozen=True, slots=True)
class Hosted:
    """All that one host has hosted. `beside` are the numbers of evenings here that are in nobody's run at this host."""

    runs: tuple[Hosting, ...]
    beside: tuple[int, ...]

    @property
    def words(self) -> list[str]:
        """A line for each run; with the series' name where there are several series."""
        several = len({run.series.pk for run in self.runs}) > 1
        lines = [f"{run.series.title}: {run.words}" if several else run.words for run in self.runs]
        return [*lines, *self._beside_words()]

    def _beside_words(self) -> list[str]:
        if not self.beside:
            return []
        count, more = len(self.beside), "more " if self.runs else ""
        told = f"{in_words(count)} {more}evening{'' if count == 1 else 's'}"
        if count > NAMED:
            return [told]
        return [f"{told}, number{'' if count == 1 else 's'} {listed([str(number) for number in self.beside])}"]


def hosted(host_keys: Iterable[int], *, at: dt.datetime) -> dict[int, Hosted]:
    """What each of these hosts has hosted by that moment, in three queries whatever their number."""
    keys = list(host_keys)
    newest = querysets.newest_numbers(at=at)
    runs: dict[int, list[Hosting]] = {key: [] for key in keys}
    for spell in querysets.public_spells(host__in=keys):
        end = newest.get(spell.series_id, 0) if spell.last_number is None else spell.last_number
        count = max(0, end - spell.first_number + 1)
        runs[spell.host_id].append(Hosting(spell.series, spell.first_number, spell.last_number, count))
    beside: dict[int, list[int]] = {key: [] for key in keys}
    years: dict[Hosting, dict[int, int]] = {}
    held = EventPage.objects.public().held(at=at).filter(host__in=keys).order_by("number")
    for key, series, number, *when in held.values_list("host", "series", "number", "starts_at", "series__time_zone"):
        run = next((run for run in runs[key] if _holds(run, series, number)), None)
        if run is None:
            beside[key].append(number)
        else:
            years.setdefault(run, {})[number] = _year(*when)
    told = {key: tuple(_with_years(run, years.get(run, {})) for run in runs[key]) for key in keys}
    return {key: Hosted(told[key], tuple(beside[key])) for key in keys}


def _year(starts_at: dt.datetime, zone: str) -> int:
    return starts_at.astimezone(ZoneInfo(zone)).year


def _with_years(run: Hosting, years: dict[int, int]) -> Hosting:
    """`years` are those of the evenings that are in, by number."""
    first, last = years.get(run.first), years.get(run.first + run.count - 1)
    return replace(run, years=(first, last)) if first and last else run


def _holds(run: Hosting, series: int, number: int) -> bool:
    return run.series.pk == series and run.first <= number and (run.last is None or number <= run.last)
