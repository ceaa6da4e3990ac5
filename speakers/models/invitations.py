"""Invitations to give a talk: to whom, when, and whether a person opened it."""

from django.conf import settings
from django.db import models

from accounts.models import SignInLink

from ..querysets import InvitationQuerySet
from .contributions import Contribution
from .people import Speaker


class Invitation(models.Model):
    """One mail that asked a speaker for their talk. Sent again is another row; of several, the newest counts.

    While one stands, its speaker may open the talk in the portal; once all were withdrawn they may not, whatever the
    programme says.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="invitations")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="invitations")
    address = models.EmailField(max_length=254)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    link = models.ForeignKey(SignInLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # By pressing the button behind one of the links to this talk, or by coming to it signed in; looking at the page of
    # a link is what scanners do.
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("sent_at", "pk")
        indexes = [models.Index(fields=("contribution", "speaker"), name="speakers_invited_to")]

    def __str__(self) -> str:
        return f"{self.speaker}, {self.sent_at:%Y-%m-%d %H:%M}"

    @property
    def mail_purpose(self) -> str:
        """The purpose of its mail in the outbox."""
        return f"invitation:{self.pk}"
