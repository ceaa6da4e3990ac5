"""The outbox in the admin: what became of each mail, and what a person may decide about it."""

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from . import outbox_decisions
from .deciding import why_not
from .enums import MailState
from .models import Delivery, Message, OutgoingMail, Suppression
from .outbox_door import OutboxMixin, may_see_outbox, subject_of, with_gaps

PER_PAGE = 50
# Counting a million rows at each look would cost more than the number is worth.
COUNTED_TO = 10_000
FOUND_AT_MOST = 100
NOT_IN_LISTS = ("message__text", "message__html", "message__files", "filling")


def counted(mails: Any) -> str:
    """How many, to ten thousand: "12", "10,000+"."""
    number = mails[: COUNTED_TO + 1].count()
    return f"{COUNTED_TO:,}+" if number > COUNTED_TO else f"{number:,}"


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "mailing/admin/cells/state.html"


class MomentColumn(Column):  # type: ignore[misc]
    cell_template_name = "mailing/admin/cells/moment.html"


def recipient_of(mail: OutgoingMail) -> str:
    return mail.recipient or "Forgotten"


COLUMNS = [
    TitleColumn("subject", label="Subject", accessor=subject_of, url_name="outbox:mail", width="34%"),
    Column("recipient", label="To", accessor=recipient_of, width="24%"),
    StateColumn("state", label="What became of it", width="24%"),
    MomentColumn("moment", label="When", accessor=lambda mail: mail.ended_at or mail.due_at, width="18%"),
]


class CountingPaginator(WagtailPaginator):  # type: ignore[misc]
    """Pages as far as COUNTED_TO."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list[:COUNTED_TO].count())


class MailsView(OutboxMixin, BaseListingView):
    """All mails, the newest first, or those of one state or one message."""

    page_title = "Mails"
    template_name = "mailing/admin/mails.html"
    results_template_name = "mailing/admin/mails_results.html"
    index_url_name = "outbox:index"
    verbose_name_plural = "mails"
    paginator_class = CountingPaginator
    paginate_by = PER_PAGE
    columns = COLUMNS

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Mails"}]

    @cached_property
    def state(self) -> str:
        asked_for = self.request.GET.get("state", "")
        return asked_for if asked_for in MailState.values else ""

    @cached_property
    def message(self) -> Message | None:
        asked_for = self.request.GET.get("message", "")
        return get_object_or_404(Message, pk=asked_for) if asked_for.isdecimal() and len(asked_for) < 19 else None

    def get_base_queryset(self) -> Any:
        mails = OutgoingMail.objects.select_related("message").defer(*NOT_IN_LISTS)
        if self.message:
            mails = mails.filter(message=self.message)
        return (mails.filter(state=self.state) if self.state else mails).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "state": self.state,
            "message": self.message,
            "subject": with_gaps(self.message.subject) if self.message else "",
            "states": [
                (state, counted(OutgoingMail.objects.filter(state=state))) for state in MailState if not self.message
            ],
            "delivery": Delivery.now(),
            "form": AddressForm(),
        }


class AddressForm(forms.Form):
    address = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class SearchView(OutboxMixin, FormView):
    """The mails to one address. By POST, so that the address stands in no log and no history."""

    page_title = "Mails to one address"
    template_name = "mailing/admin/search.html"
    form_class = AddressForm

    def form_valid(self, form: AddressForm) -> HttpResponse:
        address = form.cleaned_data["address"]
        mails = OutgoingMail.objects.to(address).select_related("message").order_by("-pk")
        found = list(mails.defer(*NOT_IN_LISTS)[:FOUND_AT_MOST])
        suppression = Suppression.objects.of(address).first()
        context = {"found": found, "table": Table(COLUMNS, found), "suppression": suppression, "searched": True}
        return self.render_to_response(self.get_context_data(form=form, at_most=FOUND_AT_MOST, **context))


class MailView(OutboxMixin, TemplateView):
    """One mail: whom to, what became of it, its words, and what can be done."""

    template_name = "mailing/admin/mail.html"

    def get_page_title(self) -> str:
        return subject_of(self.mail)

    @cached_property
    def mail(self) -> OutgoingMail:
        return get_object_or_404(OutgoingMail.objects.select_related("message"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = self.mail
        ended_badly = mail.state in (MailState.SET_ASIDE, MailState.UNKNOWN)
        return {
            **super().get_context_data(**kwargs),
            "mail": mail,
            "text": with_gaps(mail.message.text),
            "why_not": why_not(mail) if ended_badly else "",
            "now": timezone.now(),
        }


def in_order(fates: Counter[str]) -> list[dict[str, Any]]:
    return [{"state": state, "number": fates[state]} for state in MailState if fates[state]]


class MessagesView(OutboxMixin, BaseListingView):
    """Each message, whoever it went to, and what became of its mails."""

    page_title = "Messages"
    template_name = "mailing/admin/messages.html"
    results_template_name = "mailing/admin/messages_results.html"
    index_url_name = "outbox:messages"
    verbose_name_plural = "messages"
    paginate_by = 20

    def get_base_queryset(self) -> Any:
        return Message.objects.defer("text", "html").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        messages = list(context["object_list"])
        fates = OutgoingMail.objects.fates_of(messages)
        rows = [(message, with_gaps(message.subject), in_order(fates[message.pk])) for message in messages]
        return {**context, "rows": rows}


class OutboxMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_outbox(request.user)


class OutboxViewSet(ViewSet):  # type: ignore[misc]
    name = "outbox"
    url_prefix = "mails"
    icon = "mail"
    menu_label = "Mails"
    menu_name = "mails"
    menu_order = 70
    menu_item_class = OutboxMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        decisions = outbox_decisions
        return [
            path("", MailsView.as_view(), name="index"),
            path("messages/", MessagesView.as_view(), name="messages"),
            path("search/", SearchView.as_view(), name="search"),
            path("resume/", decisions.ResumeView.as_view(), name="resume"),
            path("<int:pk>/", MailView.as_view(), name="mail"),
            path("<int:pk>/call-back/", decisions.CallBackView.as_view(), name="call_back"),
            path("<int:pk>/try-again/", decisions.TryAgainView.as_view(), name="try_again"),
            path("<int:pk>/send-again/", decisions.SendAgainView.as_view(), name="send_again"),
        ]
