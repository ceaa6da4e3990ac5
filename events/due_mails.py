"""Which mails wait for an organiser, of many evenings at once: for the board and the front page of the admin."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from mailing.enums import Heading
from mailing.models import Subscriber

from .models import Announcement, TalkPage
from .plans import EveningMails

# A write-up is on an organiser's mind for so long; later it is still to be found among the evening's mails.
REMIND_FOR = dt.timedelta(days=30)


def mails_to_approve(events: Sequence[Any], *, at: dt.datetime) -> dict[int, list[str]]:
    """What each evening's mails to approve tell, by the evening's key; at most four queries.

    The evenings came with their progress. Where nobody is on the list, no mail wants anything of anybody.
    """
    recent = [event for event in events if event.live and _is_recent(event, at)]
    heard = {heading for heading in Heading if Subscriber.objects.hearing(heading).exists()} if recent else set()
    if not heard:
        return {}
    found = {}
    for key, mails in mails_of(recent, at=at).items():
        waiting = [plan.mail for plan in mails.wanting_approval() if plan.mail.heading in heard]
        if waiting:
            found[key] = [str(mail.get_kind_display()) for mail in waiting]
    return found


def _is_recent(event: Any, at: dt.datetime) -> bool:
    """Still to come, or told of for a short while."""
    if event.over_at > at:
        return True
    since = event.written_up_on or event.local_end.date()
    return dt.timedelta(0) <= at.astimezone(event.zone).date() - since <= REMIND_FOR


def mails_of(events: Sequence[Any], *, at: dt.datetime) -> dict[int, EveningMails]:
    """As `EveningMails.of` for evenings that came with their progress, in two queries, by key."""
    keys = [event.pk for event in events]
    rows: dict[int, list[Announcement]] = {key: [] for key in keys}
    for row in Announcement.objects.filter(event__in=keys).order_by("pk"):
        rows[row.event_id or 0].append(row)
    titles: dict[int, dict[int, str]] = {key: {} for key in keys}
    for event, pk, title in TalkPage.objects.announced().filter(event__in=keys).values_list("event", "pk", "title"):
        titles[event][pk] = title
    return {
        event.pk: EveningMails(event, at, rows[event.pk], titles[event.pk], event.slot_count, event.has_recording)
        for event in events
    }
