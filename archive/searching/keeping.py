"""The index follows what is public: after each change, and by a sweep for what a crash or the clock left behind.

Making anew is idempotent: what differs is written, what is no longer public goes, and without a change nothing is
written.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Mod
from django.utils import timezone

from events.models import EventPage, Host, TalkPage, Topic
from speakers.models import Organisation, Speaker, StandardQuestion

from ..models import IndexedWord, Kind, Passage, Stale, Transcript
from .around import around
from .documents import UNTITLED, Document, Evenings, mentioned, owner_of
from .nouns import MAKERS
from .spoken import spoken
from .words import folded

logger = logging.getLogger(__name__)
AT_ONCE = 40  # evenings that are made anew while somebody waits; the sweep does the rest
A_SWEEP = 150
ROUNDS = 1440  # sweeps until everything had its turn: a day
LATELY = dt.timedelta(hours=1)
CHUNK = 250
NOUNS = {"person": Speaker, "organisation": Organisation, "topic": Topic, "host": Host, "standard": StandardQuestion}


def refresh_evenings(keys: Iterable[int]) -> int:
    """Let the index say of these evenings, and of all they name, what readers may see. Returns how many rows differ."""
    changed = 0
    for chunk in batched(dict.fromkeys(keys), CHUNK):
        before = _named_in_index(chunk)
        changed += _keep(documents_of(chunk), list(map(owner_of, chunk)))
        for noun, theirs in mentioned(chunk).items():
            changed += refresh_nouns(noun, theirs | before[noun])
        changed += refresh_nouns("standard", StandardQuestion.objects.values_list("pk", flat=True))
    return changed


def documents_of(keys: Iterable[int]) -> list[Document]:
    """All that is found of these evenings."""
    evenings = Evenings(keys)
    return [*evenings.documents(), *around(evenings), *spoken(evenings)]


def refresh_nouns(noun: str, keys: Iterable[int]) -> int:
    """As `refresh_evenings`, of "person" and the others in `NOUNS`."""
    found = list(keys)
    documents = MAKERS[noun](found)
    owners = {f"{noun} {key}" for key in found} | {document.owner for document in documents}
    return _keep(documents, sorted(owners))


def _named_in_index(keys: Sequence[int]) -> dict[str, set[int]]:
    """Whom the index still names for these evenings, which may no longer do so: {noun: keys}."""
    found: dict[str, set[int]] = {noun: set() for noun in NOUNS}
    for names in Passage.objects.filter(owner__in=map(owner_of, keys), kind=Kind.EVENING).values_list(
        "names", flat=True
    ):
        for name in names.split():
            noun, _, key = name.partition("-")
            found[noun].add(int(key))
    return found


def _keep(documents: Sequence[Document], owners: Sequence[str]) -> int:
    """Write what differs among the rows of these owners, and take away what isn't there any more."""
    wanted = {document.key: document for document in documents}
    with transaction.atomic():
        rows = Passage.objects.filter(owner__in=owners)
        if connection.features.has_select_for_update:
            rows = rows.select_for_update()
        known = dict(rows.order_by("pk").values_list("pk", "digest"))
        gone = [key for key in known if key not in wanted]
        different = [document for key, document in wanted.items() if known.get(key) != document.digest()]
        for keys in batched(gone, 500):
            Passage.objects.filter(pk__in=keys).delete()
        _write(different)
    return len(gone) + len(different)


def _write(documents: Sequence[Document]) -> None:
    fields = [field.name for field in Passage._meta.fields if field.name != "id"]
    Passage.objects.bulk_create(
        # In one order, so that two who write the same never wait for each other.
        (document.row() for document in sorted(documents, key=lambda document: document.key)),
        batch_size=200,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=fields,
    )
    learn(Counter(word for document in documents for word in document.words()))


def learn(words: Counter[str]) -> None:
    """Words that stand in the index. Counting is for `recount`: a word that is there stays as it is."""
    rows = (IndexedWord(word=word, initial=word[0], length=len(word), count=n) for word, n in sorted(words.items()))
    IndexedWord.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


# What has to be made anew


def mark(owners: Iterable[str]) -> None:
    """Write down what has to be made anew, in the transaction that changes it: a crash after it loses nothing."""
    Stale.objects.bulk_create((Stale(owner=owner) for owner in owners), batch_size=500, ignore_conflicts=True)


