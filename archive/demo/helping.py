"""A colleague of the demo's speaker, who comments on the draft of the next evening and has cleared it."""

import datetime as dt

from events.models import TalkPage
from speakers.clearing import record_clearance
from speakers.commenting import write_comment
from speakers.enums import HelperMay
from speakers.helping import name_helper

from .evenings import Programme

TALK = "The waiting room that told the truth"
CALLED = "Nell Quarrie, press office"
COMMENTS = {
    "problem": "Can we say which waiting room? The trust’s board saw this in March, so it is no secret.",
    "proposed_title": "I like it. The board will ask whether the sign before it lied.",
}


def load_helper(programme: Programme, *, now: dt.datetime) -> None:
    """With the speakers' own verbs."""
    account, helper = programme.nouns.accounts["Speaker"], programme.nouns.accounts["Helper"]
    given = TalkPage.objects.get(title=TALK).contribution
    if given is None or account.speaker not in given.speakers():
        raise LookupError(TALK)
    name_helper(
        contribution=given,
        speaker=account.speaker,
        address=helper.email,
        name=CALLED,
        may=HelperMay.COMMENT,
        by=account,
        at=now - dt.timedelta(days=4),
    )
    questions = {row.question.slug: row.question_id for row in given.answers.select_related("question")}
    for place, (about, text) in enumerate(COMMENTS.items()):
        field = f"answer-{questions[about]}-joint" if about in questions else about
        at = now - dt.timedelta(days=2, minutes=-7 * place)
        write_comment(contribution=given, field=field, text=text, by=helper, called=CALLED, at=at)
    record_clearance(
        contribution=given,
        speaker=account.speaker,
        cleared_by="Press office, Wexcombe Hospitals",
        cleared_on=(now - dt.timedelta(days=1)).date(),
        note="With the two comments seen to.",
        by=helper,
        called=CALLED,
        at=now - dt.timedelta(days=1),
    )
