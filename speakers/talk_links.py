"""A speaker's ways into one talk: each mail to them carries its own, and they all end together."""

import datetime as dt
from typing import Any

from django.urls import reverse

from accounts.links import make_sign_in_link
from accounts.models import SignInLink, User

from .models import Contribution, Invitation

KIND = "talk"
# After the evening there is a write-up to look at, and a correction to propose.
GOOD_FOR = dt.timedelta(weeks=8)
# A mail about an evening of long ago is read too.
AT_LEAST = dt.timedelta(weeks=2)


def purpose_of(contribution: Contribution) -> str:
    return f"{KIND}:{contribution.pk}"


def good_until(event: Any, *, at: dt.datetime) -> dt.datetime:
    """Eight weeks after the evening; two weeks from now where that is over, or nearly."""
    return max(event.over_at + GOOD_FOR if event is not None else at, at + AT_LEAST)  # type: ignore[no-any-return]


def make_talk_link(*, user: User, contribution: Contribution, at: dt.datetime) -> SignInLink:
    """A link that signs a speaker in and opens their talk. It is theirs, and this talk's."""
    talk = contribution.talk  # type: ignore[attr-defined]
    return make_sign_in_link(
        user=user,
        purpose=purpose_of(contribution),
        next=reverse("portal:talk", args=[talk.pk]),
        expires_at=good_until(talk.event, at=at),
    )


def note_opened(link: SignInLink) -> int:
    """A person pressed the button behind a link to their talk."""
    link.refresh_from_db(fields=["used_at"])
    pk = int(link.purpose.removeprefix(f"{KIND}:"))
    return note_visit(contribution_id=pk, user_id=link.user_id, at=link.used_at)  # type: ignore[arg-type]  # it was


def note_visit(*, contribution_id: int, user_id: int, at: dt.datetime) -> int:
    """A speaker did something at their talk, whichever way they came in: the newest invitation to it is opened."""
    theirs = Invitation.objects.standing().filter(contribution=contribution_id, speaker__user=user_id)
    newest = theirs.order_by("-sent_at", "-pk").values("pk", "opened_at").first()
    if newest is None or newest["opened_at"] is not None:
        return 0
    return Invitation.objects.filter(pk=newest["pk"], opened_at=None).update(opened_at=at)
