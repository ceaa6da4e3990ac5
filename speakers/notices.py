"""Mails about a contribution: to whoever may organise, and to its speakers. Each is a row of the outbox."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.urls import reverse

from accounts.models import User
from mailing.actions import queue_mail, write_message
from mailing.enums import Urgency

from .models import Contribution

MAY_ORGANISE = "events.organise_evening"


def organisers() -> Iterable[User]:
    """Whoever may plan and run evenings, administrators too."""
    return ModelBackend().with_perm(MAY_ORGANISE).order_by("pk")  # type: ignore[no-any-return]


def tell_organisers(*, contribution: Contribution, what: str, purpose: str, **words: Any) -> None:
    """Queue `speakers/email/<what>` to each organiser. Call it in the transaction of the fact it tells."""
    address = reverse("wagtailsnippets_speakers_contribution:edit", args=[contribution.pk])
    _tell(organisers(), contribution=contribution, what=what, purpose=purpose, address=address, **words)


def tell_speakers(*, contribution: Contribution, what: str, purpose: str, **words: Any) -> None:
    """Queue `speakers/email/<what>` to each speaker of the talk who has an account."""
    talk = getattr(contribution, "talk", None)
    if talk is None:
        return
    users = [speaker.user for speaker in contribution.speakers() if speaker.user is not None and speaker.user.is_active]
    address = reverse("portal:talk", args=[talk.pk])
    _tell(users, contribution=contribution, what=what, purpose=purpose, address=address, **words)


def _tell(
    users: Iterable[User], *, contribution: Contribution, what: str, purpose: str, address: str, **words: Any
) -> None:
    talk = getattr(contribution, "talk", None)
    message = write_message(
        template=f"speakers/email/{what}",
        context={
            "talk": talk,
            "event": getattr(talk, "event", None),
            "title": unmarked(name_of(contribution)),
            "address": f"{settings.SITE_URL}{address}",
            **{name: unmarked(value) for name, value in words.items()},
        },
    )
    for user in users:
        queue_mail(to=user.email, message=message, purpose=f"{what}:{purpose}:{user.pk}", urgency=Urgency.PERSONAL)


def unmarked(value: Any) -> Any:
    """What people typed, so that nothing in it is taken for a blank that the outbox fills in."""
    if isinstance(value, list):
        return [unmarked(one) for one in value]
    return value.replace("%%", "% %") if isinstance(value, str) else value


def name_of(contribution: Contribution) -> str:
    """What people call this talk: its title in the programme, the speakers' own until it has one."""
    talk = getattr(contribution, "talk", None)
    if talk is not None and talk.is_announced:
        return str(talk.title)
    return contribution.proposed_title or "your talk"
