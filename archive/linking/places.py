"""Where an organiser changes a link: the editors of the pages and words that name it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ..models import Mention

CONTRIBUTION = "wagtailsnippets_speakers_contribution:edit"


@dataclass(frozen=True, slots=True)
class Editor:
    """A place that names a link, with the editor of the speakers' words (where there are any) and of the page."""

    words: str
    page_url: str
    given_url: str


def places_of(keys: Iterable[int]) -> dict[int, list[Editor]]:
    """By the link's key, the newest evening first; one query."""
    rows = Mention.objects.filter(link__in=list(keys)).select_related("event__series", "talk")
    found: dict[int, list[Editor]] = {}
    for row in rows.order_by("-event__starts_at", "pk"):
        found.setdefault(row.link_id, []).append(_editor(row))
    return found


def _editor(row: Mention) -> Editor:
    label = f"{row.event.series.title if row.event.series else ''} {row.event.number}".strip()
    given = row.talk.contribution_id if row.talk else None
    return Editor(
        words=f"{label}: {row.talk.title}" if row.talk else label,
        page_url=reverse("wagtailadmin_pages:edit", args=[row.talk_id or row.event_id]),
        given_url=reverse(CONTRIBUTION, args=[given]) if given else "",
    )
