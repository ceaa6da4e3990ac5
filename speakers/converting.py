"""PDFs of slides for readers, made by LibreOffice where there is one. Runs in the worker, never in a request.

Somebody else's file is opened by a large program, so it has a process group, a profile and a folder of its own, no
network, and little time and memory (`speakers.decks.confined`). What it makes is read and checked like any upload, and
lies beside the draft until a speaker or an organiser has looked at it and says that readers may have it.
"""

import datetime as dt
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from pages.scheduler import drop_old_connections

from .decks.faults import NotSlides
from .decks.kinds import Kind
from .enums import ConversionState
from .keeping import NotKept, stored_deck
from .models import Conversion
from .slides import name_of_slides, read_slides

logger = logging.getLogger(__name__)
POLL_SECONDS = 5.0
SECONDS = 180
LEASE = dt.timedelta(seconds=SECONDS + 120)
TRIES = 2
TITLE = "Slides"
BY_HAND = "Save your slides as a PDF yourself, and upload that for readers."
NOT_MADE = f"We could not make a PDF of your slides. {BY_HAND}"


class NotMade(Exception):
    """The program made no PDF of it."""


def run(*, stop: threading.Event) -> None:
    """A loop of the worker: one file after the other, until `stop` is set."""
    while not stop.is_set():
        drop_old_connections()
        try:
            worked = bool(settings.LIBREOFFICE) and make_next(at=timezone.now())
        except Exception:  # a database that is away must not end the loop
            logger.exception("Making PDFs of slides failed; it is tried again.")
            worked = False
        if not worked:
            stop.wait(POLL_SECONDS)


def make_next(*, at: dt.datetime) -> bool:
    """Make the PDF that waits longest; False where none waits.

    Side effects: files in private storage, a row for the PDF; the state of the conversion.
    """
    conversion = _lease(at)
    if conversion is None:
        return False
    try:
        _make(conversion)
    except (NotSlides, NotKept, NotMade, OSError) as fault:
        logger.warning("No PDF was made of slides %s: %s", conversion.deck_id, fault)
        final = conversion.attempts >= TRIES or not isinstance(fault, NotKept | OSError)
        if final:
            _end(conversion, state=ConversionState.FAILED, fault=NOT_MADE)
    return True


@transaction.atomic
def _lease(at: dt.datetime) -> Conversion | None:
    """The next one is ours until the lease ends. One whose worker was killed is tried once more."""
    free = Conversion.objects.waiting(at=at).select_for_update(of=("self",), skip_locked=True)
    conversion = free.select_related("deck").first()
    if conversion is None:
        return None
    if conversion.attempts >= TRIES:
        _end(conversion, state=ConversionState.FAILED, fault=NOT_MADE)
        return None
    conversion.attempts += 1
    conversion.leased_until = at + LEASE
    conversion.save(update_fields=["attempts", "leased_until"])
    return conversion


def _make(conversion: Conversion) -> None:
    deck = conversion.deck
    with tempfile.TemporaryDirectory(prefix="slides-") as folder:
        source = Path(folder) / f"slides.{deck.kind}"
        with deck.file.open("rb") as stored, source.open("wb") as copied:
            shutil.copyfileobj(stored, copied)
        made = convert(source, folder=Path(folder))
        with made.open("rb") as opened:
            file = File(opened, name=made.name)
            facts = read_slides(file)
            if facts.kind != Kind.PDF:
                raise NotMade("It is no PDF.")
            with stored_deck(file, facts, title=TITLE) as pdf, transaction.atomic():
                pdf.filename, pdf.uploaded_by = name_of_slides(deck.filename.rpartition(".")[0]), deck.uploaded_by
                pdf.save()
                _end(conversion, state=ConversionState.DONE, made=pdf)


def _end(conversion: Conversion, *, state: ConversionState, fault: str = "", **made: object) -> None:
    Conversion.objects.filter(pk=conversion.pk).update(state=state, fault=fault, leased_until=None, **made)


def convert(source: Path, *, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file. Nothing that it started is left running.

    Raises:
        NotMade: it took too long, failed, or made nothing.
    """
    program = [settings.LIBREOFFICE, "--headless", "--norestore", "--nolockcheck", "--nodefault"]
    program += [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    command = [sys.executable, "-s", "-m", "speakers.decks.confined", str(folder), *program, str(source)]
    process = subprocess.Popen(  # noqa: S603  the operator's own setting, and names of our own
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NotMade(f"It took more than {SECONDS} seconds.") from error
    finally:
        _end_group(process)
    made = source.with_suffix(".pdf")
    if process.returncode or not made.is_file():
        raise NotMade(f"Status {process.returncode}: {said.decode(errors='replace').strip()[-300:]}")
    return made


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
