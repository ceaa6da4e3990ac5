"""What may not be deleted or published from the admin, said in words."""

from collections.abc import Iterable, Iterator
from typing import Any

from .actions import TalkHasWords, refuse_deletion
from .enums import TO_BE_ANNOUNCED
from .guard import LEFTOVERS_NOT_SEEN
from .models import EventPage, Host, TalkPage, Topic, Venue


def why_not_delete_pages(pages: Iterable[Any]) -> str:
    """A sentence where words of speakers would go with one of the pages or what lies below; empty where none would."""
    for page in pages:
        try:
            refuse_deletion(talks=TalkPage.objects.descendant_of(page, inclusive=True).select_related("contribution"))
        except TalkHasWords as refusal:
            return str(refusal)
    return ""


def why_not_publish_pages(pages: Iterable[Any], *, with_descendants: bool) -> str:
    """A sentence where an evening has leftovers that nobody has seen to, or a talk has no title yet."""
    for page in pages:
        below = page.get_descendants(inclusive=True).not_live() if with_descendants else [page]
        for found in below:
            if sentence := _why_not_publish(found):
                return sentence
    return ""


def _why_not_publish(page: Any) -> str:
    if page.specific_class not in (EventPage, TalkPage):
        return ""
    draft = page.get_latest_revision_as_object()
    if isinstance(draft, EventPage) and draft.leftovers_block:
        return f"“{draft.title}”: {LEFTOVERS_NOT_SEEN}"
    if isinstance(draft, TalkPage) and draft.title == TO_BE_ANNOUNCED:
        return (
            "A talk that is still to be announced can’t be published. "
            "Give it a title first, or use “Publish the programme”, which leaves it out."
        )
    return ""


def why_not_delete_nouns(nouns: Iterable[Any]) -> str:
    """A sentence where a host, a venue or a topic is in use, in a draft perhaps; empty where none is."""
    for noun in nouns:
        where = _uses(noun)
        if where:
            tail = " Tick “archived” instead, and it is no longer offered." if isinstance(noun, Venue) else ""
            return f"“{noun}” can’t be deleted: it is used by {where}.{tail}"
    return ""


def _uses(noun: Any) -> str:
    if isinstance(noun, Topic):
        count = len(set(noun.talks.values_list("pk", flat=True)) | set(_drafts_about(noun)))
        return f"{count} talk{'' if count == 1 else 's'}" if count else ""
    if not isinstance(noun, Host | Venue):
        return ""
    field = "host" if isinstance(noun, Host) else "venue"
    evenings = EventPage.objects.filter(**{field: noun}) | EventPage.objects.filter(
        **{f"latest_revision__content__{field}": noun.pk}
    )
    count = evenings.distinct().count()
    if count:
        return f"{count} evening{'' if count == 1 else 's'}"
    return "a series, as one of its hosts" if isinstance(noun, Host) and noun.spells.exists() else ""


def _drafts_about(topic: Topic) -> Iterator[int]:
    """Keys of talks whose newest draft names the topic."""
    drafts = TalkPage.objects.filter(has_unpublished_changes=True)
    for pk, topics in drafts.values_list("pk", "latest_revision__content__topics"):
        if topic.pk in (topics or ()):
            yield pk
