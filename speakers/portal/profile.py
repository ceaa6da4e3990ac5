"""A speaker's profile over all evenings: words, links, other names, and the photo with its crop."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pages.photos import NoPhoto

from ..photos import MIDDLE, crop, focus_of, keep_photo, take_photo_away
from ..profiles import PROFILE_KINDS, Profile, SavedProfile, keep_typed, profile_of, save_profile
from ..unsaved import drop_typed, unsaved_of
from .clashes import chosen, side_by_side
from .doors import at_my_profile
from .typed import had_by, typed_in
from .visits import AtHome

DESCRIPTION_LIMIT = 255
SAVED = "It is saved, and shown to readers wherever you are named."
AS_DRAFT = "It is saved. It goes on the site when the organisers publish your page."
NAME_WAITS = "Your new name is with the organisers. The programme changes when they have seen it."
SAVES = ("save", "resolve")
NO_PHOTO = "Choose the photo that these words are about."
PHOTO = "Your photo is saved. Look below whether the crop is right."


@require_http_methods(["GET", "HEAD", "POST"])
@at_my_profile
def profile(visit: AtHome) -> HttpResponse:
    """GET shows it; POST keeps what was typed, whatever button was pressed, and does what the button says."""
    post = visit.request.POST
    if visit.request.method != "POST":
        more = visit.request.GET.get("more", "")
        return render(visit.request, "speakers/portal/profile.html", _page(visit, more=more))
    if post.get("do") == "drop-typed":
        drop_typed(speaker=visit.me)
        return redirect(_back(post))
    saved = _saved(visit)
    photo_error = _photo(visit)
    visit.me.refresh_from_db()
    if saved.clashes or saved.errors or photo_error:
        return _not_all(visit, saved, photo_error)
    _say(visit, saved)
    return redirect(_back(post))


def _saved(visit: AtHome) -> SavedProfile:
    """Only the button that says so shows it to others; another row or a photo doesn't bring half a sentence along."""
    post = visit.request.POST
    sent: dict[str, Any] = {"speaker": visit.me, "by": visit.user, "at": timezone.now()}
    if post.get("do", "save") not in SAVES:
        return keep_typed(typed=typed_in(post, kinds=PROFILE_KINDS), **sent)
    settled = {name: post.get(f"mine:{name}", "") for name in post.getlist("settles")}
    typed = chosen(post, typed_in(post, kinds=PROFILE_KINDS), kinds=PROFILE_KINDS)
    return save_profile(typed=typed, settled=settled, **sent)


def _not_all(visit: AtHome, saved: SavedProfile, photo_error: str) -> HttpResponse:
    """The rest is saved: two texts side by side, or what was refused, as it was typed."""
    if saved.clashes:
        if photo_error:
            messages.error(visit.request, photo_error)
        return render(visit.request, "speakers/portal/clash.html", _clash_page(visit, saved))
    page = _page(visit, profile=saved.profile, photo_error=photo_error)
    return render(visit.request, "speakers/portal/profile.html", page, status=400)


def _say(visit: AtHome, saved: SavedProfile) -> None:
    if saved.waits:
        messages.success(visit.request, NAME_WAITS)
    if saved.written and not saved.waits:
        messages.success(visit.request, SAVED if visit.me.live else AS_DRAFT)
    elif not saved.written and visit.request.POST.get("do") == "save" and not visit.request.FILES:
        messages.success(visit.request, "It is saved.")


def _back(post: QueryDict) -> str:
    """The page again, which is told whose form was sent whole. A list asks for an empty row."""
    name, _, about = post.get("do", "").partition(":")
    about = about.partition(":")[0]
    query = {"more": about} if name == "add" and about in PROFILE_KINDS else {}
    query |= had_by(post)
    place = f"#{about}" if about in PROFILE_KINDS else ""
    return f"{reverse('portal:profile')}{'?' if query else ''}{urlencode(query)}{place}"


# The photo


