"""The register of links in the admin: what no longer answers, where it stands, and what to put in its place."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from events.permissions import may_organise

from .linking import checking
from .linking.places import places_of
from .models import Link, LinkState

PER_PAGE = 40


class LinksView(BaseListingView):  # type: ignore[misc]
    """What wants attention, or the links of one state; those that have failed longest first."""

    page_title = "Links"
    header_icon = "link"
    template_name = "archive/admin/links.html"
    results_template_name = "archive/admin/links_results.html"
    index_url_name = "links_register:index"
    verbose_name_plural = "links"
    paginate_by = PER_PAGE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_organise(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def state(self) -> str:
        asked_for = self.request.GET.get("state", "")
        return asked_for if asked_for in (*LinkState.values, "aside") else ""

    def get_base_queryset(self) -> Any:
        links = Link.objects.order_by("failing_since", "-named_at", "pk")
        if not self.state:
            return links.filter(pk__in=Link.objects.wanting_attention().values("pk"))
        links = links.exclude(named_at=None)
        return links.exclude(ignored_at=None) if self.state == "aside" else links.filter(state=self.state)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        links = list(context["object_list"])
        places = places_of([link.pk for link in links])
        return {
            **context,
            "state": self.state,
            "states": [*LinkState.choices, ("aside", "Put aside")],
            "rows": [(link, places.get(link.pk, [])) for link in links],
        }


def decide(request: HttpRequest, pk: int, *, action: Any, words: str) -> HttpResponse:
    if not may_organise(request.user):
        raise PermissionDenied
    action(link=get_object_or_404(Link, pk=pk))
    messages.success(request, words)
    state = request.POST.get("state", "")
    query = f"?state={state}" if state in (*LinkState.values, "aside") else ""
    return redirect(reverse("links_register:index") + query)


@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    words = "It is asked again within a few minutes."
    return decide(request, pk, action=checking.check_again, words=words)


@require_POST
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    words = "It is left as it is, and isn’t checked any more. You find it under “Put aside”."
    return decide(request, pk, action=lambda link: checking.put_aside(link=link, at=timezone.now()), words=words)


class LinksMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return may_organise(request.user)


class LinksViewSet(ViewSet):  # type: ignore[misc]
    name = "links_register"
    url_prefix = "links"
    icon = "link"
    menu_label = "Links"
    menu_name = "links"
    menu_hook = "register_reports_menu_item"
    menu_item_class = LinksMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LinksView.as_view(), name="index"),
            path("<int:pk>/again/", check_again, name="check_again"),
            path("<int:pk>/aside/", put_aside, name="put_aside"),
        ]
