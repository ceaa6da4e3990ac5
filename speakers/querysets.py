"""Questions to the database about the speakers' side."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast, Coalesce, Concat, Lower, NullIf

from mailing.models import OutgoingMail

from .enums import Baton, ConsentTo, ConversionState, ReleaseState, ReuseTerms

if TYPE_CHECKING:
    from .models import (  # noqa: F401  the querysets' rows
        Answer,
        Clearance,
        Comment,
        Contribution,
        Conversion,
        Helper,
        Invitation,
        Organisation,
        PreviewLink,
        PromiseReply,
        Speaker,
        TalkConsent,
    )


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

    def with_talk_count(self) -> "SpeakerQuerySet":
        """Annotates `talk_count`: the talks they speak in, drafts too."""
        return self.annotate(talk_count=_count_of_talks(self.model))

    def with_last_organisation(self) -> "SpeakerQuerySet":
        """Annotates `last_organisation`: the name of whom they spoke for last, None where nobody knows."""
        latest = self.model.objects.filter(pk=OuterRef("pk"), appearances__organisation__isnull=False)
        named = latest.order_by("-appearances__talk__event__starts_at").values("appearances__organisation__name")
        return self.annotate(last_organisation=models.Subquery(named[:1]))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_talk_count(self) -> "OrganisationQuerySet":
        """Annotates `talk_count`: the talks its people gave, drafts too."""
        return self.annotate(talk_count=_count_of_talks(self.model))


def _count_of_talks(model: Any) -> models.Subquery:
    """In a subquery, so that a list doesn't group by every column."""
    counted = model.objects.filter(pk=OuterRef("pk")).order_by()
    return models.Subquery(counted.annotate(n=models.Count("appearances__talk", distinct=True)).values("n"))


