"""What became of what the demo's speakers had said: some have answered, one reply waits for a look, more are asked."""

import datetime as dt

from speakers.models import Promise, PromiseQuestion, PromiseReply

from .evenings import Programme

# How a promise begins → how it stands, in the speaker's words, and whether an organiser has published that.
ANSWERED = {
    "Open the envelope": (
        "done",
        "Opened at the next winter’s evening, on stage. The guess in it was wrong by four.",
        True,
    ),
    "Measure again": ("done", "Measured again. The successor is taller, and it shows in the numbers.", True),
    "The remaining numbers": ("under_way", "Two thirds of the front doors have theirs. The islands come last.", True),
    "A map of all street parties": (
        "not",
        "Half the wards keep no list, and we won’t guess where people danced.",
        True,
    ),
    "Say how it went for the 52": (
        "under_way",
        "We have spoken to 41 of the 52 families, and will write it down with them.",
        False,
    ),
}
REPLIED_AFTER = dt.timedelta(days=6)


def load_promises(programme: Programme, *, now: dt.datetime) -> int:
    """Questions and replies of promises that are due by today; returns how many there are."""
    rows = Promise.objects.select_related("contribution__talk__event").filter(due_on__lt=now.date()).order_by("-due_on")
    ours = {page.contribution_id for page in programme.talks.values()}
    due = [promise for promise in rows if promise.contribution_id in ours]
    PromiseQuestion.objects.bulk_create(
        [PromiseQuestion(contribution=row.contribution, said=row.text, asked_at=_asked_at(row)) for row in due]
    )
    replies = [
        _reply(promise, *told, now=now)
        for promise in due
        for beginning, told in ANSWERED.items()
        if promise.text.startswith(beginning)
    ]
    PromiseReply.objects.bulk_create(replies)
    return len(due)


def _asked_at(promise: Promise) -> dt.datetime:
    day = (promise.due_on or promise.contribution.talk.event.local_start.date()) + dt.timedelta(days=31)  # type: ignore[attr-defined]
    return dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


def _reply(promise: Promise, outcome: str, words: str, is_public: bool, *, now: dt.datetime) -> PromiseReply:
    at = min(_asked_at(promise) + REPLIED_AFTER, now)
    row = promise.contribution.talk.talk_speakers.first()  # type: ignore[attr-defined]
    return PromiseReply(
        contribution=promise.contribution,
        said=promise.text,
        outcome=outcome,
        words=words,
        replied_on=at.date(),
        speaker=row.speaker if row else None,
        at=at,
        published_at=at if is_public else None,
    )
