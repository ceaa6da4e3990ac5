"""The list as a reader uses it: forms are filled in and sent, links are taken out of the mails."""

import datetime as dt
import re
from typing import Any

from django.core import mail as sink
from django.utils import timezone

from mailing import traps
from mailing.actions import queue_mail, write_message
from mailing.delivery import send_due
from mailing.enums import Heading, Urgency
from mailing.links import unsubscribe_url
from mailing.models import OutgoingMail, Subscriber
from mailing.subscriptions import confirm, sign_up

ADA = "ada@example.org"
BOTH = [Heading.EVENINGS, Heading.WRITE_UPS]


def old_enough() -> str:
    """The stamp of a form that somebody took their time with."""
    return traps.stamp(timezone.now() - dt.timedelta(seconds=20))


def fill_in(client: Any, *, address: str = ADA, headings: list[str] | None = None, **more: Any) -> Any:
    """Send the sign-up form."""
    headings = ["evenings"] if headings is None else headings
    return client.post("/subscribe/", {"address": address, "headings": headings, "stamp": old_enough(), **more})


def ask_for_link(client: Any, address: str = ADA, **more: Any) -> Any:
    return client.post("/subscribe/link/", {"address": address, "stamp": old_enough(), **more})


def delivered() -> list[Any]:
    """Send what waits, and give what has left so far."""
    send_due(at=timezone.now())
    return list(sink.outbox)


def link_in(mail: Any, name: str) -> str:
    """The path of a mail's link: link_in(mail, "confirm")."""
    (found,) = set(re.findall(rf"https?://[^/\s]+(/subscribe/{name}/\S+/)", mail.body))
    return found


def make_subscriber(address: str = ADA, headings: list[Heading] | None = None, at: dt.datetime | None = None) -> Any:
    """Somebody on the list, as if they had signed up and confirmed; their mails have left."""
    moment = at or timezone.now()
    sign_up(address=address, headings=headings or BOTH, page="/about/", at=moment)
    subscriber = Subscriber.objects.get(address=address)
    OutgoingMail.objects.filter(recipient=address).delete()
    confirm(subscriber=subscriber, at=moment)
    subscriber.refresh_from_db()
    return subscriber


def path(url: str) -> str:
    """A link's path, as the test client wants it."""
    return url.removeprefix("http://127.0.0.1:8000")


def news(subscriber: Any, heading: Heading, number: int = 1) -> Any:
    """A mail under a heading that waits for a subscriber."""
    text = write_message(template="mailing/email/already", context={"site_name": f"{heading} {number}"})
    return queue_mail(
        to=subscriber.address,
        message=text,
        purpose=f"news:{heading}:{number}:{subscriber.pk}",
        urgency=Urgency.NEWS,
        heading=heading,
        filling={"unsubscribe_url": unsubscribe_url(subscriber, heading)},
    )


def states(*mails: Any) -> list[str]:
    return [OutgoingMail.objects.get(pk=mail.pk).state for mail in mails]
