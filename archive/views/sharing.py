"""An answer on its own, to share; and citations to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.models import Site

from events.addresses import led_to
from events.models import EventPage, TalkPage
from events.programme import with_names
from pages.errors import NotHere
from pages.views import read_only
from speakers.models import Contribution

from .. import citing, reuse
from ..answers import Voice
from ..voices import fragment_now, voice_of


class Moved(Exception):
    """An address has become another one."""

    def __init__(self, url: str) -> None:
        self.url = url


@read_only
def answer(request: HttpRequest, series: str, number: str, talk: str, fragment: str) -> HttpResponse:
    """One answer with its question, its speaker and its card. What was renamed leads to where it is now."""
    try:
        voice = _voice(request, series, number, talk, fragment)
    except Moved as moved:
        return redirect(moved.url, permanent=True)
    given = Contribution.objects.with_terms().marking_consents().get(pk=voice.answer.contribution_id)
    return render(request, "archive/answer.html", {"voice": voice, "licence": reuse.licence_of(given)})


@read_only
def cite_answer(request: HttpRequest, series: str, number: str, talk: str, fragment: str) -> HttpResponse:
    try:
        voice = _voice(request, series, number, talk, fragment)
    except Moved as moved:
        return redirect(f"{moved.url}cite.bib", permanent=True)
    return _file(voice.citation, citing.key_of(voice.event, voice.talk.slug, voice.answer.fragment))


@read_only
def cite_talk(request: HttpRequest, series: str, number: str, talk: str) -> HttpResponse:
    try:
        found = _talk(request, series, number, talk)
    except Moved as moved:
        return redirect(f"{moved.url}cite.bib", permanent=True)
    return _file(citing.cite_talk(found), citing.key_of(found.event, found.slug))


@read_only
def cite_evening(request: HttpRequest, series: str, number: str) -> HttpResponse:
    found = EventPage.objects.public().filter(series__slug=series, number=number).select_related("series").first()
    if found is not None:
        return _file(citing.cite_evening(found), citing.key_of(found))
    if (path := led_to(f"/{series}/{number}/", Site.find_for_request(request))) is not None:
        return redirect(f"{path}cite.bib", permanent=True)
    raise NotHere("There is no such evening.")


def _talk(request: HttpRequest, series: str, number: str, slug: str) -> TalkPage:
    talks = TalkPage.objects.public().filter(slug=slug, event__number=number, event__series__slug=series)
    found = talks.select_related("event__series").prefetch_related(*with_names()).first()
    if found is not None:
        return found
    if (path := led_to(f"/{series}/{number}/{slug}/", Site.find_for_request(request))) is not None:
        raise Moved(path)
    raise NotHere("There is no such talk.")


def _voice(request: HttpRequest, series: str, number: str, slug: str, fragment: str) -> Voice:
    try:
        talk = _talk(request, series, number, slug)
    except Moved as moved:
        raise Moved(f"{moved.url}answers/{fragment}/") from moved
    if (voice := voice_of(talk.pk, fragment)) is not None:
        return voice
    if (now := fragment_now(talk.pk, fragment, Site.find_for_request(request))) is not None:
        raise Moved(f"{talk.get_url()}answers/{now}/")
    raise NotHere("This answer is not there any more, or never was.")


def _file(citation: citing.Citation, name: str) -> HttpResponse:
    response = HttpResponse(f"{citation.bibtex}\n", content_type="application/x-bibtex; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name[:100]}.bib"'
    response["X-Robots-Tag"] = "noindex"
    return response
