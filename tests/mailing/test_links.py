"""What the links in our mails do, and what they don't: scanners open them, people forge, swap and keep them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing.actions import suppress
from mailing.enums import Heading, SuppressionReason
from mailing.links import confirm_url, own_data_url, preferences_url, unsubscribe_url
from mailing.models import OutgoingMail, Subscriber, SubscriberConsent, Suppression
from mailing.subscriptions import sign_up
from tests.mailing.signing import ADA, BOTH, delivered, fill_in, link_in, make_subscriber, path
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db


def standing():
    """All that a link could change, as rows."""
    tables = (Subscriber, SubscriberConsent, Suppression, OutgoingMail)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def all_links(subscriber):
    now = timezone.now()
    return {
        "confirm": path(confirm_url(subscriber, at=now)),
        "preferences": path(preferences_url(subscriber)),
        "leave": path(unsubscribe_url(subscriber, Heading.EVENINGS)),
        "data": path(own_data_url(subscriber, at=now)),
    }


def test_scanners_change_nothing(client):
    sign_up(address=ADA, headings=BOTH, page="/", at=timezone.now())
    links = [*all_links(Subscriber.objects.get()).values()]
    links += [f"{links[-1]}file/", f"{links[-1]}erase/"]
    before = standing()
    for _ in range(3):
        assert {client.get(link).status_code for link in links} == {200}
        assert {client.head(link).status_code for link in links} == {200}
    assert standing() == before


def test_pages_behind_links_are_kept_by_nobody_and_tell_nobody(client):
    for name, link in all_links(make_subscriber()).items():
        for response in (client.get(link), client.get(f"/subscribe/{name}/forged/")):
            assert (response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"]) == (
                "no-store",
                "no-referrer",
                "noindex",
            )
            assert response.cookies == {}
            assert ADA not in response.request["PATH_INFO"]


def test_forged_and_swapped_links_are_404(client):
    ada, bo = make_subscriber(), make_subscriber("bo@example.org")
    links = all_links(ada)
    tokens = {name: link.split("/")[3] for name, link in links.items()}
    bad = [f"/subscribe/{door}/{token}/" for door in tokens for name, token in tokens.items() if door != name]
    for door, token in tokens.items():
        signature = token.rpartition(".")[2]
        other = all_links(bo)[door].split("/")[3].rpartition(".")[0]
        bad += [f"/subscribe/{door}/{changed}/" for changed in (f"{token}x", token[:-1], "x", f"{other}.{signature}")]
        bad.append(f"/subscribe/{door}/{token.upper()}/")
    before = standing()
    assert {(client.get(link).status_code, client.post(link).status_code) for link in bad} == {(404, 404)}
    assert standing() == before


def test_old_links_are_404_with_a_way_on_and_leaving_works_for_ever(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_up(address=ADA, headings=BOTH, page="/", at=timezone.now())
        links = all_links(Subscriber.objects.get())
        clock.shift(dt.timedelta(days=7))
        assert {name: client.get(link).status_code for name, link in links.items()} == dict.fromkeys(links, 200)
        clock.shift(dt.timedelta(seconds=1))
        assert {name: client.get(link).status_code for name, link in links.items()} == {
            "confirm": 404,
            "preferences": 200,
            "leave": 200,
            "data": 404,
        }
        page = whole(client.post(links["confirm"]).content)
        assert Subscriber.objects.get().state == "pending"
        assert lines(page, "main .lede") == [
            "This link isn’t whole, or it is too old: what we send works for seven days. "
            "Give your address again, and we send you a new one."
        ]
        assert page.select_one(".signup form")["action"] == "/subscribe/"


def test_confirmed_twice_says_that_it_is_confirmed(client):
    fill_in(client)
    link = link_in(delivered()[0], "confirm")
    pages = [whole(client.post(link).content), whole(client.post(link).content), whole(client.get(link).content)]
    assert [lines(page, "h1") for page in pages] == [["It is confirmed: you are on the list"]] * 3
    assert lines(pages[0], "main li strong") == ["New evenings."]
    assert SubscriberConsent.objects.count() == 1


def test_confirmation_says_what_it_is_about_before_the_one_button(client):
    fill_in(client, headings=["write_ups"])
    page = whole(client.get(link_in(delivered()[0], "confirm")).content)
    assert lines(page, "main li strong") == ["Recordings and write-ups."]
    assert lines(page, "main button") == ["Yes, write to me"]


def test_link_that_was_used_brings_nobody_back_who_left_since(client):
    fill_in(client)
    link = link_in(delivered()[0], "confirm")
    client.post(link)
    client.post(path(unsubscribe_url(Subscriber.objects.get())))
    assert (client.post(link).status_code, client.get(link).status_code) == (404, 404)
    assert Subscriber.objects.get().state == "left"


@pytest.mark.parametrize(
    ("reason", "comes_back"),
    [("bounced", True), ("erased", True), ("organisers", True), ("complained", False)],
)
def test_own_confirmation_lifts_all_but_a_complaint(client, reason, comes_back):
    suppress(address=ADA, reason=SuppressionReason(reason))
    sign_up(address=ADA, headings=BOTH, page="/", at=timezone.now())
    response = client.post(path(confirm_url(Subscriber.objects.get(), at=timezone.now())))
    assert response.status_code == (200 if comes_back else 404)
    assert Subscriber.objects.hearing(Heading.EVENINGS).exists() == comes_back
    assert Suppression.objects.of(ADA).exists() != comes_back


def test_who_bounced_and_confirms_afresh_hears_again(client):
    ada = make_subscriber()
    suppress(address=ADA, reason=SuppressionReason.BOUNCED)
    fill_in(client, headings=["evenings", "write_ups"])
    client.post(link_in(delivered()[0], "confirm"))
    assert list(Subscriber.objects.hearing(Heading.EVENINGS)) == [ada]
    assert ada.consents.open().count() == 2