_TERMS = models.CharField(max_length=20)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def released(self) -> "ContributionQuerySet":
        """What readers may see: released, its talk and evening public, and no speaker has taken back their consent."""
        return (
            self.filter(live=True, talk__live=True, talk__event__live=True, talk__event__series__live=True)
            .exclude(talk__state="withdrawn")
            .exclude(self._withdrawn(ConsentTo.ANSWERS))
        )

    def marking_slides(self) -> "ContributionQuerySet":
        """Annotates `may_show_slides`: nobody has taken back their consent to the slides."""
        return self.annotate(may_show_slides=~self._withdrawn(ConsentTo.SLIDES))

    def with_slides_allowed(self) -> "ContributionQuerySet":
        """Released, and nobody has taken back their consent to the slides."""
        return self.released().exclude(self._withdrawn(ConsentTo.SLIDES))

    def with_speakers(self) -> "ContributionQuerySet":
        """Contributions whose newest handover gave them to the speakers."""
        return self.annotate(_baton=self._newest_baton()).filter(_baton=Baton.SPEAKERS)

    def for_lists(self) -> "ContributionQuerySet":
        """Brings along what its state is told from (`progress`), in two more queries whatever the number.

        Drafts are fetched apart, so that putting thousands of rows in order doesn't carry their words about.
        """
        return self.with_baton().prefetch_related("latest_revision", "answers")

    def of(self, user: Any) -> "ContributionQuerySet":
        """What somebody gives: to talks in whose rows of speakers they stand, under whichever row of theirs, and to
        those that they are invited to, which may be in a draft of the programme as yet.

        Not where they were invited, and every invitation was withdrawn.
        """
        from .models import Invitation

        everything = self.model.objects.order_by()
        mine = models.Q(pk__in=everything.filter(talk__talk_speakers__speaker__user=user).values("pk"))
        mine |= models.Q(pk__in=everything.filter(talk__talk_speakers__speaker__merged_into__user=user).values("pk"))
        invited = Invitation.objects.filter(speaker__user=user).order_by()
        standing = invited.standing().values("contribution")
        withdrawn = invited.exclude(withdrawn_at=None).exclude(contribution__in=standing).values("contribution")
        return self.filter(mine | models.Q(pk__in=standing)).exclude(pk__in=withdrawn)

    def open_to(self, user: Any) -> "ContributionQuerySet":
        """What somebody may open in the portal: what they give, and what they help a speaker with."""
        from .models import Helper

        helped = Helper.objects.open().filter(user=user).values("contribution")
        return self.filter(models.Q(pk__in=self.of(user).values("pk")) | models.Q(pk__in=helped))

    def with_terms(self) -> "ContributionQuerySet":
        """Annotates `terms_in_force`: a ReuseTerms, as its speakers chose or else its series says; "" for neither."""
        from .models import TermsChoice

        newest = TermsChoice.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk").values("terms")[:1]
        chosen = NullIf(models.Subquery(newest), models.Value(""))
        return self.annotate(
            terms_in_force=Coalesce(chosen, "talk__event__series__terms", models.Value(""), output_field=_TERMS)
        )

    def allowing_reuse(self) -> "ContributionQuerySet":
        """Those whose words may be given away as data: nobody reserved them, and whoever was asked has agreed.

        As `Contribution.allows_reuse`. Where nobody has said anything, words are given away as `DATA_LICENCE` has it
        (`docs/decisions/0062`).
        """
        return self.with_terms().exclude(terms_in_force=ReuseTerms.RESERVED).exclude(self._lacks(ConsentTo.ANSWERS))

    def allowing_reuse_of_speech(self) -> "ContributionQuerySet":
        """Those to whose talk a recording's words may be given away as data, released or not; with `terms_in_force`.

        Nobody reserved them, whoever was asked has agreed to being recorded, and none took back their words.
        """
        rows = self.with_terms().exclude(terms_in_force=ReuseTerms.RESERVED)
        return rows.exclude(self._lacks(ConsentTo.RECORD)).exclude(self._withdrawn(ConsentTo.ANSWERS))

    def marking_consents(self) -> "ContributionQuerySet":
        """Annotates `lacks_consent` and `lacks_consent_to_slides`: its speakers were asked, and not all have agreed.

        Nobody was asked for what was imported from old write-ups (`docs/decisions/0109`).
        """
        return self.annotate(
            lacks_consent=self._lacks(ConsentTo.ANSWERS), lacks_consent_to_slides=self._lacks(ConsentTo.SLIDES)
        )

    def in_state(self, state: str) -> "ContributionQuerySet":
        """Contributions in a ReleaseState; the same rule as `Contribution.release_state`."""
        return self.filter(
            {
                ReleaseState.EMPTY: models.Q(live=False, latest_revision=None),
                ReleaseState.DRAFT: models.Q(live=False, latest_revision__isnull=False),
                ReleaseState.RELEASED: models.Q(live=True, has_unpublished_changes=False),
                ReleaseState.CHANGED: models.Q(live=True, has_unpublished_changes=True),
            }[ReleaseState(state)]
        )

    def held_by(self, holder: str) -> "ContributionQuerySet":
        """Contributions with the speakers or with the organisers, who hold what was never handed over."""
        held = models.Q(newest_baton=Baton.SPEAKERS)
        return self.with_baton().filter(held if holder == Baton.SPEAKERS else ~held | models.Q(newest_baton=None))

    def with_baton(self) -> "ContributionQuerySet":
        """Annotates `newest_baton` ("speakers", "organisers" or None where nobody was handed it yet)."""
        return self.annotate(newest_baton=self._newest_baton())

    @staticmethod
    def _lacks(what: str) -> models.Q:
        from .models import Handover, Invitation, Speaker, TalkConsent

        of_it = {"contribution": OuterRef("pk")}
        asked = models.Q(Exists(Handover.objects.filter(to=Baton.SPEAKERS, **of_it)))
        asked |= models.Q(Exists(Invitation.objects.filter(**of_it))) | models.Q(
            Exists(TalkConsent.objects.filter(**of_it))
        )
        theirs = TalkConsent.objects.in_force(what).filter(
            contribution=OuterRef(OuterRef("pk")), speaker=OuterRef("pk")
        )
        silent = Speaker.objects.filter(~Exists(theirs), appearances__talk__contribution=OuterRef("pk"))
        return asked & models.Q(Exists(silent))

    @staticmethod
    def _newest_baton() -> models.Subquery:
        from .models import Handover

        return models.Subquery(
            Handover.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk").values("to")[:1]
        )

    @staticmethod
    def _withdrawn(what: str) -> Exists:
        from .models import TalkConsent

        return Exists(TalkConsent.objects.withdrawn(what).filter(contribution=OuterRef("pk")))


