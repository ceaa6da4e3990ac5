"""Any mailer of Django's that isn't SMTP: a provider's through anymail, files in a folder, memory in tests."""

import contextlib
import email.utils
import smtplib
import time
from collections.abc import Mapping

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from botocore.exceptions import ClientError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from requests import RequestException
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import NewConnectionError

from .attached import files_of
from .faults import Away, MayHaveGone, Refused, without_addresses
from .leases import Leased
from .models import Message
from .prepared import fill, fill_html, own_headers, subject_of

# A provider's answers that are about all mails alike: our key, our account, its limits.
ABOUT_US = frozenset({401, 402, 403, 404, 408, 429})
GATEWAY_TIMEOUT = 504
NO_ANSWER = "The provider does not answer."
THROTTLED = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException", "LimitExceededException"})


def compose(row: Leased, message: Message) -> EmailMultiAlternatives:
    """The mail as Django has it.

    Raises:
        NotWritable: something is missing.
    """
    composed = EmailMultiAlternatives(
        subject=subject_of(message, row.filling),
        body=fill(message.text, row.filling),
        to=[row.recipient],
        headers=own_headers(row),
    )
    if message.html:
        composed.attach_alternative(fill_html(message.html, row.filling), "text/html")
    for file in files_of(message.files):
        composed.attach(file.name, file.content, file.media_type)
    # What anymail reads: its events then name the row, even one whose worker died before it knew the provider's id.
    composed.metadata = {"mail": str(row.uid)}  # type: ignore[attr-defined]
    composed.track_opens = composed.track_clicks = False  # type: ignore[attr-defined]
    return composed


class Mailer:
    """A backend of Django's, kept open from mail to mail. Not for two threads at once."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def write(self, row: Leased, message: Message) -> EmailMultiAlternatives:
        return compose(row, message)

    def open(self) -> None:
        try:
            self.backend.open()
        except OSError as error:
            raise Away(f"It could not be opened: {type(error).__name__}.") from error

    def hand_over(self, letter: EmailMultiAlternatives) -> str:
        """Send a letter; its id with the provider, or nothing.

        Raises:
            Refused, Away, MayHaveGone
        """
        try:
            self.backend.send_messages([letter])
        except AnymailRecipientsRefused as error:
            raise Refused("The provider refused the recipient.") from error
        except AnymailAPIError as error:
            raise fault_of(error) from error
        except (ValueError, TypeError) as error:
            # Nothing was asked of anybody yet: Django or anymail could not make a mail of it.
            raise Refused(f"It could not be made: {type(error).__name__}.") from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise MayHaveGone(f"It broke off: {type(error).__name__}.") from error
        status = getattr(letter, "anymail_status", None)
        return str(getattr(status, "message_id", "") or "")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.backend.close()


def fault_of(error: AnymailAPIError) -> Exception:
    """What a provider's error means for the mail in hand."""
    cause = error.__cause__
    if isinstance(cause, RequestException):
        never_reached = isinstance(cause, ConnectTimeout) or _is_new_connection(cause)
        return Away(NO_ANSWER) if never_reached else MayHaveGone("The provider did not answer at the end.")
    status, headers = _answer(error)
    if status is None or status < 400 or status == GATEWAY_TIMEOUT:
        return MayHaveGone("The provider’s answer says neither yes nor no.")
    if status in ABOUT_US or status >= 500:
        return Away(f"The provider says {status}.", seconds=seconds_to_wait(headers))
    return Refused(f"The provider says {status}: {without_addresses(_words(error))}")


def _is_new_connection(cause: RequestException) -> bool:
    """Whether the connection was never made: urllib3's reason stands inside what requests raised."""
    reasons = [getattr(argument, "reason", argument) for argument in cause.args]
    return any(isinstance(reason, NewConnectionError) for reason in reasons)


def _words(error: AnymailAPIError) -> str:
    response = getattr(error, "response", None)
    return str(getattr(response, "text", "")) if response is not None else ""


def _answer(error: AnymailAPIError) -> tuple[int | None, Mapping[str, str]]:
    """The status and headers of an answer; Amazon's come by another way."""
    if isinstance(error.__cause__, ClientError):
        answer = error.__cause__.response
        throttled = answer.get("Error", {}).get("Code") in THROTTLED
        about = answer.get("ResponseMetadata", {})
        return 429 if throttled else about.get("HTTPStatusCode"), about.get("HTTPHeaders", {})
    response = getattr(error, "response", None)
    return error.status_code, getattr(response, "headers", None) or {}


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Retry-After (RFC 9110 10.2.3) in seconds from now: a number of them, or a date."""
    value = next((headers[name] for name in headers if name.lower() == "retry-after"), "").strip()
    if value.isdecimal():
        return float(value)
    with contextlib.suppress(ValueError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    return None
