"""What the site as a whole does to a request: the editors' wider policy, and a laptop's missing pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from pages.views import page_not_found

ADMIN_PATH = "/cms/"
ADMIN_POLICY = {
    **settings.SECURE_CSP,
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}


class AdminPolicyMiddleware:
    """Stands below ContentSecurityPolicyMiddleware, which reads `_csp_config` from the response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PATH) and not hasattr(response, "_csp_config"):
            response._csp_config = ADMIN_POLICY  # type: ignore[attr-defined]
        return response


class MissingPageMiddleware:
    """On a laptop a missing page is the site's own, not Django's for developers: the demo shows what readers see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Http404) or request.path.startswith((ADMIN_PATH, settings.MEDIA_URL)):
            return None
        return page_not_found(request, exception)
