"""Transcripts on the pages of evenings and talks, and in players of files of ours."""

from typing import Any

from django import template
from django.urls import reverse

from pages.clock import now

from ..transcripts import language_in_words, public_transcripts

register = template.Library()


@register.inclusion_tag("archive/transcript_link.html", takes_context=True)
def transcript_link(context: Any, event: Any, talk: Any = None) -> dict[str, Any]:
    """Where what was said can be read; nothing where there is no public transcript. One query."""
    there = event.pk and public_transcripts(at=now(context["request"])).filter(event=event.pk).exists()
    address = [event.series.slug, event.number] if there else []
    if there and talk is not None:
        return {"url": reverse("transcript_part", args=[*address, talk.slug])}
    return {"url": reverse("transcript", args=address) if there else ""}


@register.inclusion_tag("archive/tracks.html", takes_context=True)
def tracks(context: Any, event: Any, source: Any) -> dict[str, Any]:
    """Captions and chapters of a file that plays in the page, each on the file's own clock. One query."""
    request = context.get("request")
    if not event.pk or request is None:
        return {}
    address = [event.series.slug, event.number, source.kind]
    found = public_transcripts(at=now(request)).filter(event=event.pk).values_list("language", flat=True)
    languages = sorted(found, key=lambda code: (code != "en", code))
    return {
        "captions": [
            (reverse("captions_vtt", args=[*address, code]), code, language_in_words(code)) for code in languages
        ],
        "chapters": reverse("chapters_vtt", args=address) if event.chapters.all() else "",
    }
