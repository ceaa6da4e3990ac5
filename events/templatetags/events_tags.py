"""The evenings' part of every page: the way about, what is next, and the parts of evenings and talks."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from pages.menu import text_pages
from speakers.models import Contribution

from .. import front
from ..enums import QuestionState
from ..listing import main_series, next_evening
from ..models import SeriesPage, TalkPage
from ..programme import Person, people_of
from ..reading import talk_context

register = template.Library()


@register.inclusion_tag("components/masthead.html", takes_context=True)
def masthead(context: Any) -> dict[str, Any]:
    """The site's name and the way about. A link that would lead nowhere isn't there."""
    request = context["request"]
    links = []
    if (evening := next_evening(request)) is not None:
        links.append({"url": evening.get_url(request), "label": "Next evening"})
    if (series := main_series(request)) is not None:
        links.append({"url": series.get_url(request), "label": "All evenings"})
    links += [{"url": reverse(name), "label": name.capitalize()} for name in ("questions", "speakers", "organisations")]
    links.append({"url": reverse("search"), "label": "Search"})
    links += [{"url": p.get_url(request), "label": p.title} for p in text_pages(request) if p.show_in_menus]
    return {"links": links, "here": request.path, "site_name": settings.WAGTAIL_SITE_NAME}


@register.inclusion_tag("components/next_evening_band.html", takes_context=True)
def next_evening_band(context: Any) -> dict[str, Any]:
    """The band at the foot of a page: when and where the next evening is. Nothing where none is planned."""
    request = context["request"]
    return {"request": request, "evening": next_evening(request)}


@register.simple_tag(takes_context=True)
def lead(context: Any) -> front.Lead | None:
    return front.lead(context["request"])


@register.simple_tag(takes_context=True)
def main_calendar(context: Any) -> SeriesPage | None:
    """The series whose calendar the front page offers."""
    return main_series(context["request"])


@register.simple_tag(takes_context=True)
def asked_of_everybody(context: Any) -> front.Asked | None:
    return front.asked_of_everybody(context["request"])


@register.simple_tag(takes_context=True)
def newest_evenings(context: Any) -> front.Newest | None:
    return front.newest_evenings(context["request"])


@register.simple_tag(takes_context=True)
def in_its_talk(context: Any, contribution: Contribution, talk: TalkPage | None) -> str:
    """A contribution's draft as it will look in its talk, a whole page: for the previews of admin and portal."""
    request = context["request"]
    if talk is None:
        return render_to_string("events/no_talk.html", {"contribution": contribution}, request)
    read = talk_context(talk, request, draft=contribution)
    words = {"is_draft": context.get("is_draft", False), "back": context.get("back", "")}
    return render_to_string("events/talk_page.html", {"page": talk, "talk": talk, **read, **words}, request)


@register.filter
def people(talk: Any) -> list[Person]:
    """A talk's speakers as they were on the day."""
    return people_of(talk)


@register.filter
def label(event: Any) -> str:
    """ "Data Bites 60": the series and the number, whatever the evening's title is."""
    return f"{event.series.title} {event.number}"


@register.filter
def titled(title: str, event: Any) -> str:
    """A title for search engines: with series and number, where they aren't in it."""
    name = label(event)
    return title if name in title else f"{title}, {name}"


@register.filter
def answered_how(question: Any) -> str:
    """Who answered a question from the audience, and how; empty where the answer alone says enough."""
    who = question.answered_by.name if question.answered_by else ""
    if question.state == QuestionState.ON_THE_NIGHT and not question.answer:
        return f"{who} answered this on the night." if who else "Answered on the night."
    if question.state == QuestionState.REPORTED:
        return "This is our account of the answer."
    if question.state == QuestionState.IN_WRITING and who:
        return f"{who} answered this in writing."
    return ""
