"""Signing up: one form for everybody, the same answer to everybody, and few mails to anybody."""

import datetime as dt

import pytest
import time_machine
from django.core import mail as sink
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailing.actions import suppress
from mailing.enums import Heading, SuppressionReason
from mailing.models import OutgoingMail, Subscriber, SubscriberConsent
from mailing.subscriptions import leave
from mailing.wording import wording_of
from tests.mailing.signing import ADA, ask_for_link, delivered, fill_in, link_in, make_subscriber
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def test_words_of_the_form_are_those_that_are_kept(client):
    page = whole(client.get("/subscribe/").content)
    fill_in(client, headings=["evenings", "write_ups"])
    leaving = lines(page, "main form > .fine")[0].split(" What we keep")[0]
    on_the_form = [
        f"{label} {what} {leaving}"
        for label, what in zip(lines(page, "main .choice label"), lines(page, "main .choice p"), strict=True)
    ]
    kept = SubscriberConsent.objects.order_by("pk").values_list("wording__text", flat=True)
    assert list(kept) == on_the_form == [wording_of(heading) for heading in Heading]


def test_sign_up_keeps_what_was_asked_and_where(client):
    fill_in(client, headings=["write_ups"], page="/data-bites/60/?utm_source=x")
    consent = SubscriberConsent.objects.get()
    assert (consent.heading, consent.page, consent.means, consent.confirmed_at) == (
        "write_ups",
        "/data-bites/60/",
        "form",
        None,
    )
    assert consent.asked_at == Subscriber.objects.get().created_at


@pytest.mark.parametrize("page", ["", "//evil.example/", "https://evil.example/", "/a\r\nb/", f"/{'a' * 300}/"])
def test_page_that_is_none_is_the_form_s_own(client, page):
    fill_in(client, page=page)
    assert Subscriber.objects.get().page == ("//evil.example/" if page.startswith("//") else "/subscribe/")


NO_ADDRESS = "That doesn’t look like an e-mail address. It should be like name@example.org."
WRONG = {
    "": "Give your e-mail address.",
    "   ": "Give your e-mail address.",
    "ada": NO_ADDRESS,
    "ada@example": NO_ADDRESS,
    "ada@example.org, bo@example.org": "Give one address at a time.",
    "ada@example.org;bo@example.org": "Give one address at a time.",
    "ada@example.org\r\nBcc: bo@example.org": "Give one address at a time.",
    "ada@example.org\r\nSubject: hello": NO_ADDRESS,
    "adä@example.org": NO_ADDRESS,
    "aſa@example.org": "Before the @ we can only write to plain letters, figures and signs.",
    "a" * 400 + "@example.org": "An e-mail address has at most 254 characters.",
    "<script>@example.org": NO_ADDRESS,
}


