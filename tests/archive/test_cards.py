"""Social cards: what is on them, in whatever letters; drawn once, kept, and gone with what they show."""

import datetime as dt
import io
import shutil

import pytest
from django.core.cache import cache
from PIL import Image, ImageChops

from archive.cards import drawing, fonts, kept, subjects
from archive.cards.drawing import Card, drawn
from archive.cards.setting import broken, drawable, fitted, is_right_to_left, shortened, tied
from pages.cache import bump
from pages.models import private_storage
from speakers.actions import withdraw_consent
from tests.factories import (
    START,
    give,
    make_event,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    publish,
)
from tests.reading import whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
TIDES = "https://bites.example.org"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.SITE_URL = TIDES
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }


@pytest.fixture
def talk():
    event = make_event(number=60, title="Finding things")
    found = make_talk(
        event=event,
        title="Tides",
        speakers=[make_speaker("Ada Vale")],
        organisation=make_organisation("Board of Tides"),
        topics=[make_topic(name="Water")],
    )
    give(found, {"change": "Clearer names."})
    return found


def head(client, address):
    """What a page says of its picture."""
    found = whole(client.get(address).content).select('meta[property^="og:image"], meta[name="twitter:card"]')
    return {meta.get("property") or meta.get("name"): meta["content"] for meta in found}


def card_of(client, address):
    return head(client, address)["og:image"].removeprefix(TIDES)


def picture(body):
    return Image.open(io.BytesIO(body)).convert("RGB")


def kept_in(place):
    return sorted(private_storage().listdir(f"cards/{place}")[1])


@pytest.mark.parametrize(
    ("address", "alt"),
    [
        ("/data-bites/60/", "Data Bites 60. Wednesday 26 November 2025. Finding things. Ada Vale."),
        ("/data-bites/60/tides/", "Data Bites 60. Wednesday 26 November 2025. Tides. Ada Vale."),
        (
            "/data-bites/60/tides/answers/change/",
            "Data Bites 60. 26 November 2025. If you could change one thing about data in government, what would it "
            "be? “Clearer names.” Ada Vale.",
        ),
        ("/data-bites/", "Data Bites."),
        ("/questions/change/", "Data Bites. If you could change one thing about data in government, what would it be?"),
        ("/organisations/board-of-tides/", "Data Bites. Board of Tides."),
        ("/topics/water/", "Data Bites. Water."),
        (
            "/",
            "Data Bites. Short talks about data in and around the public sector. Four people get eight minutes each, "
            "then eight minutes of your questions.",
        ),
    ],
)
def test_page_names_its_card_and_the_card_is_a_picture(client, talk, address, alt):
    told = head(client, address)
    response = client.get(told["og:image"].removeprefix(TIDES))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert picture(response.content).size == (1200, 630)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert (told["og:image:alt"], told["twitter:card"]) == (alt, "summary_large_image")
    assert len(response.content) < 60_000


def test_card_is_drawn_once_and_kept(client, talk, monkeypatch):
    address = card_of(client, talk.url)
    first = client.get(address)
    monkeypatch.setattr(kept, "drawn", None)
    assert client.get(address).content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert not first.cookies


def test_new_words_are_a_new_card_and_the_old_one_goes(client, talk):
    before = card_of(client, talk.url)
    client.get(before)
    place = f"talks/{talk.pk}"
    old = kept_in(place)
    publish(talk, title="Mud")
    bump()
    after = card_of(client, talk.url)
    assert after != before
    assert client.get(before)["Location"] == after
    client.get(after)
    assert (len(old), [name[:20] for name in kept_in(place)]) == (1, [after[-24:-4]])


def test_card_goes_with_what_it_shows(client, talk):
    cards = [card_of(client, address) for address in (talk.url, f"{talk.url}answers/change/", "/data-bites/60/")]
    assert [client.get(card).status_code for card in cards] == [200, 200, 200]
    withdraw_consent(contribution=talk.contribution, speaker=make_speaker("Bo"), what="answers", at=START)
    assert [client.get(card).status_code for card in cards] == [200, 404, 200]
    talk.event.unpublish()
    assert [client.get(card).status_code for card in cards] == [404, 404, 404]


@pytest.mark.parametrize(
    "place",
    [
        *("talks/999", "evenings/x", "answers/1/change", "nothing/1", "site/1", "series/1/x", f"talks/{'9' * 30}"),
        *("questions/999", "topics/999", "organisations/999"),
    ],
)
def test_there_is_no_other_card(client, place):
    make_event()
    assert client.get(f"/cards/{place}/{'0' * 20}.png").status_code == 404


def test_busy_site_asks_for_patience(client, talk, monkeypatch):
    monkeypatch.setattr(kept, "WAITS_SECONDS", 0.0)
    address = card_of(client, talk.url)
    place, digest = address.removeprefix("/cards/").removesuffix(".png").rsplit("/", 1)
    cache.add(f"card.cards/{place}/{digest}-{fonts.fingerprint()}.png", True, 30)
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_cancelled_evening_says_so_on_its_card(client, talk):
    publish(talk.event, status="cancelled")
    assert head(client, "/data-bites/60/")["og:image:alt"] == "Data Bites 60. Cancelled. Finding things. Ada Vale."


def test_draft_names_no_card_in_its_head(talk):
    talk.event.live = False
    assert subjects.of_talk(talk, talk.event).place == f"talks/{talk.pk}"
    assert talk.is_public is False


