"""PDFs made of slides: by a program that stands in for LibreOffice, and once by LibreOffice itself."""

import datetime as dt
import stat
import sys
import time

import pytest
from django.core.files.base import ContentFile
from pypdf import PdfReader

from pages import scheduler
from speakers import converting
from speakers.actions import hand_over
from speakers.converting import BY_HAND, make_next, run
from speakers.copies import make_missing
from speakers.enums import Baton
from speakers.keeping import keep_slides, use_made_pdf
from speakers.models import Conversion, SlideDeck
from tests.decks import laden_pdf, make_keynote, make_pdf, make_pptx
from tests.factories import START, make_talk
from tests.speakers.portal.forms import at, draft, make_account, make_my_talk, texts

pytestmark = pytest.mark.django_db
# What LibreOffice is asked, in its own words; what it does stands in BODY.
PROGRAM = """#!{python}
import pathlib, socket, subprocess, sys, time
arguments = sys.argv[1:]
source = pathlib.Path(arguments[-1])
out = pathlib.Path(arguments[arguments.index("--outdir") + 1]) / "slides.pdf"
{body}
"""


@pytest.fixture
def program(tmp_path, settings):
    """Takes the place of LibreOffice; call it with what it does."""

    def make(body):
        path = tmp_path / "soffice"
        path.write_text(PROGRAM.format(python=sys.executable, body=body))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        settings.LIBREOFFICE = str(path)
        return path

    return make


@pytest.fixture
def good(program, tmp_path):
    (tmp_path / "good.pdf").write_bytes(laden_pdf())
    return program(f"out.write_bytes(pathlib.Path({str(tmp_path / 'good.pdf')!r}).read_bytes())")


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1])


def keep(talk, content=None, name="Tides.pptx", **options):
    file = ContentFile(content or make_pptx())
    return keep_slides(contribution=talk.contribution, file=file, filename=name, **options)


def state():
    conversion = Conversion.objects.get()
    return conversion.state, conversion.fault


def test_nothing_is_asked_for_where_it_is_not_configured(talk):
    keep(talk)
    assert Conversion.objects.count() == 0


def test_only_what_can_be_made_is_asked_for(talk, good):
    keep(talk, make_pdf(), "a.pdf")
    keep(talk, make_keynote(), "a.key")
    assert Conversion.objects.count() == 0


def test_speaker_looks_at_the_pdf_and_gives_it_to_readers(ada, talk, good):
    deck = keep(talk, by=ada[1].user)
    assert "We are making a PDF of your slides." in ada[0].get(at("talk", talk)).content.decode()
    assert ada[0].get(at("slides_made", talk)).status_code == 404
    assert (make_next(at=START), make_next(at=START)) == (True, False)
    assert state() == ("done", "")
    assert draft(talk).deck_for_readers is None
    shown = b"".join(ada[0].get(at("slides_made", talk)))
    assert [page.extract_text().strip() for page in PdfReader(ContentFile(shown)).pages] == ["Page 1", "Page 2"]
    assert b"canary" not in shown
    form = {"do": "use-pdf", "who": ada[1].user_id}
    page = ada[0].post(at("talk", talk), form, follow=True)
    assert texts(page, "[role=status] .note") == ["Readers get this PDF, as soon as the organisers publish it."]
    made = deck.conversion.made if (deck := SlideDeck.objects.get(pk=deck.pk)) else None
    assert (draft(talk).deck_for_readers, made.filename) == (made, "Tides.pdf")


def test_pdf_goes_with_the_slides_that_it_was_made_of(talk, good):
    keep(talk)
    make_next(at=START)
    use_made_pdf(contribution=talk.contribution)
    keep(talk, make_pptx(slides=9))
    assert (draft(talk).slides_pdf, draft(talk).deck_for_readers) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(1)",
        "print('no filter')",
        "out.write_bytes(b'MZ not a pdf')",
        "out.write_bytes(b'')",
        "time.sleep(60)",
        "bytearray(6 * 1024 ** 3)",
        "out.open('wb').truncate(300 * 1024 * 1024)",
    ],
    ids=["fails", "makes nothing", "no pdf", "empty", "too slow", "too much memory", "too large"],
)
def test_what_goes_wrong_is_told_in_words(ada, talk, program, monkeypatch, body):
    monkeypatch.setattr(converting, "SECONDS", 3)
    program(body)
    keep(talk)
    make_next(at=START)
    assert state() == ("failed", f"We could not make a PDF of your slides. {BY_HAND}")
    assert BY_HAND in ada[0].get(at("talk", talk)).content.decode()
    assert SlideDeck.objects.count() == 1


