"""Whatever the index says, nothing is shown that readers may not see: one more look at each row that was found."""

from collections.abc import Callable, Iterable
from typing import Any

from events.models import AudienceQuestion, EventPage, Recording, TalkPage, Topic
from speakers.models import Answer, Organisation, Speaker, StandardQuestion

from .. import querysets
from ..models import Cue, Kind, Passage


def _cues() -> Any:
    heard = Recording.objects.public().exclude(url="", file=None)
    return Cue.objects.filter(transcript__event__in=heard.values("event"))


PUBLIC: dict[Kind, Callable[[], Any]] = {
    Kind.EVENING: lambda: EventPage.objects.public(),
    Kind.TALK: lambda: TalkPage.objects.announced(),
    Kind.STANDARD: lambda: StandardQuestion.objects.all(),
    Kind.ANSWER: lambda: Answer.objects.with_words().filter(contribution__in=querysets.readable()),
    Kind.QUESTION: lambda: AudienceQuestion.objects.public(),
    Kind.PERSON: lambda: Speaker.objects.public(),
    Kind.ORGANISATION: lambda: Organisation.objects.all(),
    Kind.TOPIC: lambda: Topic.objects.all(),
    Kind.RECORDING: _cues,
}


def public(rows: Iterable[Passage]) -> list[Passage]:
    """Those that readers may see, in their order. One query for each kind among them."""
    found = list(rows)
    sources: dict[Kind, set[int]] = {}
    for row in found:
        sources.setdefault(Kind(row.kind), set()).add(row.source)
    shown = {
        (kind, key)
        for kind, keys in sources.items()
        for key in PUBLIC[kind]().order_by().filter(pk__in=keys).values_list("pk", flat=True)
    }
    return [row for row in found if (Kind(row.kind), row.source) in shown]
