"""Promises in the admin: replies that wait for a look, and every promise with what is known of it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from ..enums import PromiseOutcome
from ..following_up import enter_reply, publish_reply, set_reply_aside
from ..forms.promises import EnteredReplyForm
from ..models import Contribution, Promise, PromiseReply
from ..notices import MAY_ORGANISE
from ..promises import paired

PER_PAGE = 50


def may_look(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(MAY_ORGANISE))


class PromisesMixin(WagtailAdminTemplateMixin):  # type: ignore[misc]
    """For organisers."""

    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [(reverse("promises:index"), "What happened next"), ("", self.get_page_title())]
        trail = trail if trail[0][1] != trail[1][1] else trail[1:]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in trail)]


class PromisesView(PromisesMixin, TemplateView):
    """Replies to look at; then every promise in public, the newest evening's first."""

    template_name = "speakers/admin/promises.html"
    page_title = "What happened next"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = "contribution__talk__event"
        replies = PromiseReply.objects.waiting().select_related("speaker", f"{event}__series").order_by("at")
        rows = Promise.objects.filter(contribution__in=Contribution.objects.released())
        ordered = rows.select_related(f"{event}__series").order_by(f"-{event}__starts_at", "contribution", "sort_order")
        page = Paginator(ordered, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "waiting": list(replies),
            "page": page,
            "rows": with_replies(list(page.object_list)),
        }


def with_replies(promises: list[Promise]) -> list[tuple[Promise, PromiseReply | None]]:
    """Each with its newest published reply. One query."""
    by_talk: dict[int, list[PromiseReply]] = {}
    given = {promise.contribution_id for promise in promises}
    for reply in PromiseReply.objects.published().filter(contribution__in=given):
        by_talk.setdefault(reply.contribution_id, []).append(reply)
    found = []
    for promise in promises:
        texts = [row.text for row in promises if row.contribution_id == promise.contribution_id]
        about, _ = paired(texts, by_talk.get(promise.contribution_id, []))
        found.append((promise, next(iter(about[promise.text]), None)))
    return found


class LookView(PromisesMixin, TemplateView):
    """One reply; POST publishes it, or sets it aside."""

    template_name = "speakers/admin/promise_reply.html"
    page_title = "A reply"

    @cached_property
    def reply(self) -> PromiseReply:
        rows = PromiseReply.objects.select_related("speaker", "contribution__talk__event__series")
        return get_object_or_404(rows.filter(contribution__talk__event__isnull=False), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "aside" in request.POST:
            set_reply_aside(reply=self.reply, by=request.user, at=timezone.now())
            messages.success(request, "It is set aside. Readers don’t see it, and you can still publish it.")
        else:
            publish_reply(reply=self.reply, by=request.user, at=timezone.now())
            messages.success(request, "It stands beside the talk and under “What happened next”.")
        return redirect("promises:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "reply": self.reply, "talk": self.reply.contribution.talk}  # type: ignore[attr-defined]


class EnterView(PromisesMixin, FormView):
    """What a speaker told an organiser by mail or in a corridor."""

    template_name = "speakers/admin/promise_enter.html"
    form_class = EnteredReplyForm
    page_title = "Enter a reply"

    @cached_property
    def promise(self) -> Promise:
        rows = Promise.objects.filter(contribution__in=Contribution.objects.released())
        return get_object_or_404(rows.select_related("contribution__talk__event__series"), pk=self.kwargs["pk"])

    @cached_property
    def today(self) -> Any:
        return timezone.now().astimezone(self.promise.contribution.talk.event.zone).date()  # type: ignore[attr-defined]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "today": self.today, "initial": {"replied_on": self.today}}

    def form_valid(self, form: EnteredReplyForm) -> HttpResponse:
        told = form.cleaned_data
        enter_reply(
            promise=self.promise,
            outcome=PromiseOutcome(told["outcome"]),
            words=told["words"],
            on=told["replied_on"],
            by=self.request.user,
            at=timezone.now(),
        )
        messages.success(self.request, "It is published, with its date.")
        return redirect("promises:index")

    def form_invalid(self, form: EnteredReplyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"promise": self.promise, "talk": self.promise.contribution.talk}  # type: ignore[attr-defined]
        return {**super().get_context_data(**kwargs), **found}


class PromisesMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


class PromisesViewSet(ViewSet):  # type: ignore[misc]
    """In the "Series" menu, whose name is all that is known of it here."""

    name = "promises"
    url_prefix = "promises"
    icon = "history"
    menu_label = "What happened next"
    menu_name = "promises"
    menu_order = 600
    menu_item_class = PromisesMenuItem
    menu_hook = "register_series_menu_item"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PromisesView.as_view(), name="index"),
            path("replies/<int:pk>/", LookView.as_view(), name="look"),
            path("<int:pk>/reply/", EnterView.as_view(), name="enter"),
        ]