def test_nothing_that_it_started_is_left_running(talk, program, monkeypatch, tmp_path):
    monkeypatch.setattr(converting, "SECONDS", 1)
    sign = tmp_path / "alive"
    program(f"subprocess.Popen(['sh', '-c', 'sleep 3; touch {sign}'])\ntime.sleep(60)")
    keep(talk)
    make_next(at=START)
    time.sleep(3)
    assert not sign.exists()


def test_it_has_no_network(talk, program, tmp_path):
    sign = tmp_path / "said"
    program(
        "try:\n    socket.create_connection(('127.0.0.1', 22), 1)\nexcept OSError as error:\n"
        f"    pathlib.Path({str(sign)!r}).write_text(' '.join(name for _, name in socket.if_nameindex()) + str(error))"
    )
    keep(talk)
    make_next(at=START)
    assert "unreachable" in sign.read_text()
    assert "eth" not in sign.read_text()


def test_one_whose_worker_was_killed_is_tried_once_more(talk, good):
    keep(talk)
    killed_at = START - dt.timedelta(minutes=1)
    Conversion.objects.update(attempts=1, leased_until=killed_at + converting.LEASE)
    assert make_next(at=START) is False
    assert make_next(at=START + converting.LEASE) is True
    assert state()[0] == "done"
    Conversion.objects.update(state="waiting", attempts=2, leased_until=killed_at)
    assert make_next(at=START) is False
    assert state()[0] == "failed"


def test_organiser_gives_it_to_readers_at_the_desk(client, good):
    from tests.admin import said, sign_in
    from tests.speakers.editor import at as desk

    sign_in(client, "organiser")
    talk = make_talk()
    keep(talk)
    make_next(at=START)
    assert "A PDF was made of it." in client.get(desk("edit", talk.contribution_id)).content.decode()
    page = client.post(desk("use_pdf", talk.contribution_id), follow=True)
    assert said(page) == ["The PDF is in the draft. Readers get a copy of it when you release it."]
    assert draft(talk).slides_pdf == Conversion.objects.get().made


def test_draft_that_moved_on_meanwhile_is_left_alone(ada, talk, good):
    keep(talk)
    make_next(at=START)
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START)
    page = ada[0].post(at("talk", talk), {"do": "use-pdf", "who": ada[1].user_id}, follow=True)
    assert texts(page, "[role=status] .note") == ["The organisers have this now, so the slides stay as they are."]
    assert draft(talk).slides_pdf is None


def test_worker_runs_both():
    assert run in scheduler.LOOPS
    assert make_missing in scheduler.JOBS


def test_pdf_that_was_kept_before_there_were_copies_gets_one(client, talk):
    for content in (laden_pdf(), b"%PDF-1.7 not a pdf"):
        deck = SlideDeck(filename="a.pdf", media_type="application/pdf", size_bytes=len(content))
        deck.file.save("a.pdf", ContentFile(content), save=False)
        deck.save()
    assert (make_missing(), make_missing()) == (1, 0)
    broken, whole = SlideDeck.objects.order_by("-pk")
    assert (whole.facts["author"], whole.copy_bytes) == ("canary-author", len(copy := whole.copy.read()))
    assert b"canary" not in copy
    assert (broken.copy.name, list(broken.facts)) == ("", ["unread"])


@pytest.mark.needs_libreoffice
@pytest.mark.slow
def test_libreoffice_makes_one_without_hidden_slides_and_notes(talk, settings):
    from tests.conftest import libreoffice_path

    settings.LIBREOFFICE = libreoffice_path()
    keep(talk, make_pptx(slides=4, notes=(1,), hidden=(2,), author="J. Smith"))
    make_next(at=START)
    assert state() == ("done", "")
    made = Conversion.objects.get().made.copy.read()
    pages = [page.extract_text() for page in PdfReader(ContentFile(made)).pages]
    assert [text.split() for text in pages] == [["Slide", "1"], ["Slide", "3"], ["Slide", "4"]]
    assert b"Smith" not in made
