"""Mails about a contribution: to whoever may organise, and to its speakers. Each is a row of the outbox."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mailing.actions import queue_mail, write_message
from mailing.enums import Urgency
from mailing.models import Message

from .models import Contribution, Speaker
from .talk_links import make_talk_link

MAY_ORGANISE = "events.organise_evening"
YOUR_TALK = "your talk"


def organisers() -> Iterable[User]:
    """Whoever may plan and run evenings, administrators too."""
    return ModelBackend().with_perm(MAY_ORGANISE).order_by("pk")  # type: ignore[no-any-return]


def tell_organisers(*, contribution: Contribution, what: str, purpose: str, **words: Any) -> None:
    """Queue `speakers/email/<what>` to each organiser. Call it in the transaction of the fact it tells."""
    address = reverse("wagtailsnippets_speakers_contribution:edit", args=[contribution.pk])
    address = f"{settings.SITE_URL}{address}"
    otherwise = contribution.talk.in_words if hasattr(contribution, "talk") else "a contribution without a talk"
    message = message_about(contribution=contribution, what=what, address=address, otherwise=otherwise, **words)
    for user in organisers():
        _queue(user, message, f"{what}:{purpose}:{user.pk}")


def tell_speakers(*, contribution: Contribution, what: str, purpose: str, **words: Any) -> None:
    """Queue `speakers/email/<what>` to each speaker of the talk who has an account, each with a link of their own."""
    talk = getattr(contribution, "talk", None)
    if talk is None:
        return
    at, message = timezone.now(), message_about(contribution=contribution, what=what, address="%%link%%", **words)
    for user in let_in_to(contribution):
        link = make_talk_link(user=user, contribution=contribution, at=at)
        _queue(user, message, f"{what}:{purpose}:{user.pk}", filling={"link": link.url})


def let_in_to(contribution: Contribution) -> list[User]:
    """The accounts of a talk's speakers that may open it."""
    return [speaker.user for speaker in speakers_let_in_to(contribution)]  # type: ignore[misc]  # each has one


def speakers_let_in_to(contribution: Contribution) -> list[Speaker]:
    """A talk's speakers who have an account that may open it."""
    people = [speaker for speaker in contribution.speakers() if speaker.user is not None and speaker.user.is_active]
    return [one for one in people if Contribution.objects.of(one.user).filter(pk=contribution.pk).exists()]


def _queue(user: User, message: Message, purpose: str, filling: dict[str, str] | None = None) -> None:
    queue_mail(to=user.email, message=message, purpose=purpose, urgency=Urgency.PERSONAL, filling=filling)


def message_about(
    *, contribution: Contribution, what: str, address: str, otherwise: str = YOUR_TALK, **words: Any
) -> Message:
    """`speakers/email/<what>` about a contribution; `otherwise` is what its reader calls a talk without a title."""
    talk = getattr(contribution, "talk", None)
    return write_message(
        template=f"speakers/email/{what}",
        context={
            "talk": talk,
            "event": getattr(talk, "event", None),
            "named": unmarked(named(contribution.get_latest_revision_as_object(), otherwise=otherwise)),
            "address": address,
            **{name: unmarked(value) for name, value in words.items()},
        },
    )


def tell_organisers_of(*, speaker: Speaker, what: str, purpose: str, **words: Any) -> None:
    """Queue `speakers/email/<what>` about a person to each organiser; the same purpose goes once."""
    address = reverse("wagtailsnippets_speakers_speaker:edit", args=[speaker.pk])
    context = {name: unmarked(value) for name, value in {"name": speaker.name, **words}.items()}
    message = write_message(
        template=f"speakers/email/{what}", context={"address": f"{settings.SITE_URL}{address}", **context}
    )
    for user in organisers():
        _queue(user, message, f"{what}:{purpose}:{user.pk}")


def unmarked(value: Any) -> Any:
    """What people typed, so that nothing in it is taken for a blank that the outbox fills in."""
    if isinstance(value, list):
        return [unmarked(one) for one in value]
    return value.replace("%%", "% %") if isinstance(value, str) else value


def name_of(contribution: Contribution) -> str:
    """What people call this talk: its title in the programme, the speakers' own until it has one.

    Give it the newest draft where the speakers' own counts before it is released.
    """
    return title_of(contribution) or YOUR_TALK


def named(contribution: Contribution, *, otherwise: str = YOUR_TALK) -> str:
    """The same within a sentence: “Tides”; `otherwise` where nobody has given it a title."""
    title = title_of(contribution)
    return f"“{title}”" if title else otherwise


def title_of(contribution: Contribution) -> str:
    """Empty where nobody has given it one."""
    talk = getattr(contribution, "talk", None)
    return str(talk.title) if talk is not None and talk.is_announced else contribution.proposed_title
