"""What a public page tells programs beside its words, as one block in its head."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from events.models import EventPage, SeriesPage, TalkPage
from events.occasion import Occasion
from events.programme import Programme
from speakers.models import Organisation, Speaker, StandardQuestion

from ..structured import Node, as_script
from ..structured.evenings import evening
from ..structured.names import organisation, profile
from ..structured.pages import asked, breadcrumbs, website
from ..structured.videos import video

register = template.Library()


@register.simple_tag
def site_as_data() -> SafeString:
    return as_script([website()])


@register.simple_tag
def evening_as_data(event: EventPage, programme: Programme, occasion: Occasion) -> SafeString:
    """Of a public evening; a draft in a preview is nobody's business."""
    if not event.is_public:
        return SafeString("")
    nodes: list[Node] = [evening(event, programme, occasion)]
    if occasion.is_told and (recording := video(event, programme)):
        nodes.append(recording)
    return as_script([*nodes, breadcrumbs(_way_to(event))])


@register.simple_tag
def talk_as_data(talk: TalkPage) -> SafeString:
    if not talk.is_public or talk.event is None:
        return SafeString("")
    return as_script([breadcrumbs([*_way_to(talk.event), (talk.title, talk.get_url() or "")])])


@register.simple_tag
def series_as_data(series: SeriesPage) -> SafeString:
    return as_script([breadcrumbs([_step(series)])])


@register.simple_tag
def speaker_as_data(speaker: Speaker, roles: Sequence[Any], portrait: Any) -> SafeString:
    way = breadcrumbs([("Speakers", reverse("speakers")), (speaker.name, speaker.get_absolute_url())])
    return as_script([profile(speaker, roles, portrait), way])


@register.simple_tag
def organisation_as_data(found: Organisation, around: Any, names: Sequence[tuple[str, str]]) -> SafeString:
    way = breadcrumbs([("Organisations", reverse("organisations")), (found.name, found.get_absolute_url())])
    return as_script([organisation(found, around, names), way])


@register.simple_tag
def question_as_data(question: StandardQuestion, page: Any, is_whole: bool = True) -> SafeString:
    """A question with the answers of its first page; narrowed or further on, only the way to it."""
    way = breadcrumbs(
        [("Questions", reverse("questions")), (question.short_name, reverse("question", args=[question.slug]))]
    )
    shows_answers = is_whole and page.number == 1 and page.object_list
    said = [asked(question, page.object_list, total=page.paginator.count)] if shows_answers else []
    return as_script([*said, way])


@register.simple_tag
def named_as_data(kind: str, found: Any) -> SafeString:
    """The way to a topic or a host; `kind` is its list's name in addresses."""
    return as_script([breadcrumbs([(kind.capitalize(), reverse(kind)), (found.name, found.get_absolute_url())])])


def _way_to(event: EventPage) -> list[tuple[str, str]]:
    series = [_step(event.series)] if event.series else []
    return [*series, (str(event.number), event.get_url() or "")]


def _step(series: SeriesPage) -> tuple[str, str]:
    return series.title, series.get_url() or ""
