"""The evenings to come, made with the organisers' own verbs."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from events.actions import plan_evening
from events.enums import EventStatus
from events.models import EventPage, RelatedTalk, TalkPage
from speakers.actions import hand_over, save_draft
from speakers.enums import Baton
from speakers.keeping import keep_slides
from speakers.models import Contribution

from .evenings import Programme, place_of, talk_speakers
from .invited import invite_speakers
from .presentation import draw_presentation
from .shapes import Content, Evening, Talk
from .words import ask_row

TICKETS = "https://tickets.example/data-bites-{}"
STREAM = "https://watch.example/data-bites-{}"
# Who has the speakers' side of the next evening: sent to the organisers, with the speakers, not invited yet.
BATONS = {"61.1": (Baton.SPEAKERS, Baton.ORGANISERS), "61.2": (Baton.SPEAKERS,), "61.3": (Baton.SPEAKERS,)}


def load_planned(content: Content, programme: Programme, *, now: dt.datetime) -> None:
    """One confirmed with its programme announced, one tentative with open slots, one cancelled."""
    for evening in content.to_come:
        event = plan(evening, content, programme)
        pages = list(TalkPage.objects.child_of(event).in_running_order())
        for talk, page in zip(evening.talks, pages, strict=True):
            if talk.state != "open":
                announce(talk, page, programme)
                by = programme.nouns.accounts["Organiser"]
                invite_speakers(TalkPage.objects.get(pk=page.pk), key=talk.key, by=by, now=now)
                write_draft(talk, page, programme, now=now)
        event.get_latest_revision().publish(user=event.owner, skip_permission_checks=True)


def plan(evening: Evening, content: Content, programme: Programme) -> EventPage:
    number, site, nouns = evening.number, content.site, programme.nouns
    confirmed = evening.status == EventStatus.CONFIRMED
    fields: dict[str, Any] = {"status": evening.status, "standfirst": evening.introduction}
    if confirmed:
        fields |= {"booking_url": TICKETS.format(number), "online_url": STREAM.format(number)}
    return plan_evening(
        series=programme.series,
        number=number,
        starts_at=programme.starts[number],
        host=programme.host(number, site),
        venue=nouns.venues[evening.venue or "kestrel"],
        title=evening.title,
        slots=len(evening.talks),
        by=nouns.accounts["Organiser"],
        chair=nouns.speakers[site["chairs"][place_of(site["chairs"], number)]["name"]],
        **fields,
    )


def announce(talk: Talk, page: TalkPage, programme: Programme) -> None:
    """The programme's side of a slot, published."""
    draft = page.get_latest_revision_as_object()
    draft.title, draft.teaser = talk.title, talk.account
    draft.talk_speakers = talk_speakers(talk, draft, programme.nouns)
    draft.topics = [programme.nouns.topics[name] for name in talk.topics]
    draft.related_talks = [
        RelatedTalk(related=programme.talks[key], sort_order=place) for place, (key, _) in enumerate(talk.related)
    ]
    revision = draft.save_revision(user=page.owner, log_action=True)
    revision.publish(user=page.owner, skip_permission_checks=True)


def write_draft(talk: Talk, page: TalkPage, programme: Programme, *, now: dt.datetime) -> None:
    """The speakers' side: what they have written so far, and who has it now."""
    # Fresh: the one that hangs at the page knows it as it was before its speakers were named.
    given = Contribution.objects.filter(pk=page.contribution_id).first()
    if given is None:
        return
    batons = BATONS.get(talk.key, ())
    account = programme.nouns.accounts["Speaker"]
    writer = account if account.speaker in given.speakers() else None
    for step, to in enumerate(batons):
        if talk.answers and step == 0:
            draft = given.get_latest_revision_as_object()
            draft.proposed_title, draft.teaser = talk.title, talk.account
            words = {answer.question: answer.html for answer in talk.answers}
            rows = list(draft.answers.all())
            for row in rows:
                row.text = words.get(row.question.slug, "")
                row.missing = "" if row.text else row.missing
            draft.answers = rows
            draft.asks = [
                ask_row(ask, programme.starts[talk.evening].date(), draft, at) for at, ask in enumerate(talk.asks)
            ]
            save_draft(contribution=draft, by=writer)
        if writer is not None and step == 0:
            file = ContentFile(draw_presentation(talk))
            keep_slides(contribution=given, file=file, filename=f"{talk.title}.odp", by=writer)
        at = now - dt.timedelta(days=6 - 3 * step)
        hand_over(contribution=given, to=to, at=at, by=programme.nouns.accounts["Organiser"] if step == 0 else writer)
