"""The programme's side of a write-up: each talk of the plan in its slot, as a draft."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from events.actions import add_slot
from events.enums import FREES_A_SLOT, TalkState
from events.models import EventPage, RelatedTalk, TalkPage, TalkSpeaker
from speakers.keys import fold
from speakers.models import Speaker

from .blocks import Block
from .fitting import fit, room, without_controls
from .headings import is_links_heading
from .job import Job, keep_draft
from .matching import Directory
from .plan import SpeakerPlan, TalkPlan
from .related import RelatedHint, find_related
from .review import whose
from .rich_text import rich_text


def load_talks(event: EventPage, job: Job) -> list[TalkPage]:
    """Drafts of the plan's talks, in its order. A talk that isn't in the plan stays as it is, with a note."""
    drafts = [row.get_latest_revision_as_object() for row in TalkPage.objects.child_of(event).in_running_order()]
    places = place_talks(drafts, job.plan.talks, job.directory)
    pages = []
    for talk, draft in zip(job.plan.talks, places, strict=True):
        page = draft or add_slot(event=event, by=job.by).get_latest_revision_as_object()
        _fill(page, talk, job)
        keep_draft(page, by=job.by)
        pages.append(TalkPage.objects.get(pk=page.pk))
    for draft in drafts:
        if draft not in places and (draft.is_announced or draft.talk_speakers.all()):
            job.note(f"“{draft.title}” is not in this text, and stays as it is.")
    return pages


def place_talks(drafts: Sequence[TalkPage], talks: Sequence[TalkPlan], directory: Directory) -> list[TalkPage | None]:
    """For each talk its page: the one with the same first speaker, or the same title, or the next empty slot."""
    places: list[TalkPage | None] = [None] * len(talks)
    free = list(drafts)

    def try_all(is_its: Callable[[TalkPage, TalkPlan], bool]) -> None:
        for position, talk in enumerate(talks):
            if places[position] is None:
                page = next((draft for draft in free if is_its(draft, talk)), None)
                if page is not None:
                    places[position] = page
                    free.remove(page)

    try_all(lambda draft, talk: _is_led_by(draft, _known(talk, directory)))
    try_all(lambda draft, talk: draft.is_announced and fold(draft.title) == fold(talk.title))
    try_all(lambda draft, talk: _is_empty(draft))
    return places


def _known(talk: TalkPlan, directory: Directory) -> Speaker | None:
    if not talk.speakers:
        return None
    first = talk.speakers[0]
    return directory.person(first.name, organisation=first.organisation).row


def _is_led_by(draft: TalkPage, speaker: Speaker | None) -> bool:
    rows = list(draft.talk_speakers.all())
    return bool(speaker and rows and rows[0].speaker_id == speaker.pk)


def _is_empty(draft: TalkPage) -> bool:
    """A slot that nobody has put anything in."""
    given = draft.contribution
    untouched = not draft.is_announced and not draft.talk_speakers.all() and draft.takes_a_slot
    return untouched and not (given and given.has_words())


def _fill(draft: TalkPage, talk: TalkPlan, job: Job) -> None:
    if not (talk.title_is_ours and draft.is_announced):
        draft.title = without_controls(talk.title)
        draft.title_is_ours = talk.title_is_ours
    draft.account = rich_text(_account(talk)) or draft.account
    if draft.state in FREES_A_SLOT:
        job.note(f"“{draft.title}” is in this text, though here it is {draft.get_state_display().lower()}.")
    else:
        draft.state = TalkState.GIVEN
    draft.talk_speakers = list(_people(draft, talk, job))
    draft.related_talks = list(_related(draft, talk, job))


def _account(talk: TalkPlan) -> tuple[Block, ...]:
    """The account without headings of links that are lost: they would lead readers nowhere. Organisers are told."""
    lost = {link.label for link in talk.lost_links if is_links_heading(link.label)}
    return replace(talk, text="\n".join(line for line in talk.text.split("\n") if line not in lost)).blocks


def _people(draft: TalkPage, talk: TalkPlan, job: Job) -> Iterator[TalkSpeaker]:
    """The people of the text in its order, then those that only the draft has."""
    rows = {row.speaker_id: row for row in draft.talk_speakers.all()}
    place = 0
    for place, plan in enumerate(talk.speakers, start=1):
        speaker = job.directory.person(plan.name, organisation=plan.organisation).row
        speaker = speaker or job.directory.make_person(plan.name)
        row = rows.pop(speaker.pk, None) or TalkSpeaker(speaker=speaker)
        _introduce(row, plan, job.directory)
        row.sort_order = place
        yield row
    for others, row in enumerate(rows.values(), start=1):
        job.note(f"{whose(talk)}: {row.speaker} is not named by this text, and stays in the talk.")
        row.sort_order = place + others
        yield row


def _introduce(row: TalkSpeaker, plan: SpeakerPlan, directory: Directory) -> None:
    """Role, organisation and place as the text has them; what it leaves out stays."""
    role = plan.role[:1].upper() + plan.role[1:]
    row.role = fit(role, room(TalkSpeaker, "role")) or row.role
    row.place = fit(plan.place, room(TalkSpeaker, "place")) or row.place
    if plan.organisation:
        row.organisation = directory.organisation(plan.organisation).row or directory.make_organisation(
            plan.organisation
        )


def _related(draft: TalkPage, talk: TalkPlan, job: Job) -> Iterator[RelatedTalk]:
    """The rows that are there, and one for each earlier evening that the account names."""
    rows = list(draft.related_talks.all())
    yield from rows
    known = {fold(row.words) for row in rows} | {row.related_id for row in rows if row.related_id}
    hints = find_related(talk.text.split("\n"), series=job.series.title, number=job.facts.number)
    for place, hint in enumerate(hints, start=len(rows)):
        related = _talk_meant(hint, draft, job)
        if fold(hint.words) in known or (related and related.pk in known):
            continue
        words = fit(hint.words, room(RelatedTalk, "words"))
        yield RelatedTalk(related=related, number=hint.number, year=hint.year, words=words, sort_order=place)
        known.add(fold(hint.words))


def _talk_meant(hint: RelatedHint, draft: TalkPage, job: Job) -> TalkPage | None:
    """The one talk of that evening that a speaker of this talk gave, where it is in."""
    if hint.number is None:
        return None
    people = [row.speaker_id for row in draft.talk_speakers.all()]
    talks = TalkPage.objects.filter(
        event__series=job.series, event__number=hint.number, talk_speakers__speaker__in=people
    ).distinct()[:2]
    return talks[0] if len(talks) == 1 else None
