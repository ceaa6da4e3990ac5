"""The pages of text that every page links to."""

from django.http import HttpRequest
from wagtail.models import Site

from .models import StandardPage


def text_pages(request: HttpRequest) -> list[StandardPage]:
    """The live pages of text right below the home page, in their order; asked for once a request."""
    if not hasattr(request, "text_pages"):
        site = Site.find_for_request(request)
        pages = StandardPage.objects.live().child_of(site.root_page).order_by("path") if site else []
        request.text_pages = list(pages)  # type: ignore[attr-defined]
    return request.text_pages  # type: ignore[attr-defined, no-any-return]