def refresh_marked(owners: Iterable[str] | None = None) -> int:
    """Make anew what is marked, among these owners or at all: a sweep's worth, the newest evenings first."""
    rows = Stale.objects.order_by() if owners is None else Stale.objects.filter(owner__in=list(owners)).order_by()
    wanted = by_noun(rows.values_list("owner", flat=True))
    newest = EventPage.objects.filter(pk__in=wanted["evening"]).newest_first().values_list("pk", flat=True)
    limit = A_SWEEP if owners is None else AT_ONCE
    wanted["evening"] = set([*newest, *(wanted["evening"] - set(newest))][:limit])
    taken = [f"{noun} {key}" for noun, keys in wanted.items() for key in keys]
    # Taken before anything is read: what changes from here on is marked again.
    Stale.objects.filter(owner__in=taken).delete()
    try:
        return refresh(wanted)
    except Exception:
        mark(taken)
        raise


def by_noun(owners: Iterable[str]) -> dict[str, set[int]]:
    """Owners as keys: {"evening": {7}, "person": {1, 2}, …}."""
    found: dict[str, set[int]] = {noun: set() for noun in ("evening", *NOUNS)}
    for owner in owners:
        noun, _, key = owner.partition(" ")
        found[noun].add(int(key))
    return found


def refresh(wanted: dict[str, set[int]]) -> int:
    """Evenings, and nouns beside those that they name."""
    changed = refresh_evenings(sorted(wanted["evening"]))
    return changed + sum(refresh_nouns(noun, wanted[noun]) for noun in NOUNS if wanted[noun])


def sweep(*, at: dt.datetime | None = None) -> int:
    """What was marked, what changed lately, what lost its evening, and some in turn. Returns how many rows changed."""
    at = at or timezone.now()
    changed = refresh_marked()
    wanted = {noun: _in_turn(model, at) for noun, model in NOUNS.items()}
    wanted["evening"] = {key for keys in _to_look_at(at) for key in keys}
    return changed + refresh(wanted)


def _to_look_at(at: dt.datetime) -> Iterator[Iterable[int]]:
    public, since = EventPage.objects.public(), at - LATELY
    known = Passage.objects.filter(kind=Kind.EVENING).order_by()
    yield public.filter(last_published_at__gte=since).values_list("pk", flat=True)[:A_SWEEP]
    changed = TalkPage.objects.filter(last_published_at__gte=since) | TalkPage.objects.filter(
        contribution__last_published_at__gte=since
    )
    yield changed.exclude(event=None).values_list("event", flat=True)[:A_SWEEP]
    yield Transcript.objects.filter(at__gte=since).values_list("event", flat=True)
    yield public.exclude(pk__in=known.values("source")).newest_first().values_list("pk", flat=True)[:A_SWEEP]
    yield known.exclude(source__in=public.values("pk")).values_list("source", flat=True)[:A_SWEEP]
    yield _in_turn(EventPage, at)


def _in_turn(model: type, at: dt.datetime) -> set[int]:
    rows = model.objects.order_by().annotate(turn=Mod(F("pk"), ROUNDS))  # type: ignore[attr-defined]
    return set(rows.filter(turn=int(at.timestamp()) // 60 % ROUNDS).values_list("pk", flat=True))


def index_everything() -> Iterator[tuple[str, int]]:
    """Make the whole index anew, and count its words; yields what is done, and how many rows that changed."""
    keys = EventPage.objects.order_by("pk").values_list("pk", flat=True)
    lost = {
        int(owner.split()[1]) for owner in Passage.objects.filter(kind=Kind.EVENING).values_list("owner", flat=True)
    }
    for chunk in batched(sorted({*keys, *lost}), CHUNK):
        yield "evenings", _keep(documents_of(chunk), list(map(owner_of, chunk)))
    for noun, model in NOUNS.items():
        yield noun, sum(refresh_nouns(noun, chunk) for chunk in batched(_keys_of(noun, model), 2000))
    yield "words", recount()


def _keys_of(noun: str, model: type) -> list[int]:
    """Those there are, and those that only the index knows."""
    known = Passage.objects.filter(owner__startswith=f"{noun} ").order_by().values_list("owner", flat=True)
    rows = model.objects.order_by().values_list("pk", flat=True)  # type: ignore[attr-defined]
    return sorted({*rows, *(int(owner.split()[1]) for owner in known)})


def recount() -> int:
    """Count every word of the index. Returns how many there are."""
    words: Counter[str] = Counter()
    rows = Passage.objects.order_by().values_list("kind", "title", "text", "who", "also")
    for kind, title, *texts in rows.iterator(chunk_size=2000):
        found = texts if kind in UNTITLED else [title, *texts]
        words.update({word for text in found for word in folded(text)})
    with transaction.atomic():
        IndexedWord.objects.all().delete()
        learn(words)
    return len(words)
