"""Promises that have come due are put to their speakers, once; what they say is looked at, and published."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from accounts.links import make_sign_in_link
from accounts.models import User
from mailing.actions import queue_mail, write_message
from mailing.enums import Urgency
from pages.cache import bump

from .enums import PromiseOutcome
from .models import Contribution, Promise, PromiseQuestion, PromiseReply, Speaker
from .notices import let_in_to, name_of, tell_organisers, unmarked
from .promises import due_day, paired

# One that came due longer ago is not asked about by itself: an archive that is filled in sends no mails about its past.
ASKED_WITHIN = dt.timedelta(days=60)
REMINDED_AFTER = dt.timedelta(days=14)
LINK_HOLDS = dt.timedelta(days=30)
FREED = ("withdrawn", "moved")


def each_minute(*, at: dt.datetime | None = None) -> None:
    """The clock's business: what came due is asked, what was asked and not answered is asked once more."""
    moment = at or timezone.now()
    for promise in promises_due(at=moment):
        ask_about(promise=promise, at=moment)
    for question in questions_to_repeat(at=moment):
        remind(question=question, at=moment)


def promises_due(*, at: dt.datetime) -> Iterator[Promise]:
    """Promises of released words whose day is over on the series' clock, and that nobody was asked about."""
    earliest = (at - ASKED_WITHIN).date()
    given = Contribution.objects.released().exclude(talk__state__in=FREED)
    dated = Q(due_on__gte=earliest - dt.timedelta(days=31), due_on__lt=at.date() + dt.timedelta(days=1))
    event = "contribution__talk__event__starts_at"
    about_a_year = {f"{event}__lt": at - dt.timedelta(days=364), f"{event}__gt": at - dt.timedelta(days=430)}
    undated = Q(due_on=None, **about_a_year)
    asked = PromiseQuestion.objects.filter(contribution=OuterRef("contribution"), said=OuterRef("text"))
    told = PromiseReply.objects.filter(contribution=OuterRef("contribution"), said=OuterRef("text"))
    rows = Promise.objects.filter(dated | undated, ~Exists(asked), ~Exists(told), contribution__in=given)
    for promise in rows.select_related("contribution__talk__event__series").order_by("pk"):
        event_of = promise.contribution.talk.event  # type: ignore[attr-defined]
        day = due_day(promise, given_on=event_of.local_start.date())
        if earliest <= day < at.astimezone(event_of.zone).date() and not _is_known(promise):
            yield promise


def _is_known(promise: Promise) -> bool:
    """Whether it was asked about, or answered, in words that were mended since."""
    given = promise.contribution
    texts = list(given.promises.values_list("text", flat=True))  # type: ignore[attr-defined]
    rows = [*given.promise_questions.all(), *given.promise_replies.all()]  # type: ignore[attr-defined]
    about, _ = paired(texts, rows)
    return bool(about.get(promise.text))


@transaction.atomic
def ask_about(*, promise: Promise, at: dt.datetime) -> PromiseQuestion | None:
    """One question to each speaker of the talk who has an account; None, and nothing, where nobody has.

    Side effects: a row, and a mail with a link of its own to each of them.
    """
    given = promise.contribution
    users = let_in_to(given)
    if not users:
        return None
    question, is_new = PromiseQuestion.objects.get_or_create(
        contribution=given, said=promise.text, defaults={"asked_at": at}
    )
    if is_new:
        _write(question, users, at=at, again=False)
    return question


def questions_to_repeat(*, at: dt.datetime) -> list[PromiseQuestion]:
    """Asked a fortnight ago, not answered, not repeated, and still in public."""
    told = PromiseReply.objects.filter(contribution=OuterRef("contribution"), said=OuterRef("said"))
    given = Contribution.objects.released().exclude(talk__state__in=FREED)
    asked = PromiseQuestion.objects.filter(reminded_at=None, contribution__in=given)
    between = {"asked_at__lte": at - REMINDED_AFTER, "asked_at__gt": at - ASKED_WITHIN}
    return list(asked.filter(~Exists(told), **between).select_related("contribution__talk__event__series"))


