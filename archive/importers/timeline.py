"""An evening's recordings, and the chapters of its timeline."""

from collections.abc import Iterable, Sequence
from typing import Any

from events.enums import RecordingKind
from events.models import Chapter, EventPage, Recording, TalkPage
from events.players import SoundCloud, parse
from speakers.keys import fold

from .fitting import fit, is_address, room
from .plan import LinkPlan, WriteupPlan


def add_recordings(draft: EventPage, links: Iterable[LinkPlan]) -> None:
    """Each recording once, however often and from whichever second the text links to it."""
    rows = list(draft.recordings.all())
    known = {_identity(row.url) for row in rows}
    for link in links:
        identity = _identity(link.url)
        if identity in known or not is_address(link.url, Recording, "url"):
            continue
        known.add(identity)
        player = parse(link.url)
        kind = RecordingKind.AUDIO if isinstance(player, SoundCloud) else RecordingKind.VIDEO
        rows.append(Recording(kind=kind, url=player.watch_url(0) if player else link.url, sort_order=len(rows)))
    draft.recordings = rows


def add_chapters(draft: EventPage, plan: WriteupPlan, pages: Sequence[TalkPage]) -> None:
    """The chapters of the text, each that begins a talk with it; a talk's start that has no chapter gets one.

    A chapter that is there under the same words is moved to the second of the text.
    """
    starts: dict[int, TalkPage] = {}
    for talk, page in zip(plan.talks, pages, strict=True):
        if talk.starts_at_seconds is not None:
            starts.setdefault(talk.starts_at_seconds, page)
    wanted = [(chapter.seconds, fit(chapter.label, room(Chapter, "label"))) for chapter in plan.chapters]
    told = {seconds for seconds, _ in wanted}
    wanted += [
        (seconds, fit(page.draft_title, room(Chapter, "label")))
        for seconds, page in starts.items()
        if seconds not in told
    ]
    rows = list(draft.chapters.all())
    unmoved = list(rows)
    for seconds, label in sorted(set(wanted)):
        row = next((known for known in unmoved if fold(known.label) == fold(label)), None)
        if row is None:
            row = Chapter(label=label)
            rows.append(row)
        else:
            unmoved.remove(row)
        row.seconds = seconds
        row.talk = starts.get(seconds) or row.talk
    chapters = sorted(rows, key=lambda row: row.seconds)
    for place, row in enumerate(chapters):
        row.sort_order = place
    draft.chapters = chapters


def _identity(url: str) -> Any:
    """What two addresses of one recording have in common."""
    player = parse(url)
    return (type(player), player.key) if player else url
