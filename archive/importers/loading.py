"""A plan made into drafts: the evening, its talks, what was given to them, what the audience asked.

Nothing here becomes public but plain rows of an evening that is live already, and those wait unless they may show.
Runs in its caller's transaction.
"""

from events.actions import plan_evening
from events.enums import EventStatus
from events.models import EventPage
from events.models.events import CALLED_OFF
from pages.english import moment

from .audience import load_audience
from .given import load_given
from .job import Job, keep_draft
from .review import leftover_lines
from .rich_text import rich_text_of
from .talks import load_talks
from .timeline import add_chapters, add_recordings


def load_evening(job: Job) -> EventPage:
    """A new evening of drafts.

    Raises:
        NumberTaken: the series has an evening with this number.
        NoSuchMoment: it would have begun while the clocks changed.
    """
    event = plan_evening(
        series=job.series,
        number=job.facts.number,
        starts_at=job.facts.starts_at(job.series),
        slots=len(job.plan.talks),
        status=EventStatus.CONFIRMED,
        by=job.by,
    )
    return load_into(event, job)


def load_into(event: EventPage, job: Job) -> EventPage:
    """New drafts of an evening and its talks. Words that only the evening has stay."""
    pages = load_talks(event, job)
    for page, talk in zip(pages, job.plan.talks, strict=True):
        load_given(page, talk, job)
        load_audience(event, page, talk, job)
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    _fill(draft, job)
    _keep_leftovers(draft, job)
    add_recordings(draft, job.plan.recordings)
    add_chapters(draft, job.plan, pages)
    keep_draft(draft, by=job.by)
    return EventPage.objects.get(pk=event.pk)


def _fill(draft: EventPage, job: Job) -> None:
    facts = job.facts
    draft.introduction = rich_text_of(job.plan.introduction) or draft.introduction
    draft.sign_off = rich_text_of(job.plan.sign_off) or draft.sign_off
    count = job.series.host_count(facts.number)
    draft.host = facts.host or draft.host or (count.host if count else None)
    draft.byline = facts.byline or draft.byline
    draft.original_url = facts.original_url or draft.original_url
    draft.written_up_on = facts.written_up_on or draft.written_up_on or facts.day
    if draft.status in CALLED_OFF:
        job.note(f"This evening is {draft.get_status_display().lower()} here. Change that if it was held.")
    else:
        draft.status = EventStatus.CONFIRMED
    starts_at = facts.starts_at(job.series)
    if draft.local_start.date() != facts.day or (facts.start and draft.starts_at != starts_at):
        job.note(f"It was to begin on {moment(draft.local_start)}; this draft says {moment(starts_at)}.")
        draft.starts_at = starts_at


def _keep_leftovers(draft: EventPage, job: Job) -> None:
    """What this text leaves over, and what earlier ones left that this one doesn't have at all."""
    in_text = {line for lines in job.plan.lines().values() for line in lines}
    earlier = [line for line in draft.leftovers.splitlines() if line.strip() and line.strip() not in in_text]
    leftovers = "\n".join([*earlier, *leftover_lines(job.plan)])
    if leftovers != draft.leftovers:
        draft.leftovers = leftovers
        draft.leftovers_seen = False
    if job.wishes.leftovers_seen:
        draft.leftovers_seen = True
