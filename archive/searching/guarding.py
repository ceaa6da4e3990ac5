"""Whatever the index says, nothing is shown that readers may not see: one more look at each row that was found."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from events.models import AudienceQuestion, EventPage, TalkPage, Topic
from speakers.models import Answer, Ask, Organisation, Promise, PromiseReply, Speaker, StandardQuestion, TalkLink

from .. import querysets
from ..models import Cue, Kind, Passage
from ..transcripts import public_transcripts

Keys = set[int]


def _given(among: Any, name: str) -> Callable[[Keys], Any]:
    """Rows of what was given to talks, by their name there."""

    def rows(keys: Keys) -> Any:
        # In two questions: PostgreSQL would think for longer about a single one than it takes to answer both.
        given = set(querysets.readable(Q(**{f"{name}__in": keys})).values_list("pk", flat=True))
        return among().filter(contribution__in=given)

    return rows


def _pages(keys: Keys) -> Any:
    evenings, talks = EventPage.objects.public().filter(pk__in=keys), TalkPage.objects.announced().filter(pk__in=keys)
    return Page.objects.filter(Q(pk__in=evenings.values("pk")) | Q(pk__in=talks.values("pk")))


def _cues(keys: Keys) -> Any:
    return Cue.objects.filter(transcript__in=public_transcripts(at=timezone.now()))


PUBLIC: dict[Kind, Callable[[Keys], Any]] = {
    Kind.EVENING: lambda keys: EventPage.objects.public(),
    Kind.TALK: lambda keys: TalkPage.objects.announced(),
    Kind.STANDARD: lambda keys: StandardQuestion.objects.all(),
    Kind.ANSWER: _given(Answer.objects.with_words, "answers"),
    Kind.QUESTION: lambda keys: AudienceQuestion.objects.public(),
    Kind.PERSON: lambda keys: Speaker.objects.public(),
    Kind.ORGANISATION: lambda keys: Organisation.objects.all(),
    Kind.TOPIC: lambda keys: Topic.objects.all(),
    Kind.RECORDING: _cues,
    Kind.ASK: _given(Ask.objects.all, "asks"),
    Kind.PROMISE: _given(Promise.objects.all, "promises"),
    Kind.REPLY: _given(PromiseReply.objects.published, "promise_replies"),
    Kind.LINK: _given(TalkLink.objects.all, "links"),
    Kind.CORRECTION: _pages,
    Kind.HOST: lambda keys: querysets.hosts(),
}


def public(rows: Iterable[Passage]) -> list[Passage]:
    """Those that readers may see, in their order. A query for each kind among them, two for what was given to talks."""
    found = list(rows)
    sources: dict[Kind, Keys] = {}
    for row in found:
        sources.setdefault(Kind(row.kind), set()).add(row.source)
    shown = {
        (kind, key)
        for kind, keys in sources.items()
        for key in PUBLIC[kind](keys).order_by().filter(pk__in=keys).values_list("pk", flat=True)
    }
    return [row for row in found if (Kind(row.kind), row.source) in shown]
