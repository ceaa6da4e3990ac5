"""Slides are public only while the words beside them are."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from speakers.models import SlideDeck, TalkConsent
from tests.factories import START, give, make_event, make_speaker, make_talk, publish, write_answers
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nslides about tides\n%%EOF"


def make_deck(content=PDF, name="My slides (final).pdf"):
    deck = SlideDeck(filename=name, media_type="application/pdf", size_bytes=len(content))
    deck.file.save(name, ContentFile(content), save=False)
    deck.save()
    return deck


@pytest.fixture
@remembered
def talk():
    return make_talk(title="Tides & mud", event=make_event(number=60))


@pytest.fixture
def given(talk):
    return give(talk, slides=make_deck())


def address_of(given):
    return f"/slides/{given.pk}/"


def test_released_slides_are_a_file_to_keep_that_can_do_nothing(client, given):
    response = client.get(address_of(given))
    assert b"".join(response) == PDF
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "Content-Length")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="data-bites-60-tides-mud.pdf"',
        "Content-Length": str(len(PDF)),
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-cache"
    assert (response.get("Vary"), dict(response.cookies)) == (None, {})


def test_head_tells_the_same_without_the_file(client, given):
    response = client.head(address_of(given))
    assert (response.status_code, response["Content-Length"], b"".join(response)) == (200, str(len(PDF)), b"")


def test_browser_that_has_them_asks_and_is_told_so(client, given):
    etag = client.get(address_of(given))["ETag"]
    response = client.get(address_of(given), headers={"if-none-match": etag})
    assert (response.status_code, response.content, response["Cache-Control"]) == (304, b"", "no-cache")


def test_new_slides_are_not_taken_for_the_old_ones(client, given, talk):
    etag = client.get(address_of(given))["ETag"]
    newer = PDF.replace(b"tides", b"ebb")
    give(talk, slides=make_deck(newer))
    response = client.get(address_of(given), headers={"if-none-match": etag})
    assert (response.status_code, b"".join(response)) == (200, newer)


def test_slides_of_a_draft_are_seen_by_nobody(client, talk):
    given = write_answers(talk.contribution, {"summary": "A sentence."}, slides=make_deck())
    assert client.get(address_of(given)).status_code == 404


def test_new_draft_with_other_slides_shows_the_released_ones(client, given):
    write_answers(given, {}, slides=make_deck(PDF.replace(b"tides", b"canary")))
    assert b"".join(client.get(address_of(given))) == PDF


def unpublish_the_contribution(given):
    given.unpublish()


def unpublish_the_talk(given):
    given.talk.unpublish()


def unpublish_the_evening(given):
    given.talk.event.unpublish()


def unpublish_the_series(given):
    given.talk.event.series.unpublish()


def withdraw_the_talk(given):
    publish(given.talk, state="withdrawn")


def take_back_the_consent_to_slides(given):
    take_back(given, "slides")


def take_back_the_consent_to_answers(given):
    take_back(given, "answers")


def take_back(given, what):
    day_after = START + dt.timedelta(days=1)
    TalkConsent.objects.create(
        contribution=given, speaker=make_speaker(), what=what, wording="Yes.", given_at=START, withdrawn_at=day_after
    )


@pytest.mark.parametrize(
    "take_away",
    [
        unpublish_the_contribution,
        unpublish_the_talk,
        unpublish_the_evening,
        unpublish_the_series,
        withdraw_the_talk,
        take_back_the_consent_to_slides,
        take_back_the_consent_to_answers,
    ],
)
def test_slides_are_gone_at_once(client, given, take_away):
    etag = client.get(address_of(given))["ETag"]
    take_away(given)
    assert client.get(address_of(given)).status_code == 404
    assert client.get(address_of(given), headers={"if-none-match": etag}).status_code == 404


def test_consent_to_the_recording_is_another_matter(client, given):
    take_back(given, "record")
    assert client.get(address_of(given)).status_code == 200


def test_slides_that_are_a_link_are_no_file(client, talk):
    given = give(talk, slides_url="https://slides.example.org/tides")
    assert client.get(address_of(given)).status_code == 404


def test_file_that_is_missing_is_said_in_words_and_written_down(client, given, caplog):
    deck = given.slides
    deck.file.storage.delete(deck.file.name)
    response = client.get(address_of(given))
    assert response.status_code == 404
    assert "These slides have gone missing." in response.content.decode()
    assert [record.getMessage() for record in caplog.records if record.name == "events.views"] == [
        f"The slides of contribution {given.pk} are not in the store: {deck.file.name}"
    ]


@pytest.mark.parametrize("address", ["/slides/0/", "/slides/999999/", f"/slides/{10**30}/", "/slides/x/", "/slides/"])
def test_address_of_no_slides_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_slides_can_only_be_read(client, given):
    assert [client.post(address_of(given)).status_code, client.delete(address_of(given)).status_code] == [405, 405]


def test_slides_are_not_kept_with_the_pages(client, given, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            assert b"".join(client.get(address_of(given))) == PDF
