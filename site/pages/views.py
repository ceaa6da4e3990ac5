"""What every website answers: robots.txt, and words where there is no page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .errors import NotHere, nearest_page_above

UNLISTED = ("/cms/", "/slides/", "/recordings/", "/api/v1/")


def read_only[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """GET and HEAD alone; anything else is 405, without a look at tokens and cookies first."""
    return csrf_exempt(require_safe(view))


def tidy[**P](view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], Any]:
    """A form sends its empty fields too: the address that a reader then shares says only what was chosen."""

    @wraps(view)
    def tidied(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if all(all(values) for _, values in request.GET.lists()):
            return view(request, *args, **kwargs)
        kept = request.GET.copy()
        for name, values in request.GET.lists():
            kept.setlist(name, [value for value in values if value])
        return redirect(f"{request.path}?{query}" if (query := kept.urlencode()) else request.path)

    return tidied


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """All may be indexed but the admin, slides and recordings, which can be taken back, and what programs read."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in UNLISTED), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with a way on. Only words that were written for readers are shown."""
    context = {
        "words": str(exception) if isinstance(exception, NotHere) else "",
        "above": nearest_page_above(request),
    }
    return render(request, "404.html", context, status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"words": str(exception)}, status=403)
