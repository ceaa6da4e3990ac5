"""Who is on the list, and what each of them agreed to, word for word."""

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Lower

from ..enums import ConsentMeans, Heading, SubscriberState
from .outbox import OutgoingMail
from .suppressions import Suppression, address_hash

# What the purpose of a mail begins with that is the list's own: a confirmation, a link.
PURPOSE = "list:"


class Wording(models.Model):
    """Words that people agreed to, once each."""

    version = models.CharField(max_length=12, unique=True)
    text = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(version="") & ~models.Q(text=""), name="mailing_wording_is_whole"
            )
        ]

    def __str__(self) -> str:
        return self.version


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def hearing(self, heading: Heading) -> "SubscriberQuerySet":
        """Whom a mail under a heading goes to: on the list, chose it, not suppressed.

        However many they are: go through them with `.iterator()`, or in steps, by `pk__gt` and `order_by("pk")`.
        """
        chosen = SubscriberConsent.objects.open().filter(heading=heading, subscriber=models.OuterRef("pk"))
        return self.on_the_list().filter(models.Exists(chosen))

    def on_the_list(self) -> "SubscriberQuerySet":
        return self.filter(~models.Exists(self._suppressions()), state=SubscriberState.ACTIVE)

    def suppressed(self) -> "SubscriberQuerySet":
        return self.filter(models.Exists(self._suppressions()))

    def never_confirmed(self, *, before: dt.datetime) -> "SubscriberQuerySet":
        """Who was last asked before that moment and did not answer."""
        asked_since = SubscriberConsent.objects.filter(subscriber=models.OuterRef("pk"), asked_at__gte=before)
        return self.filter(~models.Exists(asked_since), state=SubscriberState.PENDING, created_at__lt=before)

    def left_before(self, moment: dt.datetime) -> "SubscriberQuerySet":
        return self.filter(state=SubscriberState.LEFT, left_at__lt=moment)

    @staticmethod
    def _suppressions() -> Any:
        return Suppression.objects.filter(hash=models.OuterRef("hash"))


class Subscriber(models.Model):
    """A person's address, and how it stands to the list."""

    address = models.EmailField(max_length=254, unique=True)
    # What Suppression knows the address by: one truth about who is suppressed, and a join to it.
    hash = models.CharField(max_length=64, unique=True, editable=False)
    # Stands in signed links; an address never does.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=SubscriberState, default=SubscriberState.PENDING)
    page = models.CharField("signed up on", max_length=200, help_text="The page, or what was brought in.")
    created_at = models.DateTimeField()
    # Of the present stay on the list, for someone who left and came back.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("see_subscribers", "Can see and change who is on the mailing list")]
        constraints = [
            models.CheckConstraint(condition=models.Q(address=Lower("address")), name="mailing_address_in_lower_case"),
            models.CheckConstraint(
                condition=~models.Q(state=SubscriberState.ACTIVE) | models.Q(confirmed_at__isnull=False),
                name="mailing_active_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=SubscriberState.LEFT) | models.Q(left_at__isnull=False),
                name="mailing_left_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SubscriberState.values), name="mailing_subscriber_state_is_known"
            ),
        ]
        # By key within a state: half a million recipients are gone through in steps, and no step sorts them anew.
        indexes = [models.Index(fields=("state", "id"), name="mailing_subscriber_by_state")]

    def __str__(self) -> str:
        # Stands in logs and in the admin's history, where no address belongs.
        return f"Subscriber {self.pk}"

    @classmethod
    def new(cls, *, address: str, **fields: Any) -> "Subscriber":
        """A row to save, alone or with many; the address is clean already."""
        return cls(address=address, hash=address_hash(address), **fields)

    def open_consents(self) -> "SubscriberConsentQuerySet":
        return SubscriberConsent.objects.filter(subscriber=self).open()

    def waiting_consents(self) -> "SubscriberConsentQuerySet":
        return SubscriberConsent.objects.filter(subscriber=self).waiting()

    def headings(self) -> list[Heading]:
        """What they hear about, in the order of the form."""
        chosen = set(self.open_consents().values_list("heading", flat=True))
        return [heading for heading in Heading if heading in chosen]

    def asked(self) -> list[Heading]:
        """What they were asked about and have not confirmed."""
        waiting = set(self.waiting_consents().values_list("heading", flat=True))
        return [heading for heading in Heading if heading in waiting]

    def mails(self) -> models.QuerySet[OutgoingMail]:
        """What the list sent them, or will. Other mails to the same address are no part of it."""
        ours = models.Q(purpose__startswith=PURPOSE) | ~models.Q(heading="")
        return OutgoingMail.objects.filter(ours, recipient=self.address)

    def suppression(self) -> Suppression | None:
        return Suppression.objects.filter(hash=self.hash).first()

    def is_heard(self) -> bool:
        """Whether mails go to them: on the list, and not suppressed."""
        return self.state == SubscriberState.ACTIVE and self.suppression() is None

    @property
    def masked(self) -> str:
        """Enough for its owner to know the address by: "a…@example.org"."""
        local, _, domain = self.address.rpartition("@")
        return f"{local[0]}…@{domain}"


class SubscriberConsentQuerySet(models.QuerySet["SubscriberConsent"]):
    def open(self) -> "SubscriberConsentQuerySet":
        """Confirmed, and not taken back."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at=None)

    def waiting(self) -> "SubscriberConsentQuerySet":
        """Asked for, and not confirmed."""
        return self.filter(confirmed_at=None)


class SubscriberConsent(models.Model):
    """What somebody was asked about one heading, and what they said. The database refuses one that is not whole."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    heading = models.CharField(max_length=10, choices=Heading)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="consents")
    page = models.CharField(max_length=200, help_text="Where they were asked: a page of the site, or a list on paper.")
    means = models.CharField(max_length=12, choices=ConsentMeans)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberConsentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(page="")
                & models.Q(heading__in=Heading.values, means__in=ConsentMeans.values)
                & (models.Q(confirmed_at=None) | models.Q(confirmed_at__gte=models.F("asked_at"))),
                name="mailing_consent_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(confirmed_at__isnull=False, withdrawn_at__gte=models.F("confirmed_at")),
                name="mailing_only_consent_is_withdrawn",
            ),
            models.UniqueConstraint(
                fields=("heading", "subscriber"),
                condition=models.Q(confirmed_at__isnull=False, withdrawn_at=None),
                name="mailing_one_open_consent",
            ),
            models.UniqueConstraint(
                fields=("heading", "subscriber"),
                condition=models.Q(confirmed_at=None),
                name="mailing_one_waiting_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_heading_display()}, {self.asked_at:%Y-%m-%d}"


class SignUpTry(models.Model):
    """A form that was sent, by a hash of the network it came from. Kept for an hour."""

    source = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=("source", "at"), name="mailing_tries_by_source")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
