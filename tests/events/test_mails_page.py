"""A mail that went, read in a browser: public, in the site's own look, without anybody's own links."""

import pytest
from django.core.cache import cache

from events.actions import renumber_evening
from events.announcing import call_back, write_message
from events.models import EventPage
from mailing.models import OutgoingMail
from pages.cache import bump
from tests.factories import START, publish
from tests.mails import DAY, HOUR, MINUTE, agree, make_evening, send, subscribe
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
SOON = START - 20 * DAY
ADDRESS = "/data-bites/61/mail/announced/"


@pytest.fixture
def event(time_machine):
    time_machine.move_to(SOON + HOUR, tick=False)
    subscribe()
    return make_evening()


def test_page_reads_as_the_mail_in_the_sites_look(client, event):
    send(event, "announced", at=SOON)
    main = read(client, ADDRESS)
    assert lines(main, "h1") == ["Data Bites 61, Wednesday 26 November"]
    assert lines(main, "h2") == ["When", "Where", "The programme"]
    assert lines(main, ".fine")[0].startswith("We sent this mail on Thursday 6 November 2025, 6.05pm.")
    assert "http://127.0.0.1:8000/data-bites/61/tides-1/" in [link["href"] for link in main.select(".prose a")]
    assert [tag.name for tag in main.select("[style], table, td, [bgcolor], .prose [class]")] == []


def test_page_has_nobodys_links(client, event):
    send(event, "announced", at=SOON)
    page = client.get(ADDRESS).content.decode()
    assert ("%%" in page, "/leave/" in page, "Leave the list" in page) == (False, False, False)


def test_page_is_kept_and_sets_no_cookie(client, event, django_assert_num_queries):
    send(event, "announced", at=SOON)
    first = client.get(ADDRESS)
    with django_assert_num_queries(0):
        again = client.get(ADDRESS)
    assert (again.content, again.cookies, "noindex" in again.content.decode()) == (first.content, {}, True)


def test_page_is_not_there_before_the_first_copy_may_leave(client, event, time_machine):
    time_machine.move_to(SOON, tick=False)
    agree(event, "announced", at=SOON)
    assert client.get(ADDRESS).status_code == 404
    time_machine.move_to(SOON + 5 * MINUTE, tick=False)
    assert client.get(ADDRESS).status_code == 200


def test_page_of_a_mail_that_nobody_got_is_never_there(client, event):
    agree(event, "announced", at=SOON)
    call_back(event=event, name="announced", at=SOON + MINUTE)
    assert client.get(ADDRESS).status_code == 404


def test_page_of_a_mail_that_some_got_is_there(client, event):
    subscribe()
    agree(event, "announced", at=SOON)
    first = OutgoingMail.objects.order_by("pk")[:1].values("pk")
    OutgoingMail.objects.filter(pk__in=first).update(state="sent", ended_at=SOON + 5 * MINUTE)
    call_back(event=event, name="announced", at=SOON + 6 * MINUTE)
    assert client.get(ADDRESS).status_code == 200


def test_page_of_an_unpublished_evening_is_gone(client, event):
    send(event, "announced", at=SOON)
    EventPage.objects.get(pk=event.pk).unpublish()
    cache.clear()
    assert client.get(ADDRESS).status_code == 404


def test_page_keeps_its_words_when_the_evening_changes(client, event):
    send(event, "announced", at=SOON)
    before = lines(read(client, ADDRESS), ".prose")
    publish(event, starts_at=START + DAY, online_url="https://new.example/")
    cache.clear()
    assert lines(read(client, ADDRESS), ".prose") == before


def test_page_moves_with_the_evenings_number(client, event, django_capture_on_commit_callbacks):
    send(event, "announced", at=SOON)
    with django_capture_on_commit_callbacks(execute=True):
        renumber_evening(event=event, number=62)
    bump()
    response = client.get(ADDRESS)
    assert (response.status_code, response["Location"]) == (302, "/data-bites/62/mail/announced/")
    assert client.get(response["Location"]).status_code == 200


def test_message_that_went_twice_has_two_pages(client, event):
    for words in ("One", "Two"):
        mail = write_message(event=event, at=SOON, subject=words, text=f"<p>{words}.</p>")
        send(event, mail.name, at=SOON)
    assert lines(read(client, "/data-bites/61/mail/message/"), "h1") == ["Data Bites 61: One"]
    assert lines(read(client, "/data-bites/61/mail/message-2/"), "h1") == ["Data Bites 61: Two"]


@pytest.mark.parametrize(
    "address",
    [
        "/data-bites/61/mail/today/",
        "/data-bites/61/mail/nonsense/",
        "/data-bites/99/mail/today/",
        "/nothing/61/mail/today/",
        "/data-bites/999999999999999999999/mail/today/",
        "/data-bites/61/mail/",
        "/data-bites/61/mail/announced-99999999999999999999/",
    ],
)
def test_what_was_never_sent_is_404(client, event, address):
    assert client.get(address).status_code == 404


def test_page_refuses_a_post(client, event):
    assert client.post(ADDRESS).status_code == 405
