"""The organisers' page of the list: how many, who one address is, off the list."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing.actions import suppress
from mailing.enums import Heading, SuppressionReason
from mailing.growth import growth
from mailing.models import Subscriber, Suppression
from mailing.subscriptions import leave, sign_up
from tests.admin import said, sign_in, texts
from tests.mailing.signing import ADA, make_subscriber, news, states
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
DESK = "/cms/subscribers/"


@pytest.fixture
def desk(client):
    sign_in(client)
    return client


def counts(response):
    page = whole(response.content)
    return dict(zip(lines(page, ".counts dt"), lines(page, ".counts dd"), strict=True))


def a_list():
    now = timezone.now()
    make_subscriber(headings=[Heading.EVENINGS])
    make_subscriber("bo@example.org")
    leave(subscriber=make_subscriber("cy@example.org"), heading=None, at=timezone.now())
    make_subscriber("di@example.org")
    suppress(address="di@example.org", reason=SuppressionReason.BOUNCED)
    sign_up(address="ed@example.org", headings=[Heading.EVENINGS], page="/", at=now)


def test_desk_counts_by_state_and_heading(desk):
    a_list()
    assert counts(desk.get(DESK)) == {
        "On the list": "2",
        "New evenings": "2",
        "Recordings and write-ups": "1",
        "Not confirmed yet": "1",
        "Bounced, complained or taken off": "1",
        "Left": "1",
    }


def test_desk_of_an_empty_list_is_all_noughts(desk):
    response = desk.get(DESK)
    assert set(counts(response).values()) == {"0"}
    assert "no-store" in response["Cache-Control"]


def test_desk_draws_the_months_and_says_them_in_a_table(desk):
    with time_machine.travel(dt.datetime(2026, 2, 4, 12, tzinfo=dt.UTC), tick=False) as clock:
        make_subscriber(headings=[Heading.EVENINGS])
        clock.move_to(dt.datetime(2026, 3, 31, 22, 30, tzinfo=dt.UTC))
        make_subscriber("bo@example.org")
        clock.move_to(dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.UTC))  # April in London
        a_list_goes_on()
        page = whole(desk.get(DESK).content)
        rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]
        assert rows[:4] == [
            ["April 2026, so far", "1", "2", "1", "1", "0"],
            ["March 2026", "1", "0", "2", "2", "1"],
            ["February 2026", "1", "0", "1", "1", "0"],
            ["January 2026", "0", "0", "0", "0", "0"],
        ]
        assert len(rows) == 12
        # From 0 at the bottom (200) to 2 at the top (0), the present month last.
        assert [line["points"].split()[-4:] for line in page.select(".growth polyline")] == [
            ["465.5,200.0", "523.6,100.0", "581.8,0.0", "640.0,100.0"],
            ["465.5,200.0", "523.6,100.0", "581.8,0.0", "640.0,100.0"],
            ["465.5,200.0", "523.6,200.0", "581.8,100.0", "640.0,200.0"],
        ]


def a_list_goes_on():
    """One comes and falls silent, one leaves."""
    make_subscriber("cy@example.org")
    suppress(address="cy@example.org", reason=SuppressionReason.COMPLAINED)
    leave(subscriber=Subscriber.objects.get(address="bo@example.org"), heading=None, at=timezone.now())


def test_growth_ends_with_what_the_counts_say():
    a_list()
    last = growth(at=timezone.now())[-1]
    assert (last.joined, last.went, last.on_the_list) == (4, 2, 2)
    assert last.hearing == {heading: Subscriber.objects.hearing(heading).count() for heading in Heading}


@pytest.mark.parametrize("readers", [1, 3])
def test_desk_asks_as_often_however_many_there_are(desk, readers, django_assert_num_queries):
    for number in range(readers):
        make_subscriber(f"{number}@example.org")
    desk.get(DESK)
    with django_assert_num_queries(23):
        desk.get(DESK)


@pytest.mark.parametrize("mails", [1, 3])
def test_one_subscriber_is_as_many_queries_however_many_mails(desk, mails, django_assert_num_queries):
    ada = make_subscriber()
    for number in range(mails):
        news(ada, Heading.EVENINGS, number)
    desk.get(f"{DESK}{ada.pk}/")
    with django_assert_num_queries(15):
        desk.get(f"{DESK}{ada.pk}/")


def find(desk, address):
    return desk.post(f"{DESK}find/", {"address": address})


def test_address_is_found_by_a_post_however_it_is_typed(desk):
    ada = make_subscriber()
    response = find(desk, " ADA@example.org")
    assert (response.status_code, response["Location"]) == (302, f"{DESK}{ada.pk}/")


def test_address_that_is_not_there_is_said_to_be_so(desk):
    assert texts(find(desk, ADA), "[role=status] p") == ["ada@example.org is not on the list."]
    response = find(desk, "nonsense")
    assert (response.status_code, texts(response, "#find-error")) == (
        400,
        ["That doesn’t look like an e-mail address. It should be like name@example.org."],
    )


def test_address_known_by_its_hash_is_let_back(desk):
    suppress(address=ADA, reason=SuppressionReason.COMPLAINED)
    (sentence,) = texts(find(desk, ADA), "[role=status] p")
    assert sentence.startswith("ada@example.org is not on the list, and nothing is sent to it: A mail was reported as")
    response = desk.post(f"{DESK}let-back/", {"address": ADA}, follow=True)
    assert said(response) == ["Nothing keeps this address off the list any more. Its owner can sign up again."]
    assert Suppression.objects.count() == 0
    response = desk.post(f"{DESK}let-back/", {"address": ADA}, follow=True)
    assert said(response) == ["Nothing keeps this address off the list."]


def test_one_subscriber_is_shown_with_consents_and_mails(desk):
    ada = make_subscriber(headings=[Heading.EVENINGS])
    news(ada, Heading.EVENINGS)
    page = whole(desk.get(f"{DESK}{ada.pk}/").content)
    assert lines(page, "h2") == [ADA]
    consents, mails = page.select("tbody")
    assert lines(consents, "td")[0] == "New evenings"
    assert lines(consents, "td")[2] == "Signed up on the site, confirmed by mail: /about/"
    assert lines(mails, "td")[1::2] == ["New evenings", "Waiting"]
    assert desk.get(f"{DESK}999999/").status_code == 404


def test_taking_off_asks_first_and_calls_back_what_waits(desk):
    ada = make_subscriber()
    mail = news(ada, Heading.EVENINGS)
    assert texts(desk.get(f"{DESK}{ada.pk}/take-off/"), "strong") == [ADA]
    assert Subscriber.objects.hearing(Heading.EVENINGS).count() == 1
    response = desk.post(f"{DESK}{ada.pk}/take-off/", follow=True)
    assert said(response) == ["They are off the list. What was waiting for them is called back."]
    ada.refresh_from_db()
    assert (ada.state, Suppression.objects.get().reason, states(mail)) == ("left", "organisers", ["cancelled"])


def test_erasing_asks_first(desk):
    ada = make_subscriber()
    desk.get(f"{DESK}{ada.pk}/erase/")
    assert Subscriber.objects.count() == 1
    response = desk.post(f"{DESK}{ada.pk}/erase/", follow=True)
    assert said(response) == ["They are erased. Only a fingerprint of the address is left."]
    assert (Subscriber.objects.count(), Suppression.objects.of(ADA).get().reason) == (0, "erased")


@pytest.mark.parametrize("door", ["find", "let-back", "export"])
def test_doors_that_act_on_a_post_alone(desk, door):
    assert desk.get(f"{DESK}{door}/").status_code == (302 if door == "find" else 405)
