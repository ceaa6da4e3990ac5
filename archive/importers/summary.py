"""A plan in words, for the person who looks at it before anything is kept."""

from collections.abc import Iterator

from django.utils.text import capfirst

from events.models import SeriesPage
from pages.english import counted, day

from .evening import EveningFacts
from .matching import Directory
from .plan import SpeakerPlan, TalkPlan, WriteupPlan
from .series import FIRST_TITLE


def summarise(
    plan: WriteupPlan, *, facts: EveningFacts, series: SeriesPage | None, directory: Directory | None
) -> Iterator[str]:
    """Lines that say what would be made of the text, and whom the site knows already."""
    yield f"{series.title if series else FIRST_TITLE} {facts.number}, {day(facts.day)}"
    yield f"Introduction: {_paragraphs(plan.introduction)}. Sign-off: {_paragraphs(plan.sign_off)}."
    yield f"Recordings: {len(plan.recordings)}. Chapters: {len(plan.chapters)}."
    for position, talk in enumerate(plan.talks, start=1):
        yield ""
        yield from _tell_talk(position, talk, directory)
    yield ""
    yield f"Left over: {counted(len(plan.unplaced), 'line')}."
    yield from (f"    {line}" for line in plan.unplaced)


def _paragraphs(text: str) -> str:
    return counted(len(text.split("\n")) if text else 0, "line")


def _tell_talk(position: int, talk: TalkPlan, directory: Directory | None) -> Iterator[str]:
    yield f"{position}. {talk.title}{' (a title of ours)' if talk.title_is_ours else ''}"
    for speaker in talk.speakers:
        yield f"    {_tell_speaker(speaker, directory)}"
    parts = (
        counted(len(talk.answers), "answer"),
        counted(len(talk.audience_questions), "question from the audience", "questions from the audience"),
        counted(len(talk.slides), "link to slides", "links to slides"),
        counted(len(talk.links), "other link"),
    )
    yield f"    {capfirst(', '.join(parts))}."


def _tell_speaker(speaker: SpeakerPlan, directory: Directory | None) -> str:
    organisation = speaker.organisation
    if directory is None:
        return ", ".join(part for part in (speaker.name, speaker.role, organisation) if part)
    person = directory.person(speaker.name, organisation=organisation).row
    told = [f"{speaker.name} ({_known(person, speaker.name)})", speaker.role]
    if organisation:
        told.append(f"{organisation} ({_known(directory.organisation(organisation).row, organisation)})")
    return ", ".join(part for part in told if part)


def _known(row: object, name: str) -> str:
    if row is None:
        return "new"
    return "known" if str(row) == name else f"known as {row}"
