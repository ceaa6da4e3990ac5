"""Comments beside what is written: made, resolved, opened again, thrown away. Organisers never read them."""

import datetime as dt
import re
from collections.abc import Collection

from django.db import transaction

from accounts.models import User

from .enums import CommentOn
from .models import Comment, Contribution

LONGEST = 2000
MOST = 500
PLAIN = {
    "proposed_title": CommentOn.TITLE,
    "teaser": CommentOn.TEASER,
    "slides_url": CommentOn.SLIDES,
    "talk": CommentOn.TALK,
}
ANSWER = re.compile(r"answer-(\d+)-(\d+|joint)")


class NotKept(ValueError):
    """A comment can't be kept; the message says why, for whoever wrote it."""


@transaction.atomic
def write_comment(
    *, contribution: Contribution, field: str, text: str, by: User, called: str, at: dt.datetime
) -> Comment:
    """Keep a comment beside a field of *My talk*, which the caller has checked to be there. `called` is who wrote it.

    Its speakers and whoever writes with them hear of it by mail, gathered (`speakers/gathering.py`).

    Raises:
        NotKept: too long, or there are too many.
    """
    if len(text) > LONGEST:
        raise NotKept(f"This has {len(text):,} characters, and {LONGEST:,} is the most a comment can have.")
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.comments.count() >= MOST:
        raise NotKept(f"There are {MOST} comments on this talk already. Throw some of yours away first.")
    place: dict[str, object] = {"about": PLAIN.get(field, CommentOn.ANSWER)}
    if match := ANSWER.fullmatch(field):
        place |= {"question_id": int(match[1]), "speaker_id": None if match[2] == "joint" else int(match[2])}
    return Comment.objects.create(contribution=contribution, text=text, by=by, by_name=called[:255], at=at, **place)


def resolve_comment(
    *, contribution: Contribution, pk: int, seen_by: Collection[int], by: User, called: str, at: dt.datetime
) -> None:
    """It is seen to; whoever wrote it hears of it by mail, gathered. `seen_by` are the speakers of who does it."""
    contribution.comments.seen_by(seen_by).unresolved().filter(pk=pk).update(
        resolved_by=by, resolved_by_name=called[:255], resolved_at=at, resolution_told_at=None
    )


def reopen_comment(*, contribution: Contribution, pk: int, seen_by: Collection[int]) -> None:
    """It is not seen to after all."""
    contribution.comments.seen_by(seen_by).filter(pk=pk).update(
        resolved_by=None, resolved_by_name="", resolved_at=None, resolution_told_at=None
    )


def drop_comment(*, contribution: Contribution, pk: int, by: User) -> None:
    """Throw a comment away; only one's own."""
    contribution.comments.filter(pk=pk, by=by).delete()