@transaction.atomic
def remind(*, question: PromiseQuestion, at: dt.datetime) -> None:
    """Once more, and never again. Side effects: as `ask_about`."""
    if PromiseQuestion.objects.filter(pk=question.pk, reminded_at=None).update(reminded_at=at):
        _write(question, let_in_to(question.contribution), at=at, again=True)


def _write(question: PromiseQuestion, users: list[User], *, at: dt.datetime, again: bool) -> None:
    talk = question.contribution.talk  # type: ignore[attr-defined]
    words = {"said": unmarked(question.said), "title": unmarked(name_of(question.contribution))}
    context = {"event": talk.event, "again": again, **words}
    message = write_message(template="speakers/email/promise_due", context=context)
    leads_to = reverse("portal:promise", args=[talk.pk, question.pk])
    for user in users:
        purpose = f"promise{'-again' if again else ''}:{question.pk}"
        link = make_sign_in_link(user=user, purpose=purpose, next=leads_to, expires_at=at + LINK_HOLDS)
        queue_mail(
            to=user.email,
            message=message,
            purpose=f"{purpose}:{user.pk}",
            urgency=Urgency.PERSONAL,
            filling={"link": link.url},
        )


@transaction.atomic
def reply_to(
    *, question: PromiseQuestion, outcome: PromiseOutcome, words: str, speaker: Speaker, by: User, at: dt.datetime
) -> PromiseReply:
    """A speaker's reply. While the organisers haven't looked at it, a second one takes its place.

    Side effects: a mail to each organiser for the first.
    """
    given = question.contribution
    on = at.astimezone(given.talk.event.zone).date()  # type: ignore[attr-defined]
    waiting = given.promise_replies.waiting().filter(said=question.said).first()  # type: ignore[attr-defined]
    reply: PromiseReply = waiting or PromiseReply(contribution=given, said=question.said)
    reply.outcome, reply.words, reply.replied_on, reply.at = outcome, words.strip(), on, at
    reply.speaker, reply.by = speaker, by
    reply.save()
    if waiting is None:
        tell_organisers(
            contribution=given,
            what="promise_replied",
            purpose=str(reply.pk),
            who=speaker.name,
            said=question.said,
            outcome=str(PromiseOutcome(outcome).label).lower(),
            reply=reply.words,
            look_at=f"{settings.SITE_URL}{reverse('promises:look', args=[reply.pk])}",
        )
    return reply


@transaction.atomic
def enter_reply(
    *, promise: Promise, outcome: PromiseOutcome, words: str, on: dt.date, by: Any, at: dt.datetime
) -> PromiseReply:
    """What a speaker told an organiser: published at once. Side effects: a line in the history; pages are made anew."""
    reply = PromiseReply.objects.create(
        contribution=promise.contribution,
        said=promise.text,
        outcome=outcome,
        words=words.strip(),
        replied_on=on,
        by=by,
        at=at,
        published_at=at,
    )
    _note(reply, "speakers.publish_reply", by)
    return reply


@transaction.atomic
def publish_reply(*, reply: PromiseReply, by: Any, at: dt.datetime) -> None:
    """Side effects: a line in the history; public pages are made anew."""
    reply.published_at, reply.set_aside_at = at, None
    reply.save(update_fields=["published_at", "set_aside_at"])
    _note(reply, "speakers.publish_reply", by)


@transaction.atomic
def set_reply_aside(*, reply: PromiseReply, by: Any, at: dt.datetime) -> None:
    """It is kept, and readers don't see it, or no longer. Side effects: as `publish_reply`."""
    reply.published_at, reply.set_aside_at = None, at
    reply.save(update_fields=["published_at", "set_aside_at"])
    _note(reply, "speakers.set_reply_aside", by)


def _note(reply: PromiseReply, action: str, by: Any) -> None:
    log(instance=reply.contribution, action=action, user=by, data={"said": reply.said})
    transaction.on_commit(bump)
