"""Evenings that belong together, as tiles: those a host hosted, those somebody chaired."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from events.listing import TILES, Tile, tiles_of
from events.models import SeriesPage


@dataclass(frozen=True, slots=True)
class Grid:
    """The newest of some evenings of one series, and how many there are in all."""

    series: SeriesPage
    tiles: list[Tile]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.tiles)


def grids(events: Any, *, request: HttpRequest) -> list[Grid]:
    """Public evenings as a grid for each of their series, in two queries and one for each series."""
    totals = dict(events.order_by().values_list("series").annotate(evenings=Count("pk")))
    found = []
    for series in SeriesPage.objects.live().filter(pk__in=totals).order_by("path") if totals else ():
        newest = events.of_series(series).newest_first()[:TILES]
        found.append(Grid(series, tiles_of(newest, series=series, request=request), totals[series.pk]))
    return found
