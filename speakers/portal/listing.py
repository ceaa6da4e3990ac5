"""My talks and those I help with, as the portal's front page has them: whatever their number, as many queries."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ..enums import Baton
from ..models import Contribution, Helper, PromiseQuestion, Speaker
from ..notices import name_of
from ..querysets import ContributionQuerySet
from ..todo import Todo, for_helpers, still_to_do, where_it_is


@dataclass(frozen=True, slots=True)
class MyTalk:
    """A talk, who has what is given to it, and what is to do by when."""

    talk: Any
    event: Any
    title: str
    where: str
    is_mine_now: bool
    todo: list[Todo]
    wanted_on: dt.date
    is_late: bool
    helper: Helper | None = None
    asked: list[PromiseQuestion] = field(default_factory=list)


def my_talks(user: Any, *, at: dt.datetime) -> dict[str, Any]:
    """Coming evenings, the soonest first, then past ones, the newest first."""
    me = Speaker.objects.filter(user=user).prefetch_related("merged_from").first()
    found = _with_all(Contribution.objects.of(user)).prefetch_related("promise_questions", "promise_replies")
    lines = [_line(contribution, me, at=at) for contribution in (found if me else ())]
    mine = {line.talk.contribution_id for line in lines}
    coming = [line for line in lines if line.event.over_at > at]
    past = [line for line in lines if line.event.over_at <= at]
    return {
        "me": me,
        "coming": sorted(coming, key=lambda line: (line.event.starts_at, line.talk.path)),
        "past": sorted(past, key=lambda line: (line.event.starts_at, line.talk.path), reverse=True),
        "helping": sorted(_helping(user, mine, at=at), key=lambda line: (line.event.starts_at, line.talk.path)),
    }


def _with_all(contributions: ContributionQuerySet) -> ContributionQuerySet:
    return (
        contributions.filter(talk__event__isnull=False)
        .select_related("talk__event__series", "latest_revision")
        .prefetch_related("answers", "consents", "handovers", "talk__talk_speakers__speaker")
    )


def _helping(user: Any, mine: Collection[int], *, at: dt.datetime) -> list[MyTalk]:
    """Talks they help with; not those that are theirs."""
    rows = Helper.objects.open().filter(user=user).exclude(contribution__in=mine)
    helpers = {
        row.contribution_id: row for row in rows.select_related("speaker").prefetch_related("speaker__merged_from")
    }
    found = _with_all(Contribution.objects.filter(pk__in=helpers)) if helpers else ()
    return [_line(one, helpers[one.pk].speaker, at=at, helper=helpers[one.pk]) for one in found]


def _line(contribution: Contribution, me: Any, *, at: dt.datetime, helper: Helper | None = None) -> MyTalk:
    talk = contribution.talk  # type: ignore[attr-defined]
    event = talk.event
    newest = next(iter(contribution.handovers.all()), None)
    holder = newest.to if newest else Baton.ORGANISERS
    mine = {me.pk, *(row.pk for row in me.merged_from.all())}
    todo = still_to_do(contribution, mine=mine, holder=holder)
    return MyTalk(
        talk=talk,
        event=event,
        title=_title(contribution),
        where=where_it_is(contribution, newest, speakers=_accounts(talk, me), them=me.name if helper else ""),
        is_mine_now=holder == Baton.SPEAKERS,
        todo=todo if helper is None else for_helpers(todo, helper),
        wanted_on=event.answers_wanted_on,
        is_late=event.answers_wanted_on < at.astimezone(event.zone).date(),
        helper=helper,
        asked=_unanswered(contribution) if helper is None else [],
    )


def _accounts(talk: Any, me: Any) -> set[int]:
    """The accounts of its speakers; whoever looks may stand in a draft of the programme alone."""
    return {me.user_id, *(row.speaker.user_id for row in talk.talk_speakers.all())} - {None}


def _unanswered(contribution: Contribution) -> list[PromiseQuestion]:
    """What they were asked about what they had said would happen, and have not told yet."""
    if not contribution.live:
        return []
    told = {reply.said for reply in contribution.promise_replies.all()}  # type: ignore[attr-defined]
    return [row for row in contribution.promise_questions.all() if row.said not in told]  # type: ignore[attr-defined]


def _title(contribution: Contribution) -> str:
    """As they proposed it in the newest draft, while the programme has no title yet."""
    if contribution.latest_revision is not None:
        contribution.proposed_title = contribution.latest_revision.content.get("proposed_title") or ""
    return name_of(contribution)
