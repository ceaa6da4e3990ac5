"""A signed-in person who has no business in the admin is told so, instead of being sent round in a circle."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class AdminDoorMiddleware:
    """403 below /cms/ for a signed-in user without admin access; signing out stays open to everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        door = reverse("wagtailadmin_home")
        if not request.path.startswith(door) or request.path == reverse("wagtailadmin_logout"):
            return
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied("This part of the site is for the organisers.")
