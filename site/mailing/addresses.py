"""E-mail addresses as they are kept: lower case, the domain as mail servers write it."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST = 254  # RFC 5321 4.5.3.1.3, without its angle brackets
EMPTY = "Give your e-mail address."
NOT_ONE = "That doesn’t look like an e-mail address. It should be like name@example.org."
SEVERAL = "Give one address at a time."
TOO_LONG = f"An e-mail address has at most {LONGEST} characters."
BEFORE_THE_AT = "Before the @ we can only write to plain letters, figures and signs."

_is_address = EmailValidator(message=NOT_ONE)


def clean_address(typed: str) -> str:
    """An address as it is kept, so that one mailbox is one row.

    Raises:
        ValidationError: a sentence for whoever typed it.
    """
    address = typed.strip()
    if not address:
        raise ValidationError(EMPTY)
    if address.count("@") > 1 and re.search(r"[,;\s]", address):
        raise ValidationError(SEVERAL)
    if len(address) > LONGEST:
        raise ValidationError(TOO_LONG)
    _is_address(address)
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        raise ValidationError(BEFORE_THE_AT)
    return f"{local}@{_ascii(domain)}".lower()


def _ascii(domain: str) -> str:
    """A domain in ASCII (RFC 3490), which every mail server understands."""
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValidationError(NOT_ONE) from error
    if len(ascii_domain) > LONGEST:
        raise ValidationError(TOO_LONG)
    return ascii_domain
