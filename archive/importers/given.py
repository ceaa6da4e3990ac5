"""The speakers' side of a write-up: their answers, slides, links and asks, as a draft of each contribution."""

from django.utils.text import Truncator

from events.models import TalkPage
from speakers.actions import make_contribution, save_draft, write_note
from speakers.enums import Baton, MissingReason
from speakers.models import Answer, Contribution, TalkLink

from .asks import asks_of
from .fitting import fit, is_address, room
from .job import Job
from .plan import AnswerPlan, LinkPlan, TalkPlan
from .review import is_usable, whose
from .rich_text import rich_text
from .series import as_worded

_WAITING = ("", MissingReason.TO_COME)


def load_given(page: TalkPage, talk: TalkPlan, job: Job) -> None:
    """A new draft of what was given to a talk. What the speakers have at the moment is left to them, with a note."""
    contribution = page.contribution or _make(page, job)
    if contribution.held_by == Baton.SPEAKERS:
        job.note(f"{whose(talk)}: the speakers have their side at the moment, so nothing was put into it.")
        return
    draft = contribution.get_latest_revision_as_object()
    draft.answers = _answers(draft, talk, job)
    _add_slides(draft, talk)
    _add_links(draft, talk)
    _add_asks(draft, talk)
    save_draft(contribution=draft, by=job.by)
    _note_lost_links(contribution, talk, job)


def _make(page: TalkPage, job: Job) -> Contribution:
    """For a talk that has lost its contribution."""
    contribution = make_contribution(questions=job.series.questions())
    TalkPage.objects.filter(pk=page.pk).update(contribution=contribution)
    return contribution


def _answers(draft: Contribution, talk: TalkPlan, job: Job) -> list[Answer]:
    """The rows in the series' order: what the text has, and what only the draft has.

    A question that somebody answered on this evening was asked of everybody: without an answer its row says that we
    stopped asking, since nobody knows whether they declined. One that nobody answered has no row: it was not asked. A
    text without any answer says nothing of either, and its rows stay.
    """
    rows = list(draft.answers.all())
    for answer in talk.answers:
        _put(answer, rows, talk, job)
    answered = {answer.question for answer in talk.answers if answer.text}
    kept = []
    for row in rows:
        if row.has_text:
            if row.question.slug not in answered:
                job.note(f"{whose(talk)}: the answer to “{row.wording}” is not in this text, and stays.")
        elif row.missing in _WAITING:
            if job.asked and row.question.slug not in job.asked:
                continue
            row.missing = MissingReason.GIVEN_UP
        kept.append(row)
    order = {question.pk: place for place, question in enumerate(job.questions)}
    kept.sort(key=lambda row: order.get(row.question_id, len(order)))
    for place, row in enumerate(kept):
        row.sort_order = place
    return kept


def _put(answer: AnswerPlan, rows: list[Answer], talk: TalkPlan, job: Job) -> None:
    """One answer in the row of its question, in the words in which it was asked."""
    question = job.by_slug[answer.question]
    of_question = [row for row in rows if row.question_id == question.pk]
    row = next((row for row in of_question if row.joint), None)
    if row is None:
        row = Answer(question=question, missing=MissingReason.TO_COME)
        rows.append(row)
    row.wording = fit(as_worded(answer.wording, job.wordings), room(Answer, "wording"))
    if not answer.text:
        return
    row.text, row.missing = rich_text(answer.blocks), ""
    if any(own.has_text for own in of_question if not own.joint):
        job.note(f"{whose(talk)}: “{row.wording}” has answers of single speakers too. Check that none stands twice.")


def _add_slides(draft: Contribution, talk: TalkPlan) -> None:
    """The first address of slides is the link to them; others are links."""
    fitting = [link.url for link in talk.slides if is_address(link.url, Contribution, "slides_url")]
    if fitting and draft.slides_url not in fitting:
        draft.slides_url = fitting[0]


def _add_links(draft: Contribution, talk: TalkPlan) -> None:
    """A row for each link whose address isn't there yet; the text itself may name one address twice."""
    rows = list(draft.links.all())
    known = {draft.slides_url, *(row.url for row in rows)}
    wanted = [(link.url, _label(link, talk)) for link in [*talk.slides, *talk.links] if is_usable(link)]
    for url, label in dict.fromkeys(wanted):
        if url not in known:
            rows.append(TalkLink(label=label, url=url, sort_order=len(rows)))
    draft.links = rows


def _label(link: LinkPlan, talk: TalkPlan) -> str:
    return fit(link.label or ("Slides" if link in talk.slides else link.url), room(TalkLink, "label"))


def _add_asks(draft: Contribution, talk: TalkPlan) -> None:
    rows = list(draft.asks.all())
    texts, emails = {row.text for row in rows}, {row.email for row in rows if row.email}
    for ask in asks_of(talk)[0]:
        if ask.text not in texts and ask.email not in emails:
            ask.sort_order = len(rows)
            rows.append(ask)
    draft.asks = rows


def _note_lost_links(contribution: Contribution, talk: TalkPlan, job: Job) -> None:
    """What to link again, beside the words, where only organisers see it."""
    if not talk.lost_links:
        return
    told = [f"“{link.label}” in: {Truncator(link.sentence).chars(300)}" for link in talk.lost_links]
    text = "\n".join(["These words were links before the page was pasted as text:", *told])
    if not contribution.notes.filter(text=text).exists():
        write_note(contribution=contribution, text=text, at=job.at, by=job.by)