@pytest.mark.parametrize("count", [1, 3])
def test_card_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    event = make_event(number=60)
    for _ in range(count):
        make_talk(event=event, speakers=[make_speaker() for _ in range(count)])
    address = card_of(client, "/data-bites/60/")
    with django_assert_num_queries(3):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/data-bites/60/tides/"])
def test_cards_can_only_be_read(client, talk, address):
    card = card_of(client, address)
    assert [getattr(client, method)(card).status_code for method in ("head", "post", "put")] == [200, 405, 405]


# Drawing

TITLES = [
    "Trust",
    "Ω ανοιχτά δεδομένα",
    "Открытые данные",
    "كيف نشارك البيانات المفتوحة",
    "開かれたデータ、そして人々の暮らし",
    "a" * 400,
    "word " * 200,
    "👩🏽‍💻 emoji \u202e\u200b\x07 and controls",
    "",
]


@pytest.mark.parametrize("title", TITLES)
def test_every_title_fits_and_leaves_the_edges_free(title):
    names = ("Γιώργος Παπαδόπουλος", "山田太郎", "ليلى حسن", "Llanfairpwllgwyngyll" * 5, "Ada Vale")
    for asked in ("", "What would you change? " * 5):
        card = Card("Data Bites 60", title, 60, small="Wednesday 26 November 2025", asked=asked, people=names)
        seen = picture(drawn(card))
        inner = (40, 40, 1160, 600)
        blank = Image.new("RGB", seen.size, drawing.PAPER)
        blank.paste(seen.crop(inner), inner[:2])
        # A palette may move paper by a shade; ink in the margin would be far from it.
        assert max(high for _, high in ImageChops.difference(seen, blank).getextrema()) < 16


@pytest.mark.parametrize("number", [0, 8, 255, 256, 70_000])
def test_number_is_drawn_in_bits(number):
    bits = drawing.bits_of(number)
    assert (int(bits, 2), len(bits) % 8, len(bits) >= 8) == (number, 0, True)
    assert picture(drawn(Card("", "Trust", number))).size == (1200, 630)


def test_what_no_type_has_loses_its_accents_or_its_word(monkeypatch):
    monkeypatch.setattr(fonts, "faces", lambda: (fonts.BUILT_IN,))
    assert drawable("Ada 山田 Vale") == "Ada Vale"
    assert drawable("Ṩon of Ḏan") in ("Son of Dan", "Ṩon of Ḏan")
    assert drawable("山田太郎") == ""


def test_letters_that_must_be_joined_are_left_out_where_they_cannot_be(monkeypatch):
    monkeypatch.setattr("archive.cards.fonts.shapes", lambda: False)
    monkeypatch.setattr("archive.cards.setting.shapes", lambda: False)
    assert drawable("كيف Ada") == "Ada"
    assert drawn(Card("Data Bites 1", "كيف", 1))


def test_lines_are_broken_between_words_and_shortened_at_one():
    assert broken("aa bb cc", 5, len) == ["aa bb", "cc"]
    assert broken("aaaaaaaa b", 5, len) == ["aaaaa", "aaa b"]
    assert broken("データ、開", 4, len) == ["データ、", "開"]
    assert broken(f"{tied('Ada Vale')}, {tied('Bo Dee')}", 10, len) == ["Ada\xa0Vale,", "Bo\xa0Dee"]
    assert shortened("one two three", 9, len) == "one two…"
    assert shortened("abcdefgh", 5, len) == "abcd…"
    assert fitted("word " * 99, width=300, height=50, sizes=(40,)).lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("words", "backwards"), [("كيف Ada", True), ("Ada كيف", False), ("123 كيف", True), ("", False)]
)
def test_direction_is_the_first_letters(words, backwards):
    assert is_right_to_left(words) is backwards


def test_named_file_of_type_comes_first(settings, tmp_path):
    known = next((face for face in fonts.faces() if face.regular), None)
    if known is None:
        pytest.skip("needs a font on this machine")
    copy = tmp_path / "AA House-Regular.ttf"
    shutil.copy(known.regular, copy)
    settings.FONTS = [str(copy)]
    fonts.faces.cache_clear()
    try:
        assert str(copy) in {face.regular for face in fonts.faces()}
        assert fonts.faces()[-1] == fonts.BUILT_IN
    finally:
        settings.FONTS = []
        fonts.faces.cache_clear()


def test_damaged_file_of_type_has_no_letters(tmp_path):
    (tmp_path / "Broken-Regular.ttf").write_bytes(b"nothing")
    assert fonts.Face("broken", str(tmp_path / "Broken-Regular.ttf"), "").has("A") is False


def test_card_is_another_one_with_other_type(monkeypatch):
    card = Card("Data Bites 1", "Trust", 1)
    before = (card.digest, card.version)
    monkeypatch.setattr(drawing, "fingerprint", lambda: "other")
    # Its address stays, so that machines with other type don't send a reader to and fro.
    assert (card.digest == before[0], card.version == before[1]) == (True, False)


def test_podcast_cover_is_as_large_as_programs_want():
    assert picture(drawing.cover("A series with a rather long name")).size == (1400, 1400)


def test_old_evening_has_its_day_on_its_card(client):
    make_event(series=make_series(), number=1, starts_at=START - dt.timedelta(days=2000), title="Mud")
    assert head(client, "/data-bites/1/")["og:image:alt"] == "Data Bites 1. Friday 5 June 2020. Mud."
