"""Addresses that get no news, kept as a hash alone: it outlives an erasure and tells nobody an address."""

from django.db import models
from django.utils.crypto import salted_hmac

from ..enums import SuppressionReason


def address_hash(address: str) -> str:
    """What an address is known by once it is forgotten: a keyed hash (64 hex digits) of its lower-case form."""
    return salted_hmac("mailing.address", address.strip().lower(), algorithm="sha256").hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, address: str) -> "SuppressionQuerySet":
        return self.filter(hash=address_hash(address))


class Suppression(models.Model):
    """An address that bounced, complained, was erased or was taken off."""

    hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=10, choices=SuppressionReason)
    at = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.at:%Y-%m-%d}"
