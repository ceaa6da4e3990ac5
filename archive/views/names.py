"""People, organisations and hosts, for readers. Only GET; every read starts at what is public."""

from django.contrib.sitemaps import views as sitemap_views
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.models import Page as WagtailPage
from wagtail.models import Site

from events.models import EventPage
from events.players import host_name
from pages.cache import changes_at
from pages.clock import now
from pages.views import read_only
from speakers.models import Organisation, Speaker

from .. import appearances, hosting, lists, querysets, questions, sitemaps
from ..grids import grids
from ..profiles import profile_of
from ..structure import became_now, names_through_time, slugs_of_former_names, structure
from .standing import until_over

TALKS_PER_PAGE = 48


@read_only
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody who spoke or chaired in public. Whoever was merged away leads to the person they were merged into."""
    people = Speaker.objects.public().select_related("photo").prefetch_related("aliases", "links")
    person = people.filter(slug=slug).first()
    if person is None:
        return _kept_instead(slug)
    told = profile_of(person, request=request)
    if not told["is_public"]:
        raise Http404("Not in public.")
    until_over(request, told["appearances"])
    return render(request, "archive/speaker.html", told)


def _kept_instead(slug: str) -> HttpResponse:
    merged = get_object_or_404(Speaker.objects.exclude(merged_into=None).select_related("merged_into"), slug=slug)
    kept = get_object_or_404(Speaker.objects.public(), pk=merged.merged_into_id)
    if not appearances.of_speaker(kept) and not EventPage.objects.public().filter(chair=kept).exists():
        raise Http404("Not in public.")
    return redirect(kept, permanent=True)


@read_only
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation whose people, or whose parts' people, spoke in public."""
    organisations = Organisation.objects.select_related("parent", "became").prefetch_related("former_names")
    found = organisations.filter(slug=slug).first()
    around = structure(found) if found else None
    if found is None or around is None or not around.is_public:
        return _under_its_name_now(slug, found)
    context = {
        **_talks(request, found, around.talks),
        "organisation": found,
        "structure": around,
        "answered": questions.answered_by(found),
        "names": names_through_time(found),
        "description": f"Talks by people of {found.name}.",
        "website_host": host_name(found.website),
        "at": now(request),
    }
    return render(request, "archive/organisation.html", context)


def _under_its_name_now(slug: str, found: Organisation | None) -> HttpResponse:
    """Where an organisation without a page is found: as what it became, or under the name that followed."""
    if found is not None and (now_called := became_now(found)) is not None:
        return redirect(now_called)  # not for good: it may have a talk of its own one day
    known = slugs_of_former_names().get(slug)
    if found is None and known is not None:
        return redirect("organisation", slug=known, permanent=True)
    raise Http404("Not in public.")


def _talks(request: HttpRequest, found: Organisation, standing: int) -> dict[str, object]:
    """A page of an organisation's talks; `standing` is how many were not called off."""
    page = lists.page_of(Paginator(querysets.talks_of(found), TALKS_PER_PAGE), request)
    page.object_list = appearances.told(page.object_list, about=lambda person: person.organisation == found)
    until_over(request, page.object_list)
    called_off = page.paginator.count - standing
    return {"page": page, "talks": standing, "called_off": called_off, "query": lists.query_of(page)}


@read_only
def host(request: HttpRequest, slug: str) -> HttpResponse:
    """Who hosts evenings, how many, and which."""
    found = get_object_or_404(querysets.hosts(), slug=slug)
    evenings = grids(EventPage.objects.public().filter(host=found), request=request)
    _until_next_end(request, host=found)
    told = hosting.hosted([found.pk], at=now(request))[found.pk]
    context = {
        "host": found,
        "hosted": told,
        "evenings": evenings,
        "description": f"{found.name}: {'; '.join(told.words)}.",
        "website_host": host_name(found.website),
    }
    return render(request, "archive/host.html", context)


def _until_next_end(request: HttpRequest, **lookup: object) -> None:
    """Counts of what was held change when the next evening is over."""
    coming = EventPage.objects.public().next_to_come(at=now(request)).filter(**lookup)
    if (end := coming.order_by("over_at").values_list("over_at", flat=True).first()) is not None:
        changes_at(request, end)


@read_only
def speakers(request: HttpRequest) -> HttpResponse:
    pages = lists.GroupedPaginator(lists.speakers_a_to_z(), prefix="letter")
    page = lists.page_of(pages, request)
    page.object_list = lists.with_organisations(list(page.object_list))
    return render(request, "archive/speakers.html", _names(pages, page, address="speaker"))


@read_only
def organisations(request: HttpRequest) -> HttpResponse:
    pages = lists.GroupedPaginator(lists.organisations_by_kind(), prefix="kind")
    page = lists.page_of(pages, request)
    return render(request, "archive/organisations.html", _names(pages, page, address="organisation"))


def _names(pages: lists.GroupedPaginator, page: Page, *, address: str) -> dict[str, object]:
    return {
        "page": page,
        "address": address,
        "groups": list(pages.groups()),
        "sections": pages.sections(page),
        "query": lists.query_of(page),
    }


@read_only
def hosts(request: HttpRequest) -> HttpResponse:
    found = list(querysets.hosts())
    _until_next_end(request)
    told = hosting.hosted([host.pk for host in found], at=now(request))
    return render(request, "archive/hosts.html", {"hosts": [(host, told[host.pk]) for host in found]})


@read_only
@sitemap_views.x_robots_tag
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address in one file, or an index of several where one may not hold them all."""
    parts = sitemaps.sections(_root(request))
    if sitemaps.fits_one_file(parts):
        return sitemap_views.sitemap(request, parts)
    context = {"sitemaps": sitemaps.index(parts)}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@read_only
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, sitemaps.sections(_root(request)), section=section)


def _root(request: HttpRequest) -> WagtailPage:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("No site.")
    return site.root_page
