"""The title and the teaser that speakers propose, and how the programme takes them over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.locks import ScheduledForPublishLock

from accounts.models import User

from .actions import NotInOrder
from .enums import TO_BE_ANNOUNCED, TalkState
from .models import TalkPage
from .publishing import page_changed

TITLE_AND_TEASER = ("title", "teaser")


@dataclass(frozen=True, slots=True)
class ProposedWords:
    """A title or a teaser; `ours` is the programme's."""

    name: str
    theirs: str
    ours: str


def proposed_words(talk: TalkPage) -> list[ProposedWords]:
    """What speakers would like to call a talk to come and to say about it, where the programme says something else."""
    if talk.contribution is None or talk.state != TalkState.PLANNED:
        return []
    draft = talk.contribution.get_latest_revision_as_object()
    title = "" if draft.proposed_title == TO_BE_ANNOUNCED else draft.proposed_title
    told = (("title", title.strip(), talk.title), ("teaser", draft.teaser.strip(), talk.teaser))
    return [ProposedWords(name, theirs, ours) for name, theirs, ours in told if theirs and theirs != ours]


def proposed_title(talk: TalkPage, given: Any) -> str:
    """The same of the title alone, "" for none. No query where contributions came `for_lists()`."""
    newest = given.latest_revision.content.get("proposed_title", "").strip() if given and given.latest_revision else ""
    planned = talk.state == TalkState.PLANNED
    return newest if planned and newest not in (TO_BE_ANNOUNCED, talk.draft_title) else ""


@transaction.atomic
def take_over_words(
    *, talk: TalkPage, names: Collection[str], seen: Mapping[str, str], by: User | None = None
) -> list[str]:
    """Put the title, the teaser or both into the programme as the speakers propose them.

    In the newest draft, and at once on the page where that has no other draft. `seen` is what the organiser read, by
    name: the speakers may be writing on. Returns the names of what was taken.

    Side effects: a revision with a line in the talk's history, publication where it is live.

    Raises:
        NotInOrder: there is nothing to take over, it isn't what was seen, the talk is locked or waits for a set day.
    """
    fresh = TalkPage.objects.select_for_update().get(pk=talk.pk)
    draft = fresh.get_latest_revision_as_object()
    proposed = [words for words in proposed_words(draft) if words.name in names]
    if not proposed:
        raise NotInOrder("There is nothing to take over.")
    if any(one_line(words.theirs) != one_line(seen.get(words.name, "")) for words in proposed):
        raise NotInOrder("They have changed it since you looked. Look again, and press once more.")
    refuse_locked(fresh, by=by)
    for words in proposed:
        setattr(draft, words.name, words.theirs)
        if words.name == "title":
            draft.title_is_ours = False
            draft.follow_title()
    keep_draft(fresh, draft, by=by, publish=fresh.live and not fresh.has_unpublished_changes)
    return [words.name for words in proposed]


def one_line(words: str) -> str:
    """A browser sends a line's end as two characters."""
    return " ".join(words.split())


def refuse_locked(talk: TalkPage, *, by: User | None) -> None:
    """Raises NotInOrder where the talk's editor would be closed to this organiser."""
    lock = talk.get_lock()
    if isinstance(lock, ScheduledForPublishLock):
        raise NotInOrder("This talk is to be published on a set day, as it stands. Cancel that in its editor first.")
    if lock and (by is None or lock.for_user(by)):
        raise NotInOrder("This talk is locked. Unlock it first.")


def keep_draft(fresh: TalkPage, draft: Any, *, by: User | None, publish: bool) -> None:
    """Keep a talk's draft that was changed beside its editor."""
    revision = draft.save_revision(user=by, clean=False, log_action=True)
    if publish:
        revision.publish(user=by, skip_permission_checks=True)
    elif not fresh.live:
        # As the editor does: the rows of a page that isn't live are those of its draft.
        fresh.talk_speakers = list(draft.talk_speakers.all())
        fresh.talk_speakers.commit()
        page_changed(fresh)
