"""My talks, my talk, its preview and its slides."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pages.errors import NotHere

from ..models import Contribution, PreviewLink
from ..saving import Saved, WithTheOrganisers, save_words
from . import deeds
from .clashes import chosen, clash_page
from .doors import Visit, at_my_talk, signed_in
from .listing import my_talks
from .page import talk_page
from .typed import typed_in

TAKEN = "The organisers took this back while you were typing. Your words were not lost: they are kept below."


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The talks of whoever is signed in, what is to do in each, and by when."""
    return render(request, "speakers/portal/index.html", my_talks(request.user, at=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@at_my_talk
def my_talk(visit: Visit) -> HttpResponse:
    """GET shows it; POST saves what was typed, whatever button was pressed, and then does what the button says."""
    request = visit.request
    if request.method != "POST":
        context = talk_page(visit, more=request.GET.get("more", ""))
        return render(request, "speakers/portal/talk.html", context)
    if (answer := save(visit)) is not None:
        return answer
    deeds.leave_note(visit)
    deed = request.POST.get("do", "")
    place = deeds.do(visit, "upload" if request.FILES and deed != "upload" else deed)
    if deed in ONWARD:
        return redirect(f"portal:{deed}", visit.talk.pk)
    return redirect(back_to(visit, place))


def back_to(visit: Visit, place: str = "") -> str:
    """The page again, which is told whose form was sent whole: the browser's own copy of its words can go."""
    query, _, fragment = place.removeprefix("?").partition("#")
    had = visit.request.POST.get("page", "")
    words = urlencode({"had": had}) if HAD.fullmatch(had) and "base" in visit.request.POST else ""
    query = "&".join(filter(None, (query, words)))
    address = reverse("portal:talk", args=[visit.talk.pk])
    return f"{address}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


HAD = re.compile(r"[0-9a-f]{16}")
ONWARD = ("send", "preview", "reply")


def save(visit: Visit) -> HttpResponse | None:
    """Save what is in the form. Gives a page where somebody else changed the same, or something was refused."""
    if "base" not in visit.request.POST:
        return None
    typed = chosen(visit.request.POST, typed_in(visit.request.POST))
    try:
        saved = save_words(contribution=visit.contribution, me=visit.me, by=visit.user, typed=typed, at=timezone.now())
    except WithTheOrganisers:
        messages.error(visit.request, TAKEN)
        return redirect(back_to(visit, "#kept"))
    if saved.clashes or saved.errors:
        return _not_all(visit, saved)
    if visit.request.POST.get("do", "") == "save":
        messages.success(visit.request, f"Saved {timezone.localtime():%H:%M:%S}.")
    return None


def _not_all(visit: Visit, saved: Saved) -> HttpResponse:
    """The rest is saved: two texts side by side, or what was refused, as it was typed."""
    visit.contribution.refresh_from_db()
    if saved.clashes:
        return render(visit.request, "speakers/portal/clash.html", clash_page(visit, saved))
    page = talk_page(visit, manuscript=saved.manuscript, page=visit.request.POST.get("page", ""))
    return render(visit.request, "speakers/portal/talk.html", page)


@require_safe
@at_my_talk
def preview(visit: Visit) -> HttpResponse:
    """One's own draft as it will look."""
    back = reverse("portal:talk", args=[visit.talk.pk])
    return _as_it_will_look(visit.request, visit.contribution, back=back)


@require_safe
@cache_control(private=True, no_store=True)
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """A draft for whoever has the link, as long as it is good. It shows this one talk and changes nothing."""
    links = PreviewLink.objects.select_related("contribution__talk__event__series", "contribution__latest_revision")
    link = links.filter(token=token, contribution__talk__isnull=False).first()
    if link is None or not PreviewLink.objects.open(at=timezone.now()).filter(pk=link.pk).exists():
        raise NotHere("This preview has expired or was taken back. Ask whoever sent it to you for a new link.")
    return _as_it_will_look(request, link.contribution)


def _as_it_will_look(request: HttpRequest, contribution: Contribution, **context: Any) -> HttpResponse:
    draft, talk = contribution.get_latest_revision_as_object(), contribution.talk  # type: ignore[attr-defined]
    if not talk.is_announced and draft.proposed_title:
        talk.title = draft.proposed_title
    words = {"contribution": draft, "talk": talk, "is_draft": True, **context}
    response = render(request, "speakers/portal/preview.html", words)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@at_my_talk
def slides(visit: Visit) -> HttpResponse:
    """The file of the newest draft, for whoever gave it."""
    deck = visit.contribution.get_latest_revision_as_object().slides
    if deck is None or not deck.file.storage.exists(deck.file.name):
        raise Http404("There is no such file.")
    response = FileResponse(deck.file.open("rb"), as_attachment=True, filename=deck.filename)
    response["Content-Type"] = deck.media_type
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
