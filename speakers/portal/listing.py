"""My talks, as the portal's front page has them: seven queries, whatever their number."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..enums import Baton
from ..models import Contribution, PromiseQuestion, Speaker
from ..notices import name_of
from ..todo import Todo, still_to_do, where_it_is


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
    asked: list[PromiseQuestion]


def my_talks(user: Any, *, at: dt.datetime) -> dict[str, Any]:
    """Coming evenings, the soonest first, then past ones, the newest first."""
    me = Speaker.objects.filter(user=user).prefetch_related("merged_from").first()
    found = (
        Contribution.objects.of(user)
        .filter(talk__event__isnull=False)
        .select_related("talk__event__series", "latest_revision")
        .prefetch_related("answers", "consents", "handovers", "talk__talk_speakers__speaker")
        .prefetch_related("promise_questions", "promise_replies")
    )
    lines = [_line(contribution, me, at=at) for contribution in (found if me else ())]
    coming = [line for line in lines if line.event.over_at > at]
    past = [line for line in lines if line.event.over_at <= at]
    return {
        "me": me,
        "coming": sorted(coming, key=lambda line: (line.event.starts_at, line.talk.path)),
        "past": sorted(past, key=lambda line: (line.event.starts_at, line.talk.path), reverse=True),
    }


def _line(contribution: Contribution, me: Any, *, at: dt.datetime) -> MyTalk:
    talk = contribution.talk  # type: ignore[attr-defined]
    event = talk.event
    newest = next(iter(contribution.handovers.all()), None)
    holder = newest.to if newest else Baton.ORGANISERS
    mine = {me.pk, *(row.pk for row in me.merged_from.all())}
    accounts = {row.speaker.user_id for row in talk.talk_speakers.all()} - {None}
    return MyTalk(
        talk=talk,
        event=event,
        title=_title(contribution),
        where=where_it_is(contribution, newest, speakers=accounts),
        is_mine_now=holder == Baton.SPEAKERS,
        todo=still_to_do(contribution, mine=mine, holder=holder),
        wanted_on=event.answers_wanted_on,
        is_late=event.answers_wanted_on < at.astimezone(event.zone).date(),
        asked=_unanswered(contribution),
    )


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
