"""One answer, found by where it stands: its talk, its question and, where it is one person's own, that person."""

from wagtail.models import Site

from events.addresses import led_to
from speakers.models import Answer, Speaker

from . import querysets
from .answers import Voice, talks_told, whose


def voice_of(talk_key: int, fragment: str) -> Voice | None:
    """A public answer with words; None where there is none. Eight queries."""
    rows = Answer.objects.with_words().filter(contribution__in=querysets.readable(), contribution__talk=talk_key)
    rows = rows.select_related("question", "speaker__merged_into").order_by("sort_order", "pk")
    answer = next((row for row in rows if row.fragment == fragment and row.has_text), None)
    talk = talks_told([talk_key]).get(talk_key) if answer else None
    return Voice(answer, talk, whose(answer, talk)) if answer and talk else None


def fragment_now(talk_key: int, fragment: str, site: Site | None) -> str | None:
    """The fragment of an answer whose speaker was renamed, or merged into somebody else, since."""
    rows = Answer.objects.with_words().filter(contribution__in=querysets.readable(), contribution__talk=talk_key)
    for row in rows.filter(joint=False).exclude(speaker=None).select_related("question", "speaker"):
        before = fragment.removeprefix(f"{row.question.slug}-")
        if before == fragment or row.speaker is None:
            continue
        merged = Speaker.objects.filter(slug=before, merged_into=row.speaker).exists()
        if merged or led_to(f"/speakers/{before}/", site) == row.speaker.get_absolute_url():
            return row.fragment
    return None
