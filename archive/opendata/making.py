"""Making the next file and putting it in the place of the last one, at once and whole."""

import datetime as dt
import logging
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.db.models import Max
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from pages.cache import generation
from pages.scheduler import drop_old_connections
from speakers.models import TalkConsent

from ..models import OpenData
from ..models.opendata import FOLDER
from .contents import every_row
from .writing import checksum, write_dictionary, write_tables, write_zip

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=30)
# While organisers are busy, each of their changes would make a new file.
QUIET_SECONDS = 60.0
LATEST = dt.timedelta(minutes=15)  # but nobody waits longer than this for what was changed
A_DAY = dt.timedelta(days=1)
CHANGED = ("wagtail.publish", "wagtail.unpublish", "wagtail.delete", "wagtail.move")


class Stopped(Exception):
    """The worker is ending; what was half made is thrown away."""


class SomebodyElse(Exception):
    """Another worker is making it."""


class TakenBack(Exception):
    """Something was taken back meanwhile, and may have been read before: what was made is thrown away."""


@dataclass(frozen=True, slots=True)
class Made:
    sha256: str
    size_bytes: int
    is_new: bool


def make_open_data(*, pause: Callable[[], object] = lambda: None) -> Made:
    """Make the file from what is public now. The last one is served until this one is whole, and then is gone.

    Where something was taken back (`withdrawing`) the last one is gone already.

    `pause` is called now and then, and may raise to give up. Side effects: files of the private storage.

    Raises:
        SomebodyElse: another worker is busy with it. TakenBack: it has to be made again.
    """
    at = timezone.now()
    lease = at + LEASE
    if not OpenData.lease(at=at, until=lease):
        raise SomebodyElse
    try:
        state = state_of_the_archive()
        with tempfile.TemporaryDirectory(prefix="open-data-") as name:
            folder = Path(name)
            members, counts = write_tables(every_row(), folder, pause=pause)
            target = folder / "whole.zip"
            write_zip([*members, *write_dictionary(folder, counts)], target, folder)
            return _put(target, counts, state, lease)
    finally:
        OpenData.objects.filter(leased_until=lease).update(leased_until=None)


def _put(target: Path, counts: dict[str, int], state: str, lease: dt.datetime) -> Made:
    """Into the storage, then into its place while the lease holds, then the others away."""
    sha256, size, now = checksum(target), target.stat().st_size, timezone.now()
    row, ours = OpenData.objects.get(pk=1), OpenData.objects.filter(leased_until=lease)
    storage = row.file.storage
    checked = {"checked_at": now, "made_from": state}
    if row.sha256 == sha256 and row.file and storage.exists(str(row.file.name)):
        if not ours.update(**checked):
            raise TakenBack
        return Made(sha256, size, is_new=False)
    with target.open("rb") as file:
        name = storage.save(f"{FOLDER}/{sha256[:16]}.zip", File(file))
    told = {"sha256": sha256, "size_bytes": size, "made_at": now, "rows": counts}
    if not ours.update(file=name, **told, **checked):
        storage.delete(name)
        raise TakenBack
    for other in storage.listdir(FOLDER)[1]:
        if f"{FOLDER}/{other}" != name:
            storage.delete(f"{FOLDER}/{other}")
    return Made(sha256, size, is_new=True)


def state_of_the_archive() -> str:
    """Another one after every public change. Three queries.

    The generation of kept pages says all; where a worker doesn't share the web's cache, what was written down of
    publishing and of consents says most.
    """
    pages = PageLogEntry.objects.filter(action__in=CHANGED).aggregate(newest=Max("pk"))["newest"]
    others = ModelLogEntry.objects.filter(action__in=CHANGED).aggregate(newest=Max("pk"))["newest"]
    consents = TalkConsent.objects.aggregate(newest=Max("pk"), withdrawn=Max("withdrawn_at"))
    return f"{generation()}.{pages}.{others}.{consents['newest']}.{consents['withdrawn']}"


def run(*, stop: threading.Event) -> None:
    """Look each minute whether something public changed, and make the file anew once it has been quiet."""
    seen = ""
    while not stop.wait(QUIET_SECONDS):
        drop_old_connections()
        try:
            seen = look(seen, stop=stop)
        except (SomebodyElse, Stopped, TakenBack):
            continue
        except Exception:  # tried again in a minute
            logger.exception("The open data could not be made; the last one is served.")
    drop_old_connections()


def look(seen: str, *, stop: threading.Event) -> str:
    """Make it if it is due: at once where there is none, else once the state is the one that was `seen` last time."""
    state, now = state_of_the_archive(), timezone.now()
    row = OpenData.current()
    is_old = row is None or row.checked_at is None or now - row.checked_at >= A_DAY
    has_changed = row is None or row.made_from != state
    waited = row is None or row.checked_at is None or now - row.checked_at >= LATEST
    if is_old or (has_changed and (state == seen or waited)):
        make_open_data(pause=lambda: _give_up(stop))
    return state


def _give_up(stop: threading.Event) -> None:
    if stop.is_set():
        raise Stopped
