"""My talks, my talk, its preview and its slides."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pages.errors import NotHere

from ..downloads import send_deck
from ..manuscript import Manuscript
from ..models import Contribution, PreviewLink
from ..saving import Saved, WithTheOrganisers, save_words
from . import deeds
from .clashes import chosen, clash_page
from .doors import open_to_helpers, signed_in
from .listing import my_talks
from .page import talk_page
from .threads import leave_comments
from .typed import had_by, typed_in
from .uploads import taken_in
from .visits import Rank, Visit

Refused = Mapping[str, tuple[str, str]]  # comments by field: what was typed, and why it wasn’t kept
TAKEN = "The organisers took this back while you were typing. Your words were not lost: they are kept below."


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The talks of whoever is signed in, what is to do in each, and by when."""
    return render(request, "speakers/portal/index.html", my_talks(request.user, at=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_helpers
def my_talk(visit: Visit) -> HttpResponse:
    """GET shows it; POST saves what was typed, whatever button was pressed, and then does what the button says."""
    request = visit.request
    if request.method != "POST":
        context = talk_page(visit, more=request.GET.get("more", ""))
        return render(request, "speakers/portal/talk.html", context)
    deeds.leave_note(visit)
    # Each keeps what it can: a clash of words loses no file, and a file that is refused no words.
    answers = [save(visit, refused=leave_comments(visit)), taken_in(visit)]
    if (answer := next(filter(None, answers), None)) is not None:
        return answer
    deed = request.POST.get("do", "")
    place = deeds.do(visit, "upload" if request.FILES else deed)
    if deed in ONWARD:
        return redirect(f"portal:{deed}", visit.talk.pk)
    return redirect(back_to(visit, place))


def back_to(visit: Visit, place: str = "") -> str:
    """The page again, which is told whose form was sent whole: the browser's own copy of its words can go."""
    query, _, fragment = place.removeprefix("?").partition("#")
    query = "&".join(filter(None, (query, urlencode(had_by(visit.request.POST)))))
    address = reverse("portal:talk", args=[visit.talk.pk])
    return f"{address}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


ONWARD = ("send", "preview", "helpers", "clearance", "reply")


def save(visit: Visit, *, refused: Refused) -> HttpResponse | None:
    """Save what is in the form. Gives a page where somebody else changed the same, or something was refused."""
    if "base" not in visit.request.POST:
        return _again(visit, refused=refused) if refused else None
    visit.must_be(Rank.EDITOR)
    typed = chosen(visit.request.POST, typed_in(visit.request.POST))
    try:
        saved = save_words(contribution=visit.contribution, me=visit.me, by=visit.user, typed=typed, at=timezone.now())
    except WithTheOrganisers:
        messages.error(visit.request, TAKEN)
        return redirect(back_to(visit, "#kept"))
    if saved.clashes or saved.errors or refused:
        return _not_all(visit, saved, refused=refused)
    if visit.request.POST.get("do", "") == "save":
        messages.success(visit.request, f"Saved {timezone.localtime():%H:%M:%S}.")
    return None


def _not_all(visit: Visit, saved: Saved, *, refused: Refused) -> HttpResponse:
    """The rest is saved: two texts side by side, or what was refused, as it was typed."""
    visit.contribution.refresh_from_db()
    if saved.clashes:
        return render(visit.request, "speakers/portal/clash.html", clash_page(visit, saved))
    return _again(visit, manuscript=saved.manuscript, refused=refused)


def _again(visit: Visit, *, refused: Refused, manuscript: Manuscript | None = None) -> HttpResponse:
    """The page with what was refused; 400 where it is a comment, which isn't kept anywhere else."""
    page = visit.request.POST.get("page", "")
    context = talk_page(visit, manuscript=manuscript, page=page, refused=refused)
    return render(visit.request, "speakers/portal/talk.html", context, status=400 if refused else 200)


@require_safe
@open_to_helpers
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
@open_to_helpers
def slides(visit: Visit, what: str = "night") -> HttpResponse:
    """A file of the newest draft, for whoever gave it: theirs, or the copy of it that readers get."""
    return send_deck(visit.contribution.get_latest_revision_as_object(), what)  # type: ignore[return-value]
