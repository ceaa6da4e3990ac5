"""What keeps programs from the forms, and never a person: whoever is caught is asked to press once more.

Pages are kept for a minute and sent to many, so a form's stamp may be older than the reader's visit. A form that is
sent within two seconds of being made was filled in by no hand; one that is sent after a day was kept by somebody.
"""

import datetime as dt

from django.core.signing import BadSignature, Signer, b62_decode, b62_encode

SOONEST = dt.timedelta(seconds=2)
LATEST = dt.timedelta(days=1)
STAMP, PRESSED = "mailing.stamp", "mailing.pressed"


def stamp(at: dt.datetime) -> str:
    """When a form was made, signed."""
    return Signer(salt=STAMP, sep=".").sign(b62_encode(int(at.timestamp())))


def is_in_time(signed: str, *, at: dt.datetime) -> bool:
    """Whether a form with this stamp was neither sent at once nor long ago."""
    try:
        made = b62_decode(Signer(salt=STAMP, sep=".").unsign(signed))
    except (BadSignature, ValueError):
        return False
    # A stamp has no fractions of a second, so it seems up to one older than it is.
    return SOONEST.total_seconds() <= int(at.timestamp()) - made <= LATEST.total_seconds()


def pressed(address: str) -> str:
    """For the second press: good for this address alone, whenever it comes."""
    return Signer(salt=PRESSED, sep=".").signature(address)


def is_pressed(signature: str, *, address: str) -> bool:
    try:
        Signer(salt=PRESSED, sep=".").unsign(f"{address}.{signature}")
    except BadSignature:
        return False
    return True
