"""Signed links of the list. Nobody's address stands in one: a person is named by a key, a purpose by its salt.

What a mail under a heading has in its `filling`, and what its templates write as `%%name%%`:

- `unsubscribe_url`: `unsubscribe_url(subscriber, heading)`. Its page has one button, and the same address takes the
  one POST of RFC 8058. It goes into List-Unsubscribe, and into the mail's foot.
- `preferences_url`: `preferences_url(subscriber)`. What they hear about, to change.

`news_filling(subscriber, heading)` gives both. They never expire. What shows or deletes everything that is kept about
somebody (`own_data_url`) works for seven days and is sent to its owner alone: a newsletter is passed on, and so would
be its links.
"""

import datetime as dt
import uuid
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.urls import reverse

from .enums import Heading
from .models import Subscriber

LASTS = dt.timedelta(days=7)
CONFIRM, LEAVE, PREFERENCES, OWN_DATA = ("mailing.confirm", "mailing.leave", "mailing.preferences", "mailing.own_data")


class NotOurs(Exception):
    """A link that we did not make, that was made for something else, or whose time is over."""


def _signer(salt: str) -> Signer:
    return Signer(salt=salt, sep=".")


@cache
def _path(name: str) -> tuple[str, str]:
    """What stands before and after a token. Worked out once: half a million mails have two links each."""
    before, _, after = reverse(name, args=["TOKEN"]).partition("TOKEN")
    return before, after


def _url(name: str, token: str) -> str:
    before, after = _path(name)
    return f"{settings.SITE_URL}{before}{token}{after}"


def _token(salt: str, *parts: str) -> str:
    return _signer(salt).sign(".".join(parts))


def _timed_token(salt: str, subscriber: Subscriber, at: dt.datetime) -> str:
    return _token(salt, subscriber.key.hex, b62_encode(int(at.timestamp())))


def _read(salt: str, token: str, parts: int) -> list[str]:
    try:
        said = _signer(salt).unsign(token).split(".")
    except BadSignature as error:
        raise NotOurs from error
    if len(said) != parts:
        raise NotOurs
    return said


def _read_timed(salt: str, token: str, at: dt.datetime) -> uuid.UUID:
    key, second = _read(salt, token, 2)
    if int(at.timestamp()) - b62_decode(second) > LASTS.total_seconds():
        raise NotOurs
    return uuid.UUID(key)


def confirm_url(subscriber: Subscriber, *, at: dt.datetime) -> str:
    """To say yes with; works until seven days after `at`, when its mail leaves."""
    return _url("subscribe_confirm", _timed_token(CONFIRM, subscriber, at))


def read_confirm(token: str, *, at: dt.datetime) -> uuid.UUID:
    """The key of who is asked.

    Raises:
        NotOurs: forged, of another purpose, or old.
    """
    return _read_timed(CONFIRM, token, at)


def own_data_url(subscriber: Subscriber, *, at: dt.datetime) -> str:
    """To see, download and erase all that is kept; works until seven days after `at`."""
    return _url("subscribe_data", _timed_token(OWN_DATA, subscriber, at))


def read_own_data(token: str, *, at: dt.datetime) -> uuid.UUID:
    """The key of whose data it is.

    Raises:
        NotOurs: forged, of another purpose, or old.
    """
    return _read_timed(OWN_DATA, token, at)


def unsubscribe_url(subscriber: Subscriber, heading: Heading | str = "") -> str:
    """To hear no more under a heading; under any, where it is empty. Works for ever."""
    return _url("subscribe_leave", _token(LEAVE, subscriber.key.hex, str(heading)))


def read_unsubscribe(token: str) -> tuple[uuid.UUID, Heading | None]:
    """The key of who leaves, and what they leave; None for everything.

    Raises:
        NotOurs: forged, or of another purpose.
    """
    key, heading = _read(LEAVE, token, 2)
    return uuid.UUID(key), Heading(heading) if heading else None


def preferences_url(subscriber: Subscriber) -> str:
    """To choose what to hear about. Works for ever."""
    return _url("subscribe_preferences", _token(PREFERENCES, subscriber.key.hex))


def read_preferences(token: str) -> uuid.UUID:
    """The key of who chooses.

    Raises:
        NotOurs: forged, or of another purpose.
    """
    return uuid.UUID(_read(PREFERENCES, token, 1)[0])


def news_filling(subscriber: Subscriber, heading: Heading) -> dict[str, str]:
    """What a mail under a heading fills in for one recipient."""
    return {
        "unsubscribe_url": unsubscribe_url(subscriber, heading),
        "preferences_url": preferences_url(subscriber),
    }
