"""Topics, and what was said about each over the years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.models import TalkPage, Topic
from pages.views import read_only

from .. import appearances, lists, topics
from .standing import until_over

TALKS_PER_PAGE = 48


@read_only
def topic_list(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/topics.html", {"kinds": topics.by_kind()})


@read_only
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's talks year by year, newest first, with who gave them and what they answered."""
    found = get_object_or_404(Topic, slug=slug)
    entries = topics.entries(found)
    pages = lists.GroupedPaginator(entries, prefix="year", per_page=TALKS_PER_PAGE)
    if not pages.count:
        raise Http404("Not in public.")
    page = lists.page_of(pages, request)
    context = {
        "topic": found,
        "story": topics.story(found),
        "calendars": topics.calendars(found),
        "page": page,
        **_standing(entries),
        "years": list(pages.groups()),
        "sections": _told(request, pages.sections(page)),
        "query": lists.query_of(page),
    }
    return render(request, "archive/topic.html", context)


def _standing(entries: list[topics.Entry]) -> dict[str, int]:
    called_off = sum(entry.is_called_off for entry in entries)
    return {"talks": len(entries) - called_off, "called_off": called_off}


Sections = list[tuple[lists.Group, list[appearances.Appearance]]]


def _told(request: HttpRequest, sections: list[tuple[lists.Group, list[topics.Entry]]]) -> Sections:
    keys = [entry.key for _, entries in sections for entry in entries]
    talks = appearances.told(TalkPage.objects.public().filter(pk__in=keys), about=lambda person: True)
    known = {appearance.talk.pk: appearance for appearance in talks}
    until_over(request, talks)
    return [(group, [known[entry.key] for entry in entries if entry.key in known]) for group, entries in sections]
