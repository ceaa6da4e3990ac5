"""Comments beside the fields of *My talk*: read, and left with whatever button is pressed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.utils import timezone

from pages.english import listed

from ..commenting import NotKept, write_comment
from ..manuscript import Manuscript
from ..models import Comment
from .visits import Visit

PREFIX = "comment-"
WHOLE = "talk"
PLAIN = {
    "proposed_title": "the title",
    "teaser": "the teaser",
    "slides_url": "the slides",
    WHOLE: "the whole talk",
}


@dataclass(slots=True)
class Thread:
    """The comments beside one field; `typed` is one that was refused, to be shown again with `error`."""

    name: str
    label: str
    seen_by: str
    comments: list[Comment] = field(default_factory=list)
    typed: str = ""
    error: str = ""

    @property
    def unresolved(self) -> int:
        return sum(1 for comment in self.comments if comment.resolved_at is None)


def threads_of(visit: Visit, manuscript: Manuscript, refused: Mapping[str, tuple[str, str]]) -> dict[str, Thread]:
    """By the name of the field. `refused` gives what was typed and why it wasn't kept."""
    everybody = listed([person.speaker.name for person in manuscript.people])
    found = {}
    for name, label in places(manuscript).items():
        who = visit.me.name if is_own(name) else everybody
        found[name] = Thread(name, label, who or visit.me.name)
    for comment in visit.contribution.comments.seen_by(visit.mine).select_related("question"):
        found[comment.field if comment.field in found else WHOLE].comments.append(comment)
    for name, (text, why) in refused.items():
        found[name].typed, found[name].error = text, why
    return found


def places(manuscript: Manuscript) -> dict[str, str]:
    """The fields that this person may comment on, each with what it is called: never another speaker's own answer."""
    answers = {name: f"“{part.label}”" for name, part in manuscript.fields.items() if name.startswith("answer-")}
    return {**PLAIN, **answers}


def is_own(name: str) -> bool:
    return name.startswith("answer-") and not name.endswith("-joint")


def leave_comments(visit: Visit) -> dict[str, tuple[str, str]]:
    """Keep each comment that was typed; gives those that were refused, with the reason."""
    if not (typed := typed_comments(visit.request.POST)):
        return {}
    known = places(Manuscript(visit.contribution.get_latest_revision_as_object(), me=visit.me))
    refused = {}
    by: dict[str, Any] = {"by": visit.user, "called": visit.called, "at": timezone.now()}
    for name, text in typed.items():
        # A question that is no longer asked, or an answer that is now given in another way: its words aren't lost.
        field = name if name in known else WHOLE
        try:
            write_comment(contribution=visit.contribution, field=field, text=text, **by)
        except NotKept as why:
            refused[field] = (text, str(why))
    if len(refused) < len(typed):
        messages.success(visit.request, "Your comment is kept, beside what it is about.")
    return refused


def typed_comments(post: QueryDict) -> dict[str, str]:
    """By the field that each is about; without those that say nothing."""
    found = {name.removeprefix(PREFIX): str(text) for name, text in post.items() if name.startswith(PREFIX)}
    return {name: clean for name, text in found.items() if (clean := text.replace("\x00", "").strip())}
