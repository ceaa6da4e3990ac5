"""What a talk links to and other evenings named too."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from events.models import EventPage
from events.models.talks import TalkPage

from ..models import Mention

MOST = 12


@dataclass(slots=True)
class NamedElsewhere:
    """A link under its talk's own name for it, and the other evenings."""

    label: str
    url: str
    events: list[EventPage] = field(default_factory=list)


def named_elsewhere(talk: TalkPage | Any) -> list[NamedElsewhere]:
    """Newest evenings first, at most twelve places; one query."""
    if not talk.pk or not talk.event_id:
        return []
    here = Mention.objects.filter(talk=talk.pk)
    same = here.filter(link=OuterRef("link"))
    rows = (
        Mention.objects.filter(Exists(same), event__in=EventPage.objects.public())
        .exclude(event=talk.event_id)
        .select_related("event__series", "link")
        .order_by("-event__starts_at", "pk")[:MOST]
    )
    found: dict[int, NamedElsewhere] = {}
    for row in rows:
        one = found.setdefault(row.link_id, NamedElsewhere(row.link.label, row.link.url))
        if row.event not in one.events:
            one.events.append(row.event)
    return list(found.values())
