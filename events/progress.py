"""How far an evening is, read for the organisers."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .models import EventPage

type Kind = Literal["done", "open", "urgent"]


@dataclass(frozen=True, slots=True)
class Line:
    """A few words; "done" needs nothing more, "open" is still to do, "urgent" stands in the way of publishing."""

    words: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Progress:
    """What is there of an evening: counts of slots, and what its write-up has."""

    slots: int
    titled: int
    announced: int
    speakers: int
    released: int
    over: bool
    recorded: bool
    written_up: bool
    leftovers_wait: bool
    # Mails that wait for an organiser's approval, by what they tell.
    mails: tuple[str, ...] = ()

    @classmethod
    def of(cls, event: Any, *, at: dt.datetime, mails: Sequence[str] = ()) -> "Progress":
        """For an evening that came with `EventPage.objects.with_progress()`. No query."""
        draft_leftovers, draft_seen = event.draft_leftovers, event.draft_leftovers_seen
        if draft_leftovers is None:
            draft_leftovers, draft_seen = event.leftovers, event.leftovers_seen
        return cls(
            slots=event.slot_count,
            titled=event.titled_count,
            announced=event.announced_count,
            speakers=event.speaker_count,
            released=event.released_count,
            over=event.over_at <= at,
            recorded=event.has_recording,
            written_up=event.written_up_on is not None,
            leftovers_wait=bool(draft_leftovers.strip()) and not draft_seen,
            mails=tuple(mails),
        )

    def lines(self) -> list[Line]:
        """In the order in which an evening comes to them."""
        lines = []
        if self.leftovers_wait:
            lines.append(Line("Leftovers of an import to see to", "urgent"))
        lines.append(self._talks())
        if self.speakers:
            lines.append(Line(f"{self.speakers} speaker{'' if self.speakers == 1 else 's'}", "done"))
        if self.over or self.released:
            done = self.released >= self.slots
            noun = "contribution" if self.slots == 1 else "contributions"
            lines.append(Line(f"{self.released} of {self.slots} {noun} released", "done" if done else "open"))
        if self.over:
            lines.append(Line("Recording", "done") if self.recorded else Line("No recording yet", "open"))
            lines.append(Line("Write-up", "done") if self.written_up else Line("No write-up yet", "open"))
        if self.mails:
            noun = "Mail" if len(self.mails) == 1 else "Mails"
            lines.append(Line(f"{noun} to approve: {', '.join(self.mails)}", "open"))
        return lines

    def _talks(self) -> Line:
        if not self.slots:
            return Line("No talks", "open")
        words = f"{self.announced} of {self.slots} talk{'' if self.slots == 1 else 's'} announced"
        ready = self.titled - self.announced
        if ready > 0:
            words += f", {ready} more ha{'s' if ready == 1 else 've'} a title"
        return Line(words, "done" if self.announced >= self.slots else "open")


def evenings_with_progress(series: Any) -> Any:
    """The series' evenings with all that a list of them shows, in a number of queries that doesn't grow."""
    evenings = EventPage.objects.of_series(series).with_progress().annotate_approved_schedule()
    return evenings.select_related("series", "host", "venue").prefetch_related("recordings").prefetch_workflow_states()
