"""Speakers who hold a talk and have not sent it are reminded by mail: what is missing, by when, and their way in."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import SignInLink, User
from mailing.actions import queue_mail, write_message
from mailing.enums import Urgency
from mailing.prepared import fill, fill_html
from mailing.writing import written
from pages.english import listed

from .enums import Baton, ConsentTo, MissingReason
from .helping import link_for, writers_of
from .models import Contribution, Helper, Speaker
from .notices import named, speakers_let_in_to, title_of, unmarked
from .prose import plain_text
from .talk_links import make_talk_link

TEMPLATE = "speakers/email/reminder"
ACTION = "speakers.remind"
# A second press of the button, or of another organiser's.
JUST_NOW = dt.timedelta(minutes=10)


class RemindedJustNow(Exception):
    """They were reminded within the last minutes; the message says so."""


class NothingToRemind(Exception):
    """The speakers don't hold it, or nobody of them can be written to."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A speaker who can come in, or who writes for one."""

    speaker: Speaker
    user: User
    helper: Helper | None = None

    def __str__(self) -> str:
        return f"{self.helper}, who writes for {self.speaker}" if self.helper else str(self.speaker)

    def link(self, contribution: Contribution, *, at: dt.datetime) -> SignInLink:
        if self.helper is not None:
            return link_for(self.helper, at=at)
        return make_talk_link(user=self.user, contribution=contribution, at=at)

    def purpose(self, contribution: Contribution, *, number: int) -> str:
        """Of a helper's it begins as all mails to them do, so that ending them calls it back."""
        if self.helper is not None:
            return f"{self.helper.purpose}:reminder:{number}"
        return f"reminder:{contribution.pk}:{number}:{self.user.pk}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail as its recipient sees it, but for the link, which nobody else should have."""

    to: Recipient
    subject: str
    text: str
    html: str


@transaction.atomic
def remind(*, contribution: Contribution, note: str, by: User, at: dt.datetime) -> list[Recipient]:
    """Mail each speaker who can come in, and whoever writes for one, what is still missing.

    Side effects: a link and a mail for each; a line in the history, which is where `last_reminded` reads.

    Raises:
        NothingToRemind, RemindedJustNow
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    people = recipients_of(fresh) if fresh.held_by == Baton.SPEAKERS else []
    if not people:
        raise NothingToRemind("Nobody was reminded: the speakers don’t have it, or nobody of them can be written to.")
    before = reminders_of(fresh)
    if (newest := before.first()) is not None and newest.timestamp > at - JUST_NOW:
        raise RemindedJustNow(f"{newest.data['people']} had a reminder within the last ten minutes. No other was sent.")
    # Of two presses that reach here side by side the second finds the mails of the first under its purposes.
    number = before.count() + 1
    for one in people:
        message = write_message(template=TEMPLATE, context=context_of(fresh, one, note=note, by=by, at=at))
        queue_mail(
            to=one.user.email,
            message=message,
            purpose=one.purpose(fresh, number=number),
            urgency=Urgency.PERSONAL,
            filling={"link": one.link(fresh, at=at).url},
        )
    log(instance=fresh, action=ACTION, user=by, data={"people": listed([_name(one) for one in people])}, timestamp=at)
    return people


def _name(one: Recipient) -> str:
    return str(one.helper or one.speaker)


def recipients_of(contribution: Contribution) -> list[Recipient]:
    """Its speakers who can come in, then whoever writes for one."""
    speakers = [Recipient(one, one.user) for one in speakers_let_in_to(contribution) if one.user is not None]
    return [*speakers, *(Recipient(one.speaker, one.user, one) for one in writers_of(contribution))]


def reminders_of(contribution: Contribution) -> Any:
    """The lines of its history about reminders, newest first."""
    return ModelLogEntry.objects.for_instance(contribution).filter(action=ACTION).order_by("-timestamp", "-pk")


def last_reminded(contribution: Contribution) -> dt.datetime | None:
    return reminders_of(contribution).values_list("timestamp", flat=True).first()  # type: ignore[no-any-return]


def lacking(draft: Contribution, one: Recipient) -> list[str]:
    """What they could still give, by name."""
    return [*_words(draft, one.speaker), *_consents(draft, one)]


def _words(draft: Contribution, speaker: Speaker) -> Iterator[str]:
    if not title_of(draft):
        yield "A title"
    for row in draft.answers.all():
        is_theirs = row.joint or row.speaker_id == speaker.pk
        if is_theirs and not plain_text(row.text) and row.missing in ("", MissingReason.TO_COME):
            yield f"An answer: {row.wording}"
    if not draft.slides_id and not draft.slides_url:
        yield "Slides, as a file or a link"


def _consents(draft: Contribution, one: Recipient) -> Iterator[str]:
    """Only a speaker says what may be published."""
    told = set(draft.consents.filter(speaker=one.speaker).values_list("what", flat=True))
    if one.helper is None and set(ConsentTo.values) - told:
        yield "What may be recorded and published"


def context_of(contribution: Contribution, one: Recipient, *, note: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """What a reminder says to one of them."""
    talk = contribution.talk  # type: ignore[attr-defined]  # nobody speaks in a contribution without one
    draft = contribution.get_latest_revision_as_object()
    helped = one.speaker.name if one.helper else ""
    return {
        "event": talk.event,
        "named": unmarked(named(draft, otherwise=f"{helped}’s talk" if helped else "your talk")),
        "helped": unmarked(helped),
        "who": unmarked(str(by)),
        "note": unmarked(note.strip()),
        "lacking": unmarked(lacking(draft, one)),
        "wanted_on": talk.event.answers_wanted_on,
        "is_late": talk.event.answers_wanted_on < at.astimezone(talk.event.zone).date(),
    }


def show(contribution: Contribution, *, note: str, by: User, at: dt.datetime) -> list[Shown]:
    """The mails that would go, before they go."""
    theirs = {"link": f"{settings.SITE_URL}/account/link/their-own/"}
    shown = []
    for one in recipients_of(contribution):
        context = context_of(contribution, one, note=note, by=by, at=at)
        subject, text, html = written(template=TEMPLATE, context=context)
        shown.append(Shown(one, fill(subject, theirs), fill(text, theirs), fill_html(html, theirs)))
    return shown
