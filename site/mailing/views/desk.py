"""The list in the admin: how many, who one address is, off the list, out as CSV."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..charts import draw
from ..enums import Heading
from ..exports import as_csv
from ..forms import FindForm
from ..growth import growth, standing
from ..models import AddressList, Subscriber, Suppression
from ..permissions import may_see_subscribers
from ..subscriptions import erase, let_back, take_off

LISTS_SHOWN = 5
MAILS_SHOWN = 50


class DeskView(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """For who may see subscribers."""

    header_icon = "mail"
    page_title = "Subscribers"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_subscribers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("subscribers:index"), "label": "Subscribers"}]
        if self.page_title != "Subscribers":
            trail.append({"url": "", "label": self.get_page_title()})
        return [*self.breadcrumbs_items, *trail]


class IndexView(DeskView):
    """How many there are, and how that came; a field to look for one address."""

    template_name = "mailing/admin/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = growth(at=timezone.now())
        lines = {"On the list": [month.on_the_list for month in months]}
        lines |= {str(heading.label): [month.hearing[heading] for month in months] for heading in Heading}
        lists = AddressList.objects.exclude(applied_at=None).select_related("by").order_by("-applied_at")
        context = {
            "standing": standing(),
            "months": months,
            "chart": draw(lines),
            "headings": list(Heading),
            "lists": lists[:LISTS_SHOWN],
            "form": FindForm(),
        }
        return super().get_context_data(**{**context, **kwargs})


class FindView(IndexView):
    """A POST, so that the address stands in no log and no browser's history."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("subscribers:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        address = form.cleaned_data["address"]
        found = Subscriber.objects.filter(address=address).first()
        if found is not None:
            return redirect("subscribers:one", found.pk)
        suppression = Suppression.objects.of(address).first()
        context = self.get_context_data(form=form, sought=address, suppression=suppression)
        return self.render_to_response(context)


class OneView(DeskView):
    """One subscriber: what they agreed to, and what became of each mail."""

    template_name = "mailing/admin/one.html"
    page_title = "One subscriber"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subscriber = get_object_or_404(Subscriber, pk=self.kwargs["pk"])
        mails = subscriber.mails().select_related("message").order_by("-made_at", "-pk")
        return super().get_context_data(
            subscriber=subscriber,
            suppression=subscriber.suppression(),
            headings=subscriber.headings(),
            consents=subscriber.consents.select_related("wording").order_by("-asked_at", "heading"),
            mails=mails[:MAILS_SHOWN],
            mail_count=mails.count(),
            **kwargs,
        )


class AskFirstView(DeskView):
    """Asks, and acts on POST."""

    template_name = "mailing/admin/ask.html"
    question = button = done = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.subscriber = get_object_or_404(Subscriber, pk=self.kwargs["pk"])
        return super().get_context_data(
            subscriber=self.subscriber, question=self.question, button=self.button, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.act(get_object_or_404(Subscriber, pk=self.kwargs["pk"]))
        messages.success(request, self.done)
        return redirect("subscribers:index")

    def act(self, subscriber: Subscriber) -> None:
        raise NotImplementedError


class TakeOffView(AskFirstView):
    page_title = "Take off the list"
    question = (
        "Nothing more is sent to them, not even what waits. What they agreed to stays on record. "
        "They can come back, if they sign up and confirm it themselves."
    )
    button = "Take off the list"
    done = "They are off the list. What was waiting for them is called back."

    def act(self, subscriber: Subscriber) -> None:
        take_off(subscriber=subscriber, at=timezone.now())


class EraseView(AskFirstView):
    page_title = "Erase"
    question = (
        "Their address, what they agreed to and which mails of the list went to them are deleted for good. "
        "A fingerprint of the address stays, so that it is not written to by mistake."
    )
    button = "Erase"
    done = "They are erased. Only a fingerprint of the address is left."

    def act(self, subscriber: Subscriber) -> None:
        erase(subscriber=subscriber)


class LetBackView(DeskView):
    """Lifts what keeps an address off the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FindForm(request.POST)
        if form.is_valid() and let_back(address=form.cleaned_data["address"]):
            messages.success(request, "Nothing keeps this address off the list any more. Its owner can sign up again.")
        else:
            messages.warning(request, "Nothing keeps this address off the list.")
        return redirect("subscribers:index")


class ExportView(DeskView):
    """The whole list as CSV. A POST: nobody fetches it by following a link."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        name = f"subscribers-{timezone.localdate():%Y-%m-%d}.csv"
        response = StreamingHttpResponse(as_csv(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
