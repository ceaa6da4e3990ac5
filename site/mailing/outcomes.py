"""What a provider tells us after it took a mail: delivered, bounced, complained about, unsubscribed from.

Events come more than once, late, and in any order. Each says what is now known of a mail, and a mail only ever goes
forward: SENT, then SET_ASIDE or BOUNCED, then COMPLAINED. So a second telling changes nothing, and neither does
"delivered" after a bounce. This module is the one door for anymail's signal; apps.py connects it.
"""

import re
from typing import Any
from uuid import UUID

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .actions import call_back, suppress
from .enums import MailState, SuppressionReason
from .faults import without_addresses
from .models import OutgoingMail, Subscriber
from .subscriptions import leave

IN_DOUBT = (MailState.UNKNOWN,)
GONE = (MailState.SENDING, MailState.SENT, MailState.UNKNOWN)
# Event → what the mail becomes, and from which states it may.
BECOMES: dict[str, tuple[MailState, tuple[MailState, ...]]] = {
    EventType.QUEUED: (MailState.SENT, IN_DOUBT),
    EventType.SENT: (MailState.SENT, IN_DOUBT),
    EventType.DEFERRED: (MailState.SENT, IN_DOUBT),
    EventType.DELIVERED: (MailState.SENT, IN_DOUBT),
    EventType.AUTORESPONDED: (MailState.SENT, IN_DOUBT),
    EventType.REJECTED: (MailState.SET_ASIDE, GONE),
    EventType.FAILED: (MailState.SET_ASIDE, GONE),
    EventType.BOUNCED: (MailState.BOUNCED, (*GONE, MailState.SET_ASIDE)),
    EventType.COMPLAINED: (MailState.COMPLAINED, (*GONE, MailState.SET_ASIDE, MailState.BOUNCED)),
}
SUPPRESSED_FOR: dict[str | None, SuppressionReason] = {
    RejectReason.BOUNCED: SuppressionReason.BOUNCED,
    RejectReason.INVALID: SuppressionReason.BOUNCED,
    RejectReason.SPAM: SuppressionReason.COMPLAINED,
}
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LEFT = "They unsubscribed with their mail provider."


def leave_list(*, address: str) -> None:
    """Somebody unsubscribed with their provider: they hear no more from us, and what waits for them is called back."""
    call_back(mails=OutgoingMail.objects.to(address).exclude(heading=""), why=LEFT)
    for subscriber in Subscriber.objects.filter(address=address):
        leave(subscriber=subscriber, heading=None, at=timezone.now())


def note_event(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """A provider's event, as anymail makes one of it. One about a mail that isn't ours is passed over."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(_named_by(event)).order_by("-pk").first()
        if mail is not None:
            _note(mail, event)


def _named_by(event: AnymailTrackingEvent) -> Q:
    """Whom an event is about: by the provider's id, or by ours, which stands in Message-ID and metadata."""
    message_id = str(event.message_id or "")
    uids = [uid for text in (message_id, str((event.metadata or {}).get("mail", ""))) for uid in UID.findall(text)]
    by_uid = Q(uid__in=[UUID(uid) for uid in uids])
    return Q(provider_id=message_id[:200]) | by_uid if message_id else by_uid


def _note(mail: OutgoingMail, event: AnymailTrackingEvent) -> None:
    state, before = BECOMES.get(str(event.event_type), (None, ()))
    if state is not None and mail.state in before:
        mail.state = state
        mail.filling = {}
        mail.outcome = without_addresses(str(event.mta_response or event.description or ""))
        mail.ended_at = timezone.now()
        mail.leased_by, mail.leased_until = "", None
        mail.save(update_fields=["state", "filling", "outcome", "ended_at", "leased_by", "leased_until"])
    if not mail.recipient:
        return
    if event.event_type == EventType.UNSUBSCRIBED or event.reject_reason == RejectReason.UNSUBSCRIBED:
        leave_list(address=mail.recipient)
    elif (reason := _reason_to_suppress(event)) is not None:
        suppress(address=mail.recipient, reason=reason)


def _reason_to_suppress(event: AnymailTrackingEvent) -> SuppressionReason | None:
    """Why an address gets no news any more: a complaint, or a bounce for good."""
    if event.event_type == EventType.COMPLAINED:
        return SuppressionReason.COMPLAINED
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED) or _is_for_now(event):
        return None
    return SUPPRESSED_FOR.get(event.reject_reason)


def _is_for_now(event: AnymailTrackingEvent) -> bool:
    """Postmark's and Amazon's soft bounces come as bounces: a full mailbox, a server that was away."""
    kind = event.esp_event.get("Type") if isinstance(event.esp_event, dict) else None
    return kind == "SoftBounce" or str(event.description or "").startswith("Transient")
