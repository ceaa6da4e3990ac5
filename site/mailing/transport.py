"""How mails reach a server: whichever mailer MAILERS names."""

from typing import Any, Protocol

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from .leases import Leased
from .mailer import Mailer
from .models import Message
from .smtp import Smtp


class Transport(Protocol):
    def write(self, row: Leased, message: Message) -> Any: ...
    def open(self) -> None: ...
    def hand_over(self, letter: Any) -> str: ...
    def close(self) -> None: ...


def current() -> Transport:
    """The transport that MAILERS asks for."""
    backend = mailers.default
    if isinstance(backend, SmtpBackend):
        return Smtp(backend)
    return Mailer(backend)