@pytest.mark.parametrize("typed", WRONG)
def test_wrong_address_has_a_sentence_beside_it_and_stays(client, typed):
    response = fill_in(client, address=typed)
    page = whole(response.content)
    field = page.select_one("#address")
    assert (response.status_code, response["Cache-Control"]) == (400, "no-store")
    assert lines(page, f"#{field['aria-describedby']}") == [WRONG[typed]]
    assert field["value"].split() == typed.split()
    assert page.select_one("#evenings").has_attr("checked")
    assert (Subscriber.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_address_with_no_text_at_all_is_refused_in_words(client):
    assert fill_in(client, address="ada\0@example.org").status_code == 400


@pytest.mark.parametrize("headings", [[], ["everything"]])
def test_form_without_a_heading_says_so(client, headings):
    response = fill_in(client, headings=headings)
    page = whole(response.content)
    assert (response.status_code, page.select_one("#address")["value"]) == (400, ADA)
    (sentence,) = lines(page, "#headings-error")
    assert sentence == "Tick at least one, so that we know what to write to you about." or "everything" in sentence


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada@Example.ORG ", ADA),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada+list@example.org", "ada+list@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_one_mailbox_is_one_row_however_it_is_typed(client, typed, kept):
    fill_in(client, address=typed)
    fill_in(client, address=kept)
    assert list(Subscriber.objects.values_list("address", flat=True)) == [kept]


def people():
    """Somebody in each standing to the list, by it."""
    now = timezone.now()
    make_subscriber("active@example.org")
    left = make_subscriber("left@example.org")
    leave(subscriber=left, heading=None, at=now)
    for reason in SuppressionReason:
        make_subscriber(f"{reason}@example.org")
        suppress(address=f"{reason}@example.org", reason=reason)
    return [
        "new@example.org",
        "active@example.org",
        "left@example.org",
        *(f"{r}@example.org" for r in SuppressionReason),
    ]


@pytest.mark.parametrize("form", [fill_in, ask_for_link])
def test_answer_is_the_same_whoever_it_is_about(client, form):
    addresses = people()
    answers = {address: form(client, address=address) for address in addresses}
    assert {(r.status_code, r["Location"], r.content) for r in answers.values()} == {(302, "/subscribe/sent/", b"")}
    again = form(client, address="new@example.org")
    assert (again.status_code, again["Location"]) == (302, "/subscribe/sent/")


@pytest.mark.parametrize(("form", "most_apart"), [(fill_in, 3), (ask_for_link, 0)])
def test_answer_takes_as_much_work_whoever_it_is_about(client, form, most_apart):
    """Queries stand for time, which no test can rely on."""
    queries, addresses = [], people()
    for address in addresses:
        form(client, address=address)  # the first writes down the words of the mail
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            form(client, address=address)
        queries.append(len(captured))
    assert max(queries) - min(queries) <= most_apart


def test_each_gets_the_mail_for_where_they_stand(client):
    for address in people():
        fill_in(client, address=address, headings=["evenings", "write_ups"])
    subjects = {mail.to[0]: mail.subject for mail in delivered()}
    confirm = "Confirm that you want to hear from Data Bites"
    assert subjects == {
        "new@example.org": confirm,
        "active@example.org": "You are on the list of Data Bites already",
        "left@example.org": confirm,
        "bounced@example.org": confirm,
        "erased@example.org": confirm,
        "organisers@example.org": confirm,
    }


def test_link_goes_to_who_is_known_alone(client):
    for address in people():
        ask_for_link(client, address)
    assert sorted(mail.to[0].split("@")[0] for mail in delivered()) == [
        "active",
        "bounced",
        "erased",
        "left",
        "organisers",
    ]


def test_who_hears_about_one_thing_is_asked_about_the_other(client):
    make_subscriber(headings=[Heading.EVENINGS])
    fill_in(client, headings=["evenings", "write_ups"])
    (mail,) = delivered()
    assert "- Recordings and write-ups" in mail.body
    assert "- New evenings" not in mail.body
    client.post(link_in(mail, "confirm"))
    assert Subscriber.objects.get().headings() == list(Heading)


def test_nothing_that_was_typed_is_in_a_mail(client):
    fill_in(client, address="free-money.example.com@example.org", page="/visit-my-shop/", website="")
    ask_for_link(client, "free-money.example.com@example.org")
    for mail in delivered():
        whole_mail = mail.subject + mail.body + mail.alternatives[0].content
        assert [word for word in ("free-money", "visit-my-shop") if word in whole_mail] == []
    assert len(sink.outbox) == 2


def test_three_mails_an_hour_to_one_address_over_all_forms(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            fill_in(client)
            ask_for_link(client)
            clock.shift(5 * MINUTE)
        assert OutgoingMail.objects.count() == 3
        clock.shift(60 * MINUTE)
        fill_in(client)
        assert OutgoingMail.objects.count() == 4


def test_two_presses_are_one_mail(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fill_in(client)
        clock.shift(MINUTE)
        fill_in(client)
        assert OutgoingMail.objects.count() == 1
        clock.shift(2 * MINUTE)
        fill_in(client)
        assert OutgoingMail.objects.count() == 2


def test_address_that_mails_came_back_from_is_written_to_once_a_day(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        make_subscriber()
        suppress(address=ADA, reason=SuppressionReason.BOUNCED)
        for _ in range(3):
            clock.shift(70 * MINUTE)
            fill_in(client)
        assert OutgoingMail.objects.count() == 1
        clock.shift(24 * 60 * MINUTE)
        fill_in(client)
        assert OutgoingMail.objects.count() == 2
