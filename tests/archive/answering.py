"""Talks with answers to one question, for the tests of its page."""

import datetime as dt

from speakers.models import Answer, StandardQuestion
from tests.factories import QUESTIONS, START, give, make_event, make_talk
from tests.reading import lines
from tests.remembering import remembered

YEAR = dt.timedelta(days=365)
CHANGE = "/questions/change/"
WORDING = QUESTIONS["change"]


@remembered
def make_answer(words, *, number=1, years_ago=0, event=None, **fields):
    """A talk whose speakers answered the question together."""
    event = event or make_event(number=number, starts_at=START - years_ago * YEAR)
    fields.setdefault("title", f"Talk of {words.strip('.')}")
    talk = make_talk(event=event, **fields)
    give(talk, {"change": words})
    return talk


def make_own(talk, speaker, words, question="change"):
    """One speaker's own answer beside the others'."""
    return Answer.objects.create(
        contribution=talk.contribution,
        question=StandardQuestion.objects.get(slug=question),
        wording=WORDING,
        text=f"<p>{words}</p>" if words else "",
        speaker=speaker,
        joint=False,
        sort_order=9,
    )


def said(page):
    return lines(page, ".voice .prose")
