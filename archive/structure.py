"""An organisation among others: its names through time, its parts, what it was part of and what it became."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from pages.cache import remember
from pages.english import short_day
from speakers.models import Organisation, OrganisationName

from . import querysets


@dataclass(frozen=True, slots=True)
class Relative:
    """Another organisation, and its talks with those of its parts. One without a page is named, not linked."""

    organisation: Organisation
    talks: int
    has_page: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """`is_public` says whether it, or a part of it, has a public talk."""

    is_public: bool
    talks: int
    parts: tuple[Relative, ...]
    formerly: tuple[Relative, ...]
    became: Relative | None


def structure(organisation: Organisation) -> Structure:
    """One query a generation of parts, and two more."""
    parts = querysets.below(organisation)
    formerly = list(organisation.formerly.order_by("name", "pk"))
    became = organisation.became
    keys = {organisation.pk, *_keys(parts, organisation.pk), *(other.pk for other in formerly)}
    counts = querysets.talk_counts("talk_speakers__organisation", among=keys | ({became.pk} if became else set()))

    def relative(other: Organisation) -> Relative:
        family = [other.pk, *_keys(parts, other.pk)]
        return Relative(other, sum(counts.get(key, 0) for key in family), any(key in counts for key in family))

    shown = tuple(part for part in map(relative, parts.get(organisation.pk, [])) if part.has_page)
    return Structure(
        is_public=organisation.pk in counts or bool(shown),
        talks=counts.get(organisation.pk, 0),
        parts=shown,
        formerly=tuple(map(relative, formerly)),
        became=relative(became) if became else None,
    )


def _keys(parts: dict[int, list[Organisation]], key: int) -> list[int]:
    """The keys of everything below an organisation."""
    found: list[int] = []
    for part in parts.get(key, []):
        found += [part.pk, *_keys(parts, part.pk)]
    return found


def names_through_time(organisation: Organisation) -> list[tuple[str, str]]:
    """(name, when) of each name it had, oldest first; nothing where it was always called the same."""
    former = list(organisation.former_names.all())
    return [(row.name, _when(row)) for row in sorted(former, key=lambda row: row.until or row.since or dt.date.max)]


def _when(row: Any) -> str:
    """ "from 1 April 2020 to 31 March 2024", "until 31 March 2024", "since 1 April 2024", or nothing."""
    if row.since and row.until:
        return f"from {short_day(row.since)} to {short_day(row.until)}"
    if row.until:
        return f"until {short_day(row.until)}"
    return f"from {short_day(row.since)}" if row.since else ""


def slugs_of_former_names() -> dict[str, str]:
    """The address that a former name would have had → the organisation's own. Of two, who bore it last. Remembered."""
    return remember("organisations.names", _slugs_of_former_names)


def _slugs_of_former_names() -> dict[str, str]:
    rows = OrganisationName.objects.values_list("name", "organisation__slug", "until")
    last = sorted(rows, key=lambda row: row[2] or dt.date.max)
    return {slugify(name): slug for name, slug, _ in last}


def became_now(organisation: Organisation) -> Organisation | None:
    """What an organisation without a page became, and that in its turn; None where none of them has a page."""
    found, seen = organisation, {organisation.pk}
    while found.became is not None and found.became.pk not in seen:
        found = found.became
        seen.add(found.pk)
        if structure(found).is_public:
            return found
    return None
