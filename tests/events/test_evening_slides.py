"""All slides of an evening in one zip, for the organisers."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from wagtail.test.utils import WagtailTestUtils

from speakers.keeping import keep_slides
from speakers.models import SlideDeck
from tests.admin import sign_in
from tests.decks import make_pdf, make_pptx
from tests.factories import give, make_event, make_speaker, make_talk, publish, write_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    sign_in(client, "organiser")
    return client


@pytest.fixture
def evening():
    return make_event(number=60)


def address_of(event):
    return f"/cms/series/evening/{event.pk}/slides/"


def unpacked(response):
    with zipfile.ZipFile(BytesIO(b"".join(response))) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def keep(talk, content, name):
    return keep_slides(contribution=talk.contribution, file=ContentFile(content), filename=name)


def test_zip_has_the_newest_drafts_in_running_order(organiser, evening):
    ada, ben = make_speaker("Ada Vale"), make_speaker("Ben Wick")
    tides = make_talk(event=evening, title="Tides & mud", speakers=[ada, ben])
    gone = make_talk(event=evening, title="Gone")
    mist = make_talk(event=evening, title="Mist", live=False)
    link, none = make_talk(event=evening, title="Rain"), make_talk(event=evening, title="Snow", speakers=[ada])
    give(tides, slides=keep(tides, make_pdf(), "old.pdf"))
    shown, other = make_pptx(), make_pdf(pages=3)
    keep(tides, shown, "new.pptx")
    keep(mist, other, "mist.pdf")
    keep(gone, other, "gone.pdf")
    publish(gone, state="withdrawn")
    write_answers(link.contribution, {}, slides_url="https://slides.example.org/rain")
    response = organiser.get(address_of(evening))
    assert response["Content-Disposition"] == 'attachment; filename="data-bites-60-slides.zip"'
    found = unpacked(response)
    readme = found.pop("README.txt").decode().replace("\r\n", "\n")
    assert found == {"01-tides-mud-ada-vale-ben-wick.pptx": shown, "02-mist.pdf": other}
    assert readme == (
        "Slides of Data Bites 60, in running order. For organisers only.\n\n"
        "1. Tides & mud (Ada Vale, Ben Wick)\n    01-tides-mud-ada-vale-ben-wick.pptx\n\n"
        "2. Mist\n    02-mist.pdf\n\n"
        "3. Rain\n    https://slides.example.org/rain\n\n"
        "4. Snow (Ada Vale)\n    No slides, neither a file nor a link.\n"
    )
    assert none.contribution.held_by == "organisers"


def test_file_that_is_gone_from_the_store_is_said_and_the_rest_comes(organiser, evening):
    lost, there = make_talk(event=evening, title="Lost"), make_talk(event=evening, title="There")
    deck = keep(lost, make_pdf(), "a.pdf")
    keep(there, make_pptx(), "b.pptx")
    deck.file.storage.delete(deck.file.name)
    found = unpacked(organiser.get(address_of(evening)))
    assert list(found) == ["02-there.pptx", "README.txt"]
    assert b"This file is missing from our store: ask its speakers for it." in found["README.txt"]


def test_evening_without_talks_is_a_zip_that_says_so(organiser, evening):
    assert list(unpacked(organiser.get(address_of(evening)))) == ["README.txt"]


def test_large_files_are_sent_as_they_are_read(organiser, evening):
    talk = make_talk(event=evening, title="Large")
    deck = SlideDeck(filename="large.key", media_type="application/vnd.apple.keynote", size_bytes=1)
    deck.file.save("large.key", ContentFile(bytes(range(256)) * 4096 * 20), save=False)
    deck.save()
    write_answers(talk.contribution, {}, slides=deck)
    response = organiser.get(address_of(evening))
    tracemalloc.start()
    sent = sum(len(block) for block in response)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent > 50_000
    assert peak < 4 * 1024 * 1024


@pytest.mark.parametrize("talks", [1, 3])
def test_queries_do_not_grow_with_the_talks(organiser, evening, django_assert_num_queries, talks):
    for number in range(talks):
        talk = make_talk(event=evening, speakers=[make_speaker()])
        keep(talk, make_pptx(slides=number + 1), "a.pptx")
    organiser.get(address_of(evening))
    with django_assert_num_queries(9):
        assert len(unpacked(organiser.get(address_of(evening)))) == talks + 1


@pytest.mark.parametrize("role", ["moderator", "organiser", "administrator"])
def test_button_stands_on_the_board_and_on_the_evening(client, evening, role):
    sign_in(client, role)
    make_talk(event=evening, title="Tides")
    links = WagtailTestUtils.get_soup(client.get(f"/cms/pages/{evening.pk}/edit/").content).select(".links a")
    assert [a["href"] for a in links if a.text == "All slides (zip)"] == [address_of(evening)]
    assert address_of(evening) in client.get(f"/cms/series/{evening.series_id}/").content.decode()
