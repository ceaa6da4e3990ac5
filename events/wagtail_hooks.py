"""The organisers' side in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from .board import NextEveningsPanel
from .links import evening_actions, series_actions, talk_actions
from .models import EventPage, SeriesPage, TalkPage
from .permissions import may_organise
from .refusals import why_not_delete_nouns, why_not_delete_pages, why_not_publish_pages
from .viewsets import SeriesMenu

register_snippet(SeriesMenu)


@hooks.register("register_permissions")
def offer_organising() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="events", codename="organise_evening")


@hooks.register("construct_homepage_panels")
def evenings_on_the_front_page(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(NextEveningsPanel(request))


@hooks.register("construct_reports_menu")
def history_is_for_organisers(request: HttpRequest, menu_items: list[Any]) -> None:
    if not may_organise(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]


# Buttons


def _actions(page: Any, user: Any) -> Iterator[Any]:
    if isinstance(page, SeriesPage):
        yield from series_actions(page, user)
    elif isinstance(page, EventPage):
        yield from evening_actions(page, user)
    elif isinstance(page, TalkPage):
        yield from talk_actions(page, user)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Any]:
    return _actions(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    return _actions(page, user)


# Refusals


@hooks.register("before_delete_page")
def refuse_to_lose_words(request: HttpRequest, page: Any) -> HttpResponse | None:
    sentence = why_not_delete_pages([page])
    if not sentence:
        return None
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_snippet")
def refuse_to_lose_what_is_used(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    sentence = why_not_delete_nouns(instances)
    if not sentence:
        return None
    messages.error(request, sentence)
    return redirect(reverse(type(instances[0]).snippet_viewset.get_url_name("list")))


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Either all or none: what can't be done to one of them is said, and nothing is done."""
    sentence = ""
    pages = [found for found in objects if isinstance(found, Page)]
    if action_type == "delete":
        sentence = why_not_delete_pages(pages)
    elif action_type == "publish":
        below = bool(action.cleaned_form.cleaned_data.get("include_descendants"))
        sentence = why_not_publish_pages(pages, with_descendants=below)
    if not sentence:
        return None
    messages.error(request, f"{sentence} Nothing was changed.")
    return redirect(action.next_url)


class ReadOnlyPagesViewSet(PagesAdminAPIViewSet):  # type: ignore[misc]
    """The explorer reads from here. Its actions pass every hook by, and nothing in the admin uses them."""

    actions: dict[str, Any] = {}


@hooks.register("construct_admin_api")
def close_api_actions(router: Any) -> None:
    router.register_endpoint("pages", ReadOnlyPagesViewSet)
