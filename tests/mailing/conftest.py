"""An outbox with something in it, and a mail server to send it to."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from mailing.actions import queue_mail
from mailing.enums import Heading, Urgency
from mailing.models import Message, OutgoingMail
from tests.mailing.sink import Sink, running

_numbers = count(1)
TEXT = "Hello %%name%%,\n\nyour code is %%code%%.\n"
HTML = "<p>Hello %%name%%,</p>\n<p>your code is <b>%%code%%</b>.</p>\n"


def make_message(*, text: str = TEXT, html: str = HTML, subject: str = "Your code") -> Message:
    return Message.objects.create(
        key=f"key-{next(_numbers)}",
        template="tests/mail",
        subject=subject,
        text=text,
        html=html,
        made_at=timezone.now(),
    )


def put_in(
    number: int = 0, *, message: Message | None = None, urgency: Urgency = Urgency.PERSONAL, **fields: Any
) -> OutgoingMail:
    """A mail in the outbox; news have a heading and an address to unsubscribe by."""
    number = number or next(_numbers)
    filling = {"name": "Ada", "code": f"7HX{number}", **fields.pop("filling", {})}
    if urgency == Urgency.NEWS:
        fields.setdefault("heading", Heading.EVENINGS)
        filling.setdefault("unsubscribe_url", f"https://testserver/leave/{number}/")
    return queue_mail(
        **{
            "to": f"reader-{number}@example.org",
            "message": message or Message.objects.filter(text=TEXT).first() or make_message(),
            "purpose": f"test:{number}",
            "urgency": urgency,
            "filling": filling,
            **fields,
        }
    )


def fates(*mails: OutgoingMail) -> list[str]:
    """What became of each mail; of all, in the order they were put in, where none is named."""
    wanted = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]) if mails else OutgoingMail.objects.all()
    return list(wanted.order_by("pk").values_list("state", flat=True))


@pytest.fixture(params=[True, False], ids=["pipelining", "one by one"])
def sink(request: pytest.FixtureRequest, settings: Any) -> Iterator[Sink]:
    """A mail server that MAILERS names, of both kinds."""
    with running(Sink(pipelining=request.param)) as server:
        settings.MAILERS = smtp_to(server.port)
        yield server


def smtp_to(port: int, *, timeout: float = 0.3) -> dict[str, Any]:
    return {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": timeout},
        }
    }


@pytest.fixture
def later() -> Callable[..., dt.datetime]:
    """A moment that much after now."""
    return lambda **length: timezone.now() + dt.timedelta(**length)
