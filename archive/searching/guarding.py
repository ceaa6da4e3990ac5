"""Whatever the index says, nothing is shown that readers may not see: one more look at each row that was found."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone

from events.models import AudienceQuestion, EventPage, TalkPage, Topic
from speakers.models import Answer, Ask, Organisation, Promise, PromiseReply, Speaker, StandardQuestion, TalkLink

from .. import querysets
from ..models import Cue, Kind, Passage
from ..transcripts import of_public_recordings

Keys = set[int]

# What readers may see of each kind. None of it hangs on the clock: it is put together once, which takes Django as long
# as the database takes to answer it.
PUBLIC: dict[Kind, tuple[Callable[[], QuerySet], ...]] = {
    Kind.EVENING: (EventPage.objects.public,),
    Kind.TALK: (TalkPage.objects.announced,),
    Kind.STANDARD: (StandardQuestion.objects.all,),
    Kind.QUESTION: (AudienceQuestion.objects.public,),
    Kind.PERSON: (Speaker.objects.public,),
    Kind.ORGANISATION: (Organisation.objects.all,),
    Kind.TOPIC: (Topic.objects.all,),
    Kind.CORRECTION: (EventPage.objects.public, TalkPage.objects.announced),
    Kind.HOST: (querysets.hosts,),
}
# What was given to talks; whether it stands on their pages is asked of all of it at once.
GIVEN: dict[Kind, Callable[[], QuerySet]] = {
    Kind.ANSWER: Answer.objects.with_words,
    Kind.ASK: Ask.objects.all,
    Kind.PROMISE: Promise.objects.all,
    Kind.REPLY: PromiseReply.objects.published,
    Kind.LINK: TalkLink.objects.all,
}


@cache
def _put_together(rows: Callable[[], QuerySet]) -> QuerySet:
    return rows().order_by()


def public(rows: Iterable[Passage]) -> list[Passage]:
    """Those that readers may see, in their order. A query or two for each kind, and one for what was given."""
    found = list(rows)
    sources: dict[Kind, Keys] = {}
    for row in found:
        sources.setdefault(Kind(row.kind), set()).add(row.source)
    given = {kind: sources.pop(kind) for kind in GIVEN if kind in sources}
    shown = {(kind, key) for kind, keys in sources.items() for key in _shown(kind, keys)}
    shown |= set(_given(given))
    return [row for row in found if (Kind(row.kind), row.source) in shown]


def _shown(kind: Kind, keys: Keys) -> Iterator[int]:
    if kind == Kind.RECORDING:
        yield from _spoken(keys)
    for rows in PUBLIC.get(kind, ()):
        yield from _put_together(rows).filter(pk__in=keys).values_list("pk", flat=True)


def _spoken(keys: Keys) -> Iterator[int]:
    """Lines of transcripts."""
    belongs_to = dict(Cue.objects.order_by().filter(pk__in=keys).values_list("pk", "transcript"))
    over = _put_together(of_public_recordings).filter(event__over_at__lte=timezone.now())
    readable = set(over.filter(pk__in=set(belongs_to.values())).values_list("pk", flat=True))
    yield from (key for key, transcript in belongs_to.items() if transcript in readable)


def _given(sources: dict[Kind, Keys]) -> Iterator[tuple[Kind, int]]:
    """What was given to talks and may be seen there, as (kind, key)."""
    belongs_to = {
        (kind, key): contribution
        for kind, keys in sources.items()
        for key, contribution in _put_together(GIVEN[kind]).filter(pk__in=keys).values_list("pk", "contribution")
    }
    if belongs_to:
        rows = _put_together(querysets.readable).filter(pk__in=set(belongs_to.values()))
        readable = set(rows.values_list("pk", flat=True))
        yield from (place for place, contribution in belongs_to.items() if contribution in readable)
