"""What subscribers do for themselves: leave with one press, choose, see what is kept, have it erased."""

import json

import pytest
from django.utils import timezone

from mailing.actions import queue_mail, suppress
from mailing.enums import Heading, SuppressionReason, Urgency
from mailing.links import own_data_url, preferences_url, unsubscribe_url
from mailing.models import OutgoingMail, Subscriber, SubscriberConsent, Suppression
from mailing.subscriptions import take_off
from tests.mailing.signing import (
    ADA,
    BOTH,
    ask_for_link,
    delivered,
    fill_in,
    link_in,
    make_subscriber,
    news,
    path,
    states,
)
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db


def test_one_click_takes_off_its_heading_and_calls_back_what_waits_for_it(client):
    ada, bo = make_subscriber(), make_subscriber("bo@example.org")
    mails = news(ada, Heading.EVENINGS), news(ada, Heading.WRITE_UPS), news(bo, Heading.EVENINGS)
    link = path(mails[0].filling["unsubscribe_url"])
    response = client.post(link, b"List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (response.status_code, response.cookies) == (200, {})
    assert states(*mails) == ["cancelled", "queued", "queued"]
    assert ada.headings() == [Heading.WRITE_UPS]
    assert list(Subscriber.objects.hearing(Heading.EVENINGS)) == [bo]

    client.post(path(mails[1].filling["unsubscribe_url"]))
    ada.refresh_from_db()
    assert (ada.state, ada.headings(), states(mails[1])) == ("left", [], ["cancelled"])


def test_one_click_asks_neither_for_an_origin_nor_for_a_token(client):
    ada = make_subscriber()
    client = type(client)(enforce_csrf_checks=True)
    link = path(unsubscribe_url(ada, Heading.EVENINGS))
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post(link, {"List-Unsubscribe": "One-Click"}, headers=headers).status_code == 200
    assert ada.headings() == [Heading.WRITE_UPS]


def test_leaving_twice_or_after_an_erasure_is_done_all_the_same(client):
    ada = make_subscriber()
    link = path(unsubscribe_url(ada, Heading.EVENINGS))
    first, second = client.post(link), client.post(link)
    ada.delete()
    third = client.post(link)
    assert [lines(whole(r.content), "h1") for r in (first, second, third)] == [
        ["Done: no more “New evenings”"],
        ["Done: no more “New evenings”"],
        ["Done: you are off the list"],
    ]
    assert client.get(link).status_code == 200


def test_who_never_confirmed_and_leaves_is_not_asked_again(client):
    fill_in(client)
    client.post(path(unsubscribe_url(Subscriber.objects.get())))
    assert (Subscriber.objects.get().state, delivered()) == ("left", [])


def test_page_to_leave_has_one_button(client):
    page = whole(client.get(path(unsubscribe_url(make_subscriber(), Heading.WRITE_UPS))).content)
    assert lines(page, "h1") == ["Hear no more about “Recordings and write-ups”?"]
    assert lines(page, "main button") == ["Stop these mails"]


def test_preferences_change_what_is_heard_and_are_kept_as_consent(client):
    ada = make_subscriber(headings=[Heading.EVENINGS])
    waiting = news(ada, Heading.EVENINGS)
    link = path(preferences_url(ada))
    page = whole(client.get(link).content)
    assert [box["value"] for box in page.select("main input[checked]")] == ["evenings"]
    page = whole(client.post(link, {"headings": ["write_ups"]}).content)
    assert lines(page, "[role=status]") == ["Saved. It holds from now on, also for mails that were waiting to leave."]
    ada.refresh_from_db()
    assert (ada.state, ada.headings(), ada.left_at, states(waiting)) == (
        "active",
        [Heading.WRITE_UPS],
        None,
        ["cancelled"],
    )
    consent = ada.consents.open().get()
    assert (consent.means, consent.page, consent.confirmed_at is not None) == (
        "preferences",
        "/subscribe/preferences/",
        True,
    )


@pytest.mark.parametrize("pressed", [{"leave": "all"}, {}])
def test_leaving_from_preferences_leaves_everything(client, pressed):
    ada = make_subscriber()
    page = whole(client.post(path(preferences_url(ada)), pressed).content)
    ada.refresh_from_db()
    assert (ada.state, ada.headings()) == ("left", [])
    assert lines(page, "[role=status]") == [
        "You have left. Nothing more is sent to you, not even what was waiting to leave."
    ]


def test_preferences_show_no_address_and_bring_nobody_back(client):
    ada = make_subscriber()
    take_off(subscriber=ada, at=timezone.now())
    link = path(preferences_url(ada))
    response = client.post(link, {"headings": ["evenings"]})
    assert ADA not in response.content.decode()
    assert lines(whole(client.get(link).content), "main .note") == [
        "The organisers took you off the list. To hear from us again, sign up."
    ]
    assert Subscriber.objects.hearing(Heading.EVENINGS).count() == 0


def test_forged_heading_changes_nothing(client):
    ada = make_subscriber()
    response = client.post(path(preferences_url(ada)), {"headings": ["everything"]})
    assert (response.status_code, ada.headings()) == (200, BOTH)


def test_own_data_are_behind_a_link_that_goes_to_their_owner(client):
    ada = make_subscriber()
    client.post(path(preferences_url(ada)), {"send": "link"})
    (mail,) = delivered()
    assert mail.to == [ADA]
    link = link_in(mail, "data")
    assert lines(whole(client.get(link).content), "main dd")[0] == ADA
    response = client.get(f"{link}file/")
    kept = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="what-we-keep-about-you.json"'
    assert (kept["address"], [consent["heading"] for consent in kept["consents"]], kept["signed_up_on"]) == (
        ADA,
        ["New evenings", "Recordings and write-ups"],
        "/about/",
    )
    assert [mail["subject"] for mail in kept["mails"]] == ["Your links to the list of Data Bites"]


def test_erasure_leaves_a_hash_alone(client):
    ada = make_subscriber()
    sent, waiting = news(ada, Heading.EVENINGS), news(ada, Heading.WRITE_UPS)
    OutgoingMail.objects.filter(pk=sent.pk).update(state="sent", ended_at=timezone.now())
    other = queue_mail(
        to=ADA, message=sent.message, purpose="sign-in:1", urgency=Urgency.WAITING, filling={"code": "7"}
    )
    link = path(own_data_url(ada, at=timezone.now()))
    assert lines(whole(client.get(f"{link}erase/").content), "main button") == ["Erase it"]
    assert lines(whole(client.post(f"{link}erase/").content), "h1") == ["It is erased"]

    assert (Subscriber.objects.count(), SubscriberConsent.objects.count()) == (0, 0)
    assert list(OutgoingMail.objects.order_by("pk").values_list("recipient", "filling", "state")) == [
        ("", {}, "sent"),
        ("", {}, "cancelled"),
        (ADA, {"code": "7"}, "queued"),
    ]
    assert states(waiting, other) == ["cancelled", "queued"]
    suppression = Suppression.objects.get()
    assert (suppression.reason, ADA in str(suppression.__dict__)) == ("erased", False)
    assert client.get(link).status_code == 404
    assert lines(whole(client.post(f"{link}erase/").content), "h1") == ["It is erased"]


def test_erasure_does_not_make_a_complaint_forgotten(client):
    ada = make_subscriber()
    suppress(address=ADA, reason=SuppressionReason.COMPLAINED)
    client.post(f"{path(own_data_url(ada, at=timezone.now()))}erase/")
    assert Suppression.objects.get().reason == "complained"


def test_mails_of_the_list_have_a_link_to_leave_in_their_filling(client):
    fill_in(client)
    ask_for_link(client)
    for mail in OutgoingMail.objects.all():
        assert client.get(path(mail.filling["unsubscribe_url"])).status_code == 200
