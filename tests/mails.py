"""Mails about evenings to test with: an evening with everything a mail can tell, people who hear of it, the clock."""

import datetime as dt
from itertools import count
from typing import Any

from django.test import Client, TestCase
from django.urls import reverse

from events.announcing import approve
from events.letters import Letter
from events.models import Announcement, EventPage
from events.outcomes import shown_letter
from events.plans import EveningMails
from events.sending import look_after_mails
from mailing.models import OutgoingMail, Subscriber, SubscriberConsent, Wording
from tests.factories import START, make_event, make_organisation, make_speaker, make_talk, make_user, make_venue

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
WEEK = 7 * DAY
LONG_AGO = START - 300 * DAY
_addresses = count(1)


def make_evening(*, talks: int = 1, **fields: Any) -> EventPage:
    """A public evening, number 61, with all that a mail tells of it."""
    fields.setdefault("venue", make_venue(address="1 Old Road\nLondon N1 1AA", finding_it="Ring.", access="No steps."))
    links = {"online_url": "https://watch.example/61", "booking_url": "https://book.example/61"}
    event = make_event(**{"number": 61, **links, **fields})
    board = make_organisation("Board of Tides")
    for place in range(talks):
        speaker = make_speaker(f"Ada Vale {place + 1}")
        make_talk(event=event, title=f"Tides {place + 1}", speakers=[speaker], role="Analyst", organisation=board)
    return EventPage.objects.get(pk=event.pk)


def subscribe(*headings: str, at: dt.datetime = LONG_AGO, address: str = "") -> Subscriber:
    """Somebody who confirmed at that moment what they want to hear about; new evenings where it isn't said."""
    wording, _ = Wording.objects.get_or_create(version="v1", defaults={"text": "Yes."})
    subscriber = Subscriber.new(
        address=address or f"reader-{next(_addresses)}@example.org",
        state="active",
        page="/subscribe/",
        created_at=at,
        confirmed_at=at,
    )
    subscriber.save()
    for heading in headings or ("evenings",):
        SubscriberConsent.objects.create(
            subscriber=subscriber,
            heading=heading,
            wording=wording,
            page="/subscribe/",
            means="form",
            asked_at=at,
            confirmed_at=at,
        )
    return subscriber


def mails_of(event: EventPage, *, at: dt.datetime) -> EveningMails:
    return EveningMails.of(EventPage.objects.select_related("series", "venue").get(pk=event.pk), at=at)


def letter(event: EventPage, name: str, *, at: dt.datetime) -> Letter:
    """The mail as somebody sees it who looks at that moment."""
    mails = mails_of(event, at=at)
    plan = mails.find(name)
    assert plan is not None, name
    return shown_letter(mails, plan)


def agree(event: EventPage, name: str, *, at: dt.datetime) -> Announcement:
    """An organiser looks at a mail and approves it at that moment."""
    seen, by = letter(event, name, at=at).digest, make_user("organiser")
    with TestCase.captureOnCommitCallbacks(execute=True):
        return approve(event=event, name=name, seen=seen, at=at, by=by)


def send(event: EventPage, name: str, *, at: dt.datetime) -> Announcement:
    """Approved at that moment, and gone to everybody, whatever its time."""
    mail = agree(event, name, at=at)
    gone_at = mail.due_at(mail.event) or at
    look_after_mails(at=max(gone_at, at))
    OutgoingMail.objects.filter(state="queued").update(state="sent", ended_at=max(gone_at, at) + 6 * MINUTE)
    look_after_mails(at=max(gone_at, at) + 6 * MINUTE)
    mail.refresh_from_db()
    assert mail.state == "sent", mail.note
    return mail


def waiting() -> list[str]:
    """To whom something waits to leave, in order."""
    return sorted(OutgoingMail.objects.filter(state="queued").values_list("recipient", flat=True))


def state(mail: Announcement) -> tuple[str, str]:
    """How it stands, and why."""
    fresh = Announcement.objects.get(pk=mail.pk)
    return fresh.state, fresh.note


# In the admin


def mail_url(event: EventPage, name: str = "", end: str = "") -> str:
    """All of an evening's mails, one of them, or what can be done with it."""
    above = reverse("series:mails", args=[event.pk])
    return f"{above}{name}/{end}{'/' if end else ''}" if name else above


def press_approve(client: Client, event: EventPage, name: str) -> Any:
    """Looks at a mail, presses Approve, and says yes on the page that asks."""
    seen = client.get(mail_url(event, name)).context["digest"]
    asked = client.get(mail_url(event, name, "approve"), {"seen": seen})
    assert asked.status_code == 200
    return client.post(mail_url(event, name, "approve"), {"seen": asked.context["digest"]}, follow=True)
