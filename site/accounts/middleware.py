"""Two doors: account pages are kept by nobody, and the admin opens to organisers who showed a second factor."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from . import second_factor

ACCOUNT_PATH = "/account/"


class AccountPagesMiddleware:
    """What is below /account/ holds codes and links: no browser and no proxy keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ACCOUNT_PATH):
            response["Cache-Control"] = "no-store"
        return response


class AdminDoorMiddleware:
    """Below /cms/: 403 in words for a signed-in person without admin access, and a second factor for the others.

    Whoever isn't signed in is sent to the sign-in page by Wagtail. Signing out needs no second factor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            refusal = render(request, "accounts/not_the_admin.html", status=403)
            refusal["Cache-Control"] = "no-store"
            return refusal
        if request.path == reverse("wagtailadmin_logout") or second_factor.opens_admin(request):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied("Show your second factor again: reload the page.")
        return second_factor.ask(request)
