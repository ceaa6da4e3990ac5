"""Questions to the database about the speakers' side."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from .enums import Baton, ConsentTo

if TYPE_CHECKING:
    pass


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def public(self) -> "SpeakerQuerySet":
        """People whose page readers may see: live, and not merged into somebody else."""
        return self.filter(live=True, merged_into=None)

    def current(self) -> "SpeakerQuerySet":
        """Everybody an organiser may choose: not merged away."""
        return self.filter(merged_into=None)

    def known_as(self, name: str) -> "SpeakerQuerySet":
        """People with this name or former name, whatever the capitals."""
        wanted = " ".join(name.split())
        return self.filter(models.Q(name__iexact=wanted) | models.Q(aliases__name__iexact=wanted)).distinct()

    def in_order(self) -> "SpeakerQuerySet":
        return self.order_by(Lower("sort_name"), "pk")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def released(self) -> "ContributionQuerySet":
        """What readers may see: released, its talk and evening public, and no speaker has taken back their consent."""
        return (
            self.filter(live=True, talk__live=True, talk__event__live=True)
            .exclude(talk__state="withdrawn")
            .exclude(self._withdrawn(ConsentTo.ANSWERS))
        )

    def with_slides_allowed(self) -> "ContributionQuerySet":
        """Released, and nobody has taken back their consent to the slides."""
        return self.released().exclude(self._withdrawn(ConsentTo.SLIDES))

    def with_speakers(self) -> "ContributionQuerySet":
        """Contributions whose newest handover gave them to the speakers."""
        return self.annotate(_baton=self._newest_baton()).filter(_baton=Baton.SPEAKERS)

    def with_baton(self) -> "ContributionQuerySet":
        """Annotates `newest_baton` ("speakers", "organisers" or None where nobody was handed it yet)."""
        return self.annotate(newest_baton=self._newest_baton())

    @staticmethod
    def _newest_baton() -> models.Subquery:
        from .models import Handover

        return models.Subquery(
            Handover.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk").values("to")[:1]
        )

    @staticmethod
    def _withdrawn(what: str) -> Exists:
        from .models import TalkConsent

        return Exists(TalkConsent.objects.filter(contribution=OuterRef("pk"), what=what, withdrawn_at__isnull=False))
