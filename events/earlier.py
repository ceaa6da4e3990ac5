"""What came before a talk on the same topics."""

from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from .enums import FREES_A_SLOT
from .lines import COLUMNS, TalkLine, line_of
from .models import TalkPage, Topic
from .models.events import CALLED_OFF

NAMED = 3  # talks named under a topic; the topic's own page has them all


@dataclass(frozen=True, slots=True)
class Earlier:
    """A topic, and the newest talks on it from evenings before."""

    topic: Topic
    lines: tuple[TalkLine, ...]


def earlier_on(talk: TalkPage, *, request: HttpRequest) -> list[Earlier]:
    """For each topic of a talk what was said about it before, in one query. A topic that is new is left out."""
    topics = list(talk.topics.all())
    if talk.event is None or not topics:
        return []
    before = TalkPage.objects.public().filter(event__starts_at__lt=talk.event.starts_at)
    stood = before.exclude(state__in=FREES_A_SLOT).exclude(event__status__in=CALLED_OFF)
    newest_first = (F("event__starts_at").desc(), F("path").asc())
    turn = Window(RowNumber(), partition_by=F("topics"), order_by=newest_first)
    newest = stood.filter(topics__in=topics).annotate(turn=turn).filter(turn__lte=NAMED).order_by("turn")
    lines: dict[int, list[TalkLine]] = {}
    for *columns, topic in newest.values_list(*COLUMNS, "topics"):
        lines.setdefault(topic, []).append(line_of(*columns, request=request))
    return [Earlier(topic, tuple(lines[topic.pk])) for topic in topics if topic.pk in lines]
