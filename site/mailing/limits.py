"""How often the list's forms may make us write. Counted in the database: it holds over all processes."""

import datetime as dt
import ipaddress

from django.utils.crypto import salted_hmac

from .models import OutgoingMail, SignUpTry
from .models.subscribers import PURPOSE

HOUR = dt.timedelta(hours=1)
MAILS_AN_HOUR = 3
# Two presses on one button are one wish.
PAUSE = dt.timedelta(minutes=2)
# To an address whose owner we were told to leave alone, or that sent our mails back.
RARELY = dt.timedelta(days=1)
# A hall full of people on one network, all at once on the evening, is welcome.
TRIES_AN_HOUR = 300
# What one household or office has: an address, or a /56 of IPv6 (RFC 6177).
PREFIX = {4: 32, 6: 56}


def may_write(address: str, kind: str, *, at: dt.datetime, rarely: bool = False) -> bool:
    """Whether a form may send one more mail of a kind to an address. Ask while its row is locked."""
    asked_for = OutgoingMail.objects.filter(recipient=address, purpose__startswith=PURPOSE, made_at__gt=at - RARELY)
    made = list(asked_for.values_list("purpose", "made_at"))
    if rarely and made:
        return False
    lately = [(purpose, moment) for purpose, moment in made if moment > at - HOUR]
    just_now = any(purpose.startswith(f"{PURPOSE}{kind}:") and moment > at - PAUSE for purpose, moment in lately)
    return len(lately) < MAILS_AN_HOUR and not just_now


def source_hash(ip_address: str, *, at: dt.datetime) -> str:
    """A network, by a keyed hash that is another one each day; empty where it is this machine or unknown."""
    try:
        address = ipaddress.ip_address(ip_address)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    network = ipaddress.ip_network(f"{address}/{PREFIX[address.version]}", strict=False)
    return salted_hmac("mailing.source", f"{network} {at:%Y-%m-%d}", algorithm="sha256").hexdigest()


def is_welcome(source: str, *, at: dt.datetime) -> bool:
    """Writes down that a form came from a network; False where that was one too many within the hour."""
    if not source:
        return True
    SignUpTry.objects.create(source=source, at=at)
    return SignUpTry.objects.filter(source=source, at__gt=at - HOUR).count() <= TRIES_AN_HOUR
