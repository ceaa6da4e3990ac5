"""Many speakers who save at once, for measuring: each at their own talk, as fast as a person's autosaves come."""

import random
import threading
import time
from dataclasses import dataclass, field

from django.db import connections
from django.utils import timezone

from accounts.models import User

from .manuscript import Manuscript
from .models import Contribution, Speaker
from .saving import Typed, save_words


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody with an account, and one of their talks."""

    user: User
    speaker: Speaker
    contribution: Contribution


@dataclass(slots=True)
class Tally:
    """Seconds of each save and those of the processor alone, what failed, how many drafts lack the last words."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lost: int = 0

    def at(self, part: float) -> float:
        """Milliseconds below which that part of the saves lies."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def measure(writers: list[Writer], *, saves: int, every_seconds: float) -> Tally:
    """Each writer in a thread of their own saves a growing answer; 0 seconds apart is a burst."""
    tally, start = Tally(), threading.Barrier(len(writers))
    threads = [threading.Thread(target=_write, args=(writer, tally, start, saves, every_seconds)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.lost = sum(not _has_last_words(writer, saves) for writer in writers)
    return tally


def _write(writer: Writer, tally: Tally, start: threading.Barrier, saves: int, every: float) -> None:
    try:
        name = _first_answer(writer)
        base = _manuscript(writer).fields[name].digest
        start.wait()
        time.sleep(random.uniform(0, every))  # noqa: S311  people don't keep step
        for number in range(1, saves + 1):
            typed = Typed({name: words(writer, number)}, base={name: base}, page="measured")
            began, busy = time.perf_counter(), time.thread_time()
            try:
                base = _save(writer, typed).fields[name].digest
            except Exception as error:  # noqa: BLE001  whatever it is, it is counted and told
                tally.failed.append(repr(error))
            tally.seconds.append(time.perf_counter() - began)
            tally.processor.append(time.thread_time() - busy)
            time.sleep(every * random.uniform(0.8, 1.2))  # noqa: S311
    finally:
        connections.close_all()


def _save(writer: Writer, typed: Typed) -> Manuscript:
    saved = save_words(
        contribution=writer.contribution, me=writer.speaker, by=writer.user, typed=typed, at=timezone.now()
    )
    return saved.manuscript


def words(writer: Writer, number: int) -> str:
    return f"Words of {writer.speaker.name}, " + "more " * 40 + f"state {number}"


def _manuscript(writer: Writer) -> Manuscript:
    fresh = Contribution.objects.get(pk=writer.contribution.pk)
    return Manuscript(fresh.get_latest_revision_as_object(), me=writer.speaker)


def _first_answer(writer: Writer) -> str:
    return next(name for name in _manuscript(writer).fields if name.startswith("answer-"))


def _has_last_words(writer: Writer, saves: int) -> bool:
    return _manuscript(writer).fields[_first_answer(writer)].value == words(writer, saves)
