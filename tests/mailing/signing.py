"""The list as a reader uses it: forms are filled in and sent, links are taken out of the mails."""

import datetime as dt
import re
from typing import Any

from django.core import mail as sink
from django.utils import timezone

from mailing import traps
from mailing.delivery import send_due
from mailing.enums import Heading
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
