"""What a page is shared and cited with: its social card, for `{% head title words image=card %}`, and its citation."""

from typing import Any

from django import template

from .. import citing, podcast
from ..cards import subjects

register = template.Library()

register.simple_tag(subjects.of_site, name="site_card")
register.simple_tag(subjects.of_series, name="series_card")
register.simple_tag(subjects.of_answer, name="answer_card")
register.simple_tag(subjects.of_page, name="page_card")


@register.simple_tag
def evening_card(event: Any, programme: Any) -> subjects.Subject | None:
    """Nothing for a draft: its card could not be fetched."""
    return subjects.of_evening(event, programme.talks) if event.is_public else None


@register.simple_tag
def talk_card(talk: Any) -> subjects.Subject | None:
    return subjects.of_talk(talk, talk.event) if talk.is_public else None


@register.simple_tag
def has_podcast(series: Any = None) -> bool:
    """Whether there are sound files to follow: of a series, or at all."""
    known = podcast.series_with_sound()
    return series.pk in known if series else bool(known)


@register.inclusion_tag("components/cite.html")
def cite_evening(event: Any) -> dict[str, Any]:
    """How to cite an evening. Nothing for one that has no public address."""
    return _told(citing.cite_evening(event) if event.is_public else None, event.get_url(), "this evening")


@register.inclusion_tag("components/cite.html")
def cite_talk(talk: Any) -> dict[str, Any]:
    return _told(citing.cite_talk(talk) if talk.is_public else None, talk.get_url(), "this talk")


def _told(citation: citing.Citation | None, url: str | None, what: str) -> dict[str, Any]:
    return {"citation": citation, "file": f"{url}cite.bib", "what": what}