def _photo(visit: AtHome) -> str:
    """Keep, crop or take away the photo; why that can't be, in words."""
    post, file = visit.request.POST, visit.request.FILES.get("photo")
    description = " ".join(post.get("description", "").replace("\x00", "").split())[:DESCRIPTION_LIMIT]
    me = visit.me.get_latest_revision_as_object()
    if file is None and post.get("do") == "remove-photo":
        take_photo_away(speaker=visit.me, by=visit.user, at=timezone.now())
        messages.success(visit.request, "Your photo is gone.")
    elif file is not None:
        return _keep(visit, file, description)
    elif me.photo is None and description:
        return NO_PHOTO
    elif me.photo is not None and post.get("photo-is") == str(me.photo.pk):
        focus = _focus(post, focus_of(me.photo))
        if focus != focus_of(me.photo) or description != me.photo.description:
            crop(picture=me.photo, focus=focus, description=description)
            messages.success(visit.request, "The crop and the description of your photo are saved.")
    return ""


def _keep(visit: AtHome, file: Any, description: str) -> str:
    try:
        keep_photo(
            speaker=visit.me,
            file=file,
            size_bytes=file.size,
            description=description,
            focus=MIDDLE,
            by=visit.user,
            at=timezone.now(),
        )
    except NoPhoto as why:
        return str(why)
    messages.success(visit.request, PHOTO)
    return ""


def _focus(post: QueryDict, now: tuple[int, int]) -> tuple[int, int]:
    """Whole hundredths; what is no number leaves it as it is."""
    typed = (post.get("focus_x", "").strip(), post.get("focus_y", "").strip())
    across, down = (
        min(100, int(text)) if text.isdecimal() and len(text) < 5 else kept
        for text, kept in zip(typed, now, strict=True)
    )
    return across, down


# What the page shows


def _page(visit: AtHome, *, profile: Profile | None = None, more: str = "", photo_error: str = "") -> dict[str, Any]:
    typed = unsaved_of(visit.me)
    profile = profile or profile_of(visit.me, typed)
    if more in profile.lists:
        profile.lists[more].blank = 1
    is_live, name = visit.me.live, profile.draft.name
    return {
        "visit": visit,
        "profile": profile,
        "photo_error": photo_error,
        "page_key": visit.request.POST.get("page") or secrets.token_hex(8),
        "typed_at": timezone.localtime(typed.at) if typed.pk else None,
        "is_live": is_live,
        "has_page": is_live and visit.me.appearances.filter(talk__live=True, talk__event__live=True).exists(),
        "programme_says": visit.me.name if is_live and visit.me.name != name else "",
        **_photo_page(visit),
    }


def _photo_page(visit: AtHome) -> dict[str, Any]:
    photo = visit.me.get_latest_revision_as_object().photo
    across, down = focus_of(photo) if photo else MIDDLE
    said = visit.request.POST.get("description", photo.description if photo else "")
    return {"photo": photo, "description": said, "focus_x": across, "focus_y": down}


def _clash_page(visit: AtHome, saved: SavedProfile) -> dict[str, Any]:
    """Both texts of each field; what was refused goes along, to be shown again afterwards."""
    parts = saved.profile.parts
    refused = {name.partition("-")[0] for name in saved.errors}
    carried = [(name, value) for name, value in visit.request.POST.items() if name.partition("-")[0] in refused]
    carried += [("lists", name) for name in refused & set(PROFILE_KINDS)]
    return {
        "visit": visit,
        "title": "Your profile",
        "action": reverse("portal:profile"),
        "who": saved.who,
        "is_me": saved.who == visit.user,
        "when": timezone.localtime(saved.when) if saved.when else None,
        "page_key": visit.request.POST.get("page", ""),
        "clashes": [side_by_side(clash, parts[clash.name]) for clash in saved.clashes],
        "carried": carried,
        "base_of_carried": " ".join(f"{name}:{parts[name].digest}" for name in refused),
    }
