"""What a provider tells us, through its signed door: replayed, late and in any order it changes nothing twice."""

import base64
import json
from types import SimpleNamespace

import pytest
from django.utils import timezone

from config import urls
from mailing import outcomes
from mailing.enums import Heading, Urgency
from mailing.models import OutgoingMail, Subscriber, Suppression
from mailing.outbox_urls import hooks
from tests.mailing.conftest import fates, put_in
from tests.mailing.signing import make_subscriber

pytestmark = pytest.mark.django_db
urlpatterns = [*hooks("postmark"), *urls.urlpatterns]
HOOK = "/hooks/mail/postmark/"

BOUNCE = {"RecordType": "Bounce", "Type": "HardBounce", "Description": "The server said no to reader-1@example.org"}
SOFT_BOUNCE = {"RecordType": "Bounce", "Type": "SoftBounce", "Description": "Mailbox full"}
COMPLAINT = {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}
DELIVERY = {"RecordType": "Delivery"}
OPENED = {"RecordType": "Open"}
LEFT = {"RecordType": "SubscriptionChange", "SuppressSending": True, "SuppressionReason": "ManualSuppression"}


@pytest.fixture(autouse=True)
def hook(settings):
    settings.ROOT_URLCONF = __name__
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:a long secret"}


def basic(secret="postmark:a long secret"):
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def tell(client, body, *, about="id-1", headers=None, **more):
    data = body if isinstance(body, str) else json.dumps({"MessageID": about, **body, **more})
    return client.post(
        HOOK, data, content_type="application/json", headers=basic() if headers is None else headers
    ).status_code


def gone(number=1, state="sent", provider_id="id-1", urgency=Urgency.NEWS, **fields):
    mail = put_in(number, urgency=urgency)
    changes = {"state": state, "provider_id": provider_id, "ended_at": timezone.now(), **fields}
    OutgoingMail.objects.filter(pk=mail.pk).update(**changes)
    return mail


def suppressed(number=1):
    return list(Suppression.objects.of(f"reader-{number}@example.org").values_list("reason", flat=True))


def test_hard_bounce_is_seen_and_ends_news_to_that_address(client):
    mail = gone()
    waiting = put_in(9, to="reader-1@example.org", urgency=Urgency.NEWS)
    code = put_in(10, to="reader-1@example.org", urgency=Urgency.WAITING)
    assert tell(client, BOUNCE) == 200
    assert (fates(mail, waiting, code), suppressed()) == (["bounced", "cancelled", "queued"], ["bounced"])
    mail.refresh_from_db()
    assert mail.outcome == "The server said no to (address)"


def test_soft_bounce_is_seen_and_ends_nothing(client):
    mail = gone()
    tell(client, SOFT_BOUNCE)
    assert (fates(mail), suppressed()) == (["bounced"], [])


def test_complaint_outranks_a_bounce_and_nothing_outranks_it(client):
    mail = gone()
    for event, state in ((BOUNCE, "bounced"), (COMPLAINT, "complained"), (BOUNCE, "complained")):
        tell(client, event)
        assert fates(mail) == [state]


@pytest.mark.parametrize("first", [BOUNCE, COMPLAINT])
def test_events_replayed_and_out_of_order_change_nothing(client, first):
    mail = gone()
    tell(client, first)
    before = list(OutgoingMail.objects.values()), list(Suppression.objects.values())
    for event in (first, DELIVERY, OPENED, first):
        assert tell(client, event) == 200
    assert (list(OutgoingMail.objects.values()), list(Suppression.objects.values())) == before
    assert fates(mail) != ["sent"]


def test_delivery_settles_what_was_unknown(client):
    mail = gone(state="unknown", filling={"code": "7HX1"})
    tell(client, DELIVERY)
    mail.refresh_from_db()
    assert (mail.state, mail.filling) == ("sent", {})


def test_unknown_mail_whose_worker_never_knew_the_id_is_found_by_ours(client):
    by_metadata, by_message_id = gone(1, "unknown", ""), gone(2, "unknown", "")
    tell(client, DELIVERY, about="theirs", Metadata={"mail": str(by_metadata.uid)})
    tell(client, DELIVERY, about=f"<{by_message_id.uid}@127.0.0.1>")
    assert fates() == ["sent", "sent"]


@pytest.mark.parametrize("about", ["somebody else’s", "", "0f8fad5b-d9cb-469f-a165-70867728950e", "x" * 5000])
def test_event_about_a_mail_that_is_not_ours_is_taken_quietly(client, about):
    mail = gone(provider_id="")
    assert tell(client, BOUNCE, about=about, Email="reader-1@example.org") == 200
    assert (fates(mail), suppressed()) == (["sent"], [])


def test_event_that_comes_before_we_know_that_it_went_is_kept(client):
    mail = gone(state="sending", ended_at=None, leased_by="a", leased_until=timezone.now())
    tell(client, BOUNCE)
    assert fates(mail) == ["bounced"]


def test_opening_a_mail_changes_nothing(client):
    mail = gone(state="unknown")
    tell(client, OPENED)
    assert fates(mail) == ["unknown"]


def test_unsubscribing_with_the_provider_calls_back_what_waits_and_leaves_the_list(client):
    reader, other = make_subscriber("reader-1@example.org"), make_subscriber("reader-2@example.org")
    mail = gone()
    waiting = put_in(9, to="reader-1@example.org", urgency=Urgency.NEWS)
    code = put_in(10, to="reader-1@example.org", urgency=Urgency.WAITING)
    tell(client, LEFT)
    assert fates(mail, waiting, code) == ["sent", "cancelled", "queued"]
    assert list(Subscriber.objects.hearing(Heading.EVENINGS)) == [other]
    reader.refresh_from_db()
    assert reader.state == "left"


# The door


@pytest.mark.parametrize("headers", [{}, basic("postmark:another"), {"Authorization": "Basic !"}])
def test_event_without_the_secret_is_refused(client, headers):
    mail = gone()
    assert tell(client, BOUNCE, headers=headers) == 400
    assert fates(mail) == ["sent"]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"RecordType": 5}', "\x00", "{}"])
def test_body_that_can_not_be_read_is_the_senders_fault(client, body):
    assert tell(client, body) in (200, 400)


def test_browser_is_told_that_there_is_nothing_to_see(client):
    assert client.get(HOOK).status_code == 405


def test_only_the_providers_own_address_is_there():
    assert [str(found.pattern) for found in hooks("postmark")] == ["hooks/mail/postmark/"]
    assert [str(found.pattern) for found in hooks("mandrill")] == ["hooks/mail/mandrill/"]
    assert list(hooks("scaleway")) == []


def test_event_without_recipient_or_metadata_is_taken(client):
    gone()
    event = SimpleNamespace(
        event_type="bounced",
        message_id="id-1",
        metadata=None,
        mta_response=None,
        description=None,
        esp_event=None,
        reject_reason=None,
    )
    outcomes.note_event(None, event, "Any")
    assert (fates(), suppressed()) == (["bounced"], [])
