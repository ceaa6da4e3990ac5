"""Mails about comments, gathered: of one talk at most one an hour to each, and never a word of what was said.

Mails are kept in the outbox, which organisers read; comments are none of theirs. A mail says who, how many and where.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import SignInLink, User
from mailing.actions import queue_mail, write_message
from mailing.enums import Urgency

from .enums import HelperMay
from .helping import link_for
from .models import Comment, Contribution, Helper
from .notices import YOUR_TALK, named, unmarked
from .talk_links import make_talk_link

# So that whoever reads through a draft has done so before the mail about it goes.
GATHER = dt.timedelta(minutes=10)
AT_MOST_EVERY = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may hear of comments: whose words they may see, and as whom they come in."""

    user: User
    sees: frozenset[int]
    writes: bool
    helper: Helper | None = None


def each_minute() -> None:
    """For the scheduler."""
    tell_of_comments(at=timezone.now())


def tell_of_comments(*, at: dt.datetime) -> int:
    """Queue what is due; returns how many mails. As often as one likes, by as many workers as there are."""
    made = Comment.objects.filter(told_at=None, at__lte=at - GATHER)
    seen_to = Comment.objects.filter(resolved_at__lte=at - GATHER, resolution_told_at=None)
    due = {*made.values_list("contribution", flat=True), *seen_to.values_list("contribution", flat=True)}
    return sum(_tell_of(pk, at=at) for pk in sorted(due))


@transaction.atomic
def _tell_of(pk: int, *, at: dt.datetime) -> int:
    contribution = Contribution.objects.select_for_update(of=("self",)).select_related("latest_revision").get(pk=pk)
    comments = list(contribution.comments.select_related("question"))
    told = {comment.told_at for comment in comments} | {comment.resolution_told_at for comment in comments}
    if any(moment > at - AT_MOST_EVERY for moment in told if moment):
        return 0
    new = [one for one in comments if one.told_at is None]
    resolved = [one for one in comments if one.resolved_at and one.resolution_told_at is None]
    queued = 0
    for reader in readers_of(contribution):
        mine = [one for one in new if reader.writes and one.by_id != reader.user.pk and not one.resolved_at]
        mine = [one for one in mine if one.speaker_id is None or one.speaker_id in reader.sees]
        done = [one for one in resolved if one.by_id == reader.user.pk and one.resolved_by_id != reader.user.pk]
        if mine or done:
            _queue(contribution, reader, mine, done, at=at)
            queued += 1
    contribution.comments.filter(pk__in=[one.pk for one in new]).update(told_at=at)
    contribution.comments.filter(pk__in=[one.pk for one in resolved]).update(resolution_told_at=at)
    return queued


def readers_of(contribution: Contribution) -> list[Reader]:
    """Its speakers who have an account, and those who help them."""
    talk = getattr(contribution, "talk", None)
    if talk is None:
        return []
    found: dict[int, Reader] = {}
    for speaker in contribution.speakers():
        if speaker.user is not None and speaker.user.is_active:
            sees = frozenset({speaker.pk, *speaker.merged_from.values_list("pk", flat=True)})
            found[speaker.user.pk] = Reader(speaker.user, sees, True)
    for helper in Helper.objects.open().filter(contribution=contribution).select_related("user", "speaker"):
        if helper.user.is_active and helper.user_id not in found:
            sees = frozenset({helper.speaker_id, *helper.speaker.merged_from.values_list("pk", flat=True)})
            found[helper.user_id] = Reader(helper.user, sees, helper.may == HelperMay.EDIT, helper)
    return list(found.values())


def _queue(
    contribution: Contribution, reader: Reader, new: list[Comment], done: list[Comment], *, at: dt.datetime
) -> None:
    talk, link = contribution.talk, _link(contribution, reader, at=at)  # type: ignore[attr-defined]
    otherwise = YOUR_TALK if reader.helper is None else f"{reader.helper.speaker.name}’s talk"
    words = {
        "named": unmarked(named(contribution.get_latest_revision_as_object(), otherwise=otherwise)),
        "event": talk.event,
        "new": len(new),
        "lines": _lines((unmarked(one.by_name), _place(one)) for one in new),
        "done": len(done),
        "done_lines": _lines((unmarked(one.resolved_by_name), _place(one)) for one in done),
    }
    queue_mail(
        to=reader.user.email,
        message=write_message(template="speakers/email/comments", context=words),
        purpose=f"{link.purpose}:comments:{link.pk}",
        urgency=Urgency.PERSONAL,
        filling={"link": link.url},
    )


def _link(contribution: Contribution, reader: Reader, *, at: dt.datetime) -> SignInLink:
    if reader.helper is not None:
        return link_for(reader.helper, at=at)
    return make_talk_link(user=reader.user, contribution=contribution, at=at)


def _place(comment: Comment) -> str:
    """ "“What problem are you trying to solve?”", "the title"."""
    if comment.question is not None:
        return f"“{unmarked(comment.question.text)}”"
    return str(comment.get_about_display()).lower()


def _lines(told: Iterable[tuple[str, str]]) -> list[str]:
    """ "Sam Reed on the title", with how many where there are several."""
    return [f"{who} on {place}{f' ({number})' if number > 1 else ''}" for (who, place), number in Counter(told).items()]
