"""How it stands with a talk's invitations, for organisers: one query for however many talks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mailing.enums import MailState

from .models import Contribution, Invitation, Speaker

NOT_YET, WAITING, SENT, OPENED, REFUSED, WITHDRAWN = "not-yet", "waiting", "sent", "opened", "refused", "withdrawn"
WORDS = {
    NOT_YET: "not invited yet",
    WAITING: "invited, the mail has not left yet",
    SENT: "invited, not opened yet",
    OPENED: "opened",
    REFUSED: "the mail did not arrive",
    WITHDRAWN: "withdrawn",
}
DID_NOT_ARRIVE = (MailState.SET_ASIDE, MailState.BOUNCED, MailState.COMPLAINED, MailState.CANCELLED)


def state_of(invitation: Any) -> str:
    """One of the six above, of an invitation that came `with_mail()`."""
    if invitation.withdrawn_at is not None:
        return WITHDRAWN
    if invitation.opened_at is not None:
        return OPENED
    if invitation.mail_state in DID_NOT_ARRIVE:
        return REFUSED
    return WAITING if invitation.mail_state == MailState.QUEUED else SENT


@dataclass(frozen=True, slots=True)
class Guest:
    """A speaker of a talk, what was sent to them, the newest last, and how it stands."""

    speaker: Speaker
    sent: tuple[Any, ...]
    speaks: bool = True

    @property
    def newest(self) -> Any:
        return self.sent[-1] if self.sent else None

    @property
    def state(self) -> str:
        return state_of(self.newest) if self.sent else NOT_YET

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def is_standing(self) -> bool:
        return self.state not in (NOT_YET, WITHDRAWN)


def people_in_draft(contribution: Contribution) -> list[Speaker]:
    """A talk's speakers in its programme's newest draft with their accounts, each as whom they were merged into."""
    keys = list(dict.fromkeys(row.speaker_id for row in contribution.appearances()))
    found = Speaker.objects.select_related("user", "merged_into__user").in_bulk(keys)
    return list(dict.fromkeys(found[key].merged_into or found[key] for key in keys if key in found))


def invitations_of(contributions: Iterable[Contribution]) -> dict[int, list[Any]]:
    """By the contribution's key, in order of time. One query."""
    found: dict[int, list[Any]] = {contribution.pk: [] for contribution in contributions}
    rows = Invitation.objects.filter(contribution__in=list(found)).with_mail().select_related("speaker", "by")
    for row in rows:
        found[row.contribution_id].append(row)
    return found


def guests(people: Iterable[Speaker], sent: Iterable[Any]) -> list[Guest]:
    """A talk's people, and whoever was invited and isn't among them any more, while their invitation stands."""
    rows: dict[int, list[Any]] = {}
    for row in sent:
        rows.setdefault(row.speaker_id, []).append(row)
    found = [Guest(person, tuple(rows.pop(person.pk, ()))) for person in people]
    others = [Guest(theirs[-1].speaker, tuple(theirs), speaks=False) for theirs in rows.values()]
    return [*found, *(guest for guest in others if guest.is_standing)]
