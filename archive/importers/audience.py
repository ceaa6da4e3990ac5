"""What the audience asked, as rows beside the pages."""

from events.enums import QuestionSource, QuestionState
from events.models import AudienceQuestion, EventPage, TalkPage
from speakers.keys import fold

from .fitting import without_controls
from .job import Job
from .plan import AudienceQuestionPlan, TalkPlan
from .rich_text import rich_text
from .turns import is_about

_SOURCES = {
    "Slido": QuestionSource.SLIDO,
    "Mentimeter": QuestionSource.CHAT,
    "Twitter": QuestionSource.CHAT,
    "the chat": QuestionSource.CHAT,
    "online": QuestionSource.CHAT,
}


def load_audience(event: EventPage, page: TalkPage, talk: TalkPlan, job: Job) -> None:
    """A row for each question that isn't there yet; an answer that is there is never written over.

    These rows have no drafts: beside a live evening they wait, answer and all, unless the write-up is published now.
    """
    may_show = job.wishes.publish or not event.live
    unmatched = list(AudienceQuestion.objects.filter(event=event, talk=page))
    people = [row.speaker for row in page.talk_speakers.all()]
    for place, asked in enumerate(talk.audience_questions):
        answer = rich_text(asked.blocks)
        row = next((known for known in unmatched if fold(known.as_asked) == fold(asked.question)), None)
        if row is not None:
            unmatched.remove(row)
        row = row or AudienceQuestion(
            event=event,
            talk=page,
            order=place,
            as_asked=without_controls(asked.question),
            text=without_controls(asked.question),
            source=_SOURCES.get(asked.source, QuestionSource.ROOM),
            answered_by=people[0] if answer and len(people) == 1 else None,
        )
        if row.answer and row.answer != answer:
            job.note(f"“{asked.question[:100]}”: its answer here differs from this text, and stays as it is.")
            continue
        row.answer = answer
        if row.state == QuestionState.WAITING and answer:
            row.state = _state(asked, talk) if may_show else QuestionState.WAITING
            if not may_show:
                job.note(f"“{asked.question[:100]}” waits, since this evening is public already: mark it as answered.")
        row.save()


def _state(asked: AudienceQuestionPlan, talk: TalkPlan) -> QuestionState:
    """Answered in writing; reported where the answer tells of the speaker instead of speaking."""
    told = is_about(asked.answer.split("\n", 1)[0], talk.speakers)
    return QuestionState.REPORTED if told else QuestionState.IN_WRITING