class AnswerQuerySet(models.QuerySet["Answer"]):
    def with_words(self) -> "AnswerQuerySet":
        """Answers that say something: whoever writes keeps an empty one as nothing at all."""
        return self.exclude(text="")

    def spoken_by(self, speaker: str) -> "AnswerQuerySet":
        """Inside a subquery: answers of the person whom a field of the outer row names, alone or with the others.

        One whose speaker's row is gone may be anybody's of the talk.
        """
        return self.filter(models.Q(joint=True) | models.Q(speaker=None) | models.Q(speaker=OuterRef(speaker)))


class ConsentQuerySet(models.QuerySet["TalkConsent"]):
    def withdrawn(self, what: str) -> "ConsentQuerySet":
        """Consents that were taken back, and not given again by the same speaker since."""
        again = self.model.objects.filter(
            contribution=OuterRef("contribution"),
            speaker=OuterRef("speaker"),
            what=what,
            withdrawn_at=None,
            given_at__gte=OuterRef("withdrawn_at"),
        )
        return self.filter(~Exists(again), what=what, withdrawn_at__isnull=False)

    def in_force(self, what: str) -> "ConsentQuerySet":
        """Consents that were given and not taken back."""
        return self.filter(what=what, withdrawn_at=None)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> "InvitationQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_mail(self) -> "InvitationQuerySet":
        """Annotates `mail_state`, `mail_outcome` and `mail` (its key): what the outbox says of each one's mail."""
        purpose = Concat(models.Value("invitation:"), Cast("pk", models.CharField()))
        # Outside of the subquery, so that each is one look into the index of purposes.
        mails = OutgoingMail.objects.filter(purpose=OuterRef("mail_purpose_"))
        told = {"mail_state": "state", "mail_outcome": "outcome", "mail": "pk"}
        found = self.annotate(mail_purpose_=purpose)
        return found.annotate(**{name: models.Subquery(mails.values(field)[:1]) for name, field in told.items()})


class ConversionQuerySet(models.QuerySet["Conversion"]):
    def waiting(self, *, at: dt.datetime) -> "ConversionQuerySet":
        """Those that nobody works on at that moment, the longest waiting first."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lte=at)
        return self.filter(free, state=ConversionState.WAITING).order_by("pk")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, *, at: dt.datetime) -> "PreviewLinkQuerySet":
        """Links that may be followed at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class HelperQuerySet(models.QuerySet["Helper"]):
    def open(self) -> "HelperQuerySet":
        """Those who may come in: not ended, and the speaker whom they help still speaks in that talk."""
        speaks = models.Q(contribution__talk__talk_speakers__speaker=models.F("speaker"))
        speaks |= models.Q(contribution__talk__talk_speakers__speaker__merged_into=models.F("speaker"))
        return self.filter(pk__in=self.model.objects.filter(speaks, ended_at=None).order_by().values("pk"))


class CommentQuerySet(models.QuerySet["Comment"]):
    def seen_by(self, speakers: Collection[int]) -> "CommentQuerySet":
        """What a speaker and those who help them may read: not what is about another speaker's own answer."""
        return self.filter(models.Q(speaker=None) | models.Q(speaker__in=speakers))

    def unresolved(self) -> "CommentQuerySet":
        return self.filter(resolved_at=None)


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def standing(self) -> "ClearanceQuerySet":
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)


class PromiseReplyQuerySet(models.QuerySet["PromiseReply"]):
    def published(self) -> "PromiseReplyQuerySet":
        """Those that an organiser has published; whether their talk is public is another matter."""
        return self.filter(published_at__isnull=False)

    def waiting(self) -> "PromiseReplyQuerySet":
        """Those that an organiser has still to look at."""
        return self.filter(published_at=None, set_aside_at=None)
