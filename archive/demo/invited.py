"""Who was invited to the next evening, with the organisers' own verbs: some have opened it, one not yet."""

import datetime as dt

from accounts.links import use_link
from accounts.models import User
from events.inviting import Asked, invite_to_talk
from events.models import TalkPage
from mailing.enums import MailState
from mailing.models import OutgoingMail
from speakers.models import Invitation

# A talk's key → whether a person has opened it. Nobody of the fourth talk is invited yet.
INVITED = {"61.1": True, "61.2": True, "61.3": False}
SINCE = dt.timedelta(days=7)
OPENED_AFTER = dt.timedelta(hours=3)
NOTE = "We would love to have you. The room is warm, and there is soup."


def invite_speakers(page: TalkPage, *, key: str, by: User, now: dt.datetime) -> None:
    """What has gone is set down as gone, so that nothing leaves."""
    if key not in INVITED:
        return
    at = now - SINCE
    speakers = [row.speaker for row in page.talk_speakers.all()]
    asked = [Asked(s.user.email if s.user else f"{s.slug}@example.org", s) for s in speakers]
    for invitation in invite_to_talk(talk=page, asked=asked, note=NOTE, hands_over=True, by=by, at=at):
        mail = OutgoingMail.objects.filter(purpose=invitation.mail_purpose)
        mail.update(state=MailState.SENT, filling={}, ended_at=at)
        if INVITED[key] and invitation.link is not None:
            use_link(link=invitation.link)
            Invitation.objects.filter(pk=invitation.pk).update(opened_at=at + OPENED_AFTER)


def forget_invited() -> None:
    """The accounts that inviting made; an organiser's own stays."""
    addresses = list(Invitation.objects.values_list("address", flat=True))
    User.objects.filter(email__in=addresses, groups=None, is_superuser=False).delete()
