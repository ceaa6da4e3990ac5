"""Views in the admin that plan an evening and run it. Each asks first and acts on POST."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .actions import (
    NotInOrder,
    add_slot,
    publish_programme,
    publish_writeup,
    reinstate_talk,
    withdraw_talk,
)
from .enums import FREES_A_SLOT
from .forms import NewEveningForm, RenumberForm
from .forms.planning import suggestions
from .models import EventPage, SeriesPage, TalkPage
from .permissions import may_organise
from .plans import EveningMails
from .readiness import given_for, programme_of
from .sending import fresh_evening


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class OrganisersView(WagtailAdminTemplateMixin):  # type: ignore[misc]
    """For organisers only. `series` and, where there is one, `event` and `talk` say where in the series we are."""

    header_icon = "calendar"
    series: SeriesPage
    event: EventPage | None = None
    talk: TalkPage | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_organise(request.user):
            raise PermissionDenied
        self.find(**kwargs)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    @property
    def organiser(self) -> Any:
        return self.request.user  # type: ignore[attr-defined]

    def find(self, **kwargs: Any) -> None:
        if "talk_pk" in kwargs:
            self.talk = get_object_or_404(TalkPage.objects.select_related("event__series"), pk=kwargs["talk_pk"])
            self.event = self.talk.event
        elif "event_pk" in kwargs:
            self.event = get_object_or_404(EventPage.objects.select_related("series"), pk=kwargs["event_pk"])
        if self.event is not None and self.event.series is not None:
            self.series = self.event.series
        else:
            self.series = get_object_or_404(SeriesPage, pk=kwargs.get("series_pk"))

    @property
    def evening(self) -> EventPage:
        if self.event is None:
            raise Http404("No evening.")
        return self.event

    @property
    def slot(self) -> TalkPage:
        if self.talk is None:
            raise Http404("No talk.")
        return self.talk

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [(reverse("series:evenings", args=[self.series.pk]), self.series.title)]
        trail += [(edit_url(page), page.title) for page in (self.event, self.talk) if page is not None]
        trail.append(("", self.get_page_title()))
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in trail)]


class PlanView(OrganisersView, FormView):
    """New evening, or the next one from this one."""

    template_name = "events/admin/plan.html"
    form_class = NewEveningForm

    def get_page_title(self) -> str:
        return f"Next evening from {self.event.title}" if self.event else "New evening"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "series": self.series, "today": self.today}

    @property
    def today(self) -> Any:
        return timezone.now().astimezone(self.series.zone).date()

    def get_initial(self) -> dict[str, Any]:
        return suggestions(self.series, today=self.today, source=self.event)

    def form_valid(self, form: NewEveningForm) -> HttpResponse:
        event = form.plan(by=self.organiser)
        if event is None:
            return self.form_invalid(form)
        talks = event.get_children_count()
        messages.success(
            self.request,
            f"“{event.title}” is planned, as a draft with {talks} talk{'' if talks == 1 else 's'} to be announced. "
            "Fill in what you know, then publish its programme.",
        )
        return redirect(edit_url(event))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "series": self.series, "source": self.event}


class RenumberView(OrganisersView, FormView):
    """Another number for an evening."""

    template_name = "events/admin/renumber.html"
    form_class = RenumberForm
    page_title = "Change the number"
    header_icon = "order"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "event": self.event}

    def form_valid(self, form: RenumberForm) -> HttpResponse:
        event = form.renumber(by=self.organiser)
        if event is None:
            return self.form_invalid(form)
        messages.success(self.request, f"This evening has number {event.number} now.")
        return redirect(edit_url(event))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "event": self.event}


class ConfirmView(OrganisersView, TemplateView):
    """Says what will happen; POST does it, says what happened, and leads back."""

    template_name = "events/admin/confirm.html"
    question = ""
    button = ""
    way_back = "No, go back"

    def act(self) -> str:
        """Does it and returns the sentence that says so. Raises NotInOrder, in words."""
        raise NotImplementedError

    def back(self) -> str:
        return edit_url(self.talk or self.event)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except NotInOrder as refusal:
            messages.error(request, str(refusal))
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"question": self.question, "button": self.button, "way_back": self.way_back, "back": self.back()}
        return {**super().get_context_data(**kwargs), **words, "event": self.event, "talk": self.talk}


class AddSlotView(ConfirmView):
    page_title = "Add a slot"
    header_icon = "plus"
    question = "Another talk, to be announced, will stand at the end of the running order."
    button = "Add the slot"

    def act(self) -> str:
        self.talk = add_slot(event=self.evening, by=self.organiser)
        return "There is another slot at the end of the running order. Give the talk a title when you know it."


class WithdrawView(ConfirmView):
    page_title = "Withdraw the talk"
    header_icon = "no-view"
    question = (
        "Readers will no longer see this talk in the programme, and its slot is free again. "
        "Nothing is deleted: what its speakers gave stays, and you can reinstate it."
    )
    afterwards = (
        "Readers will no longer see what its speakers gave. Its title, its speakers and its teaser stay, marked as "
        "withdrawn. The recording, and what was said in it, stay too: withhold the recording in the evening’s editor "
        "if they should not. Nothing is deleted, and you can reinstate it."
    )
    button = "Withdraw the talk"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        over = self.evening.over_at <= timezone.now()
        return {**super().get_context_data(**kwargs), **({"question": self.afterwards} if over else {})}

    def act(self) -> str:
        if self.slot.state in FREES_A_SLOT:
            raise NotInOrder("This talk is out of the programme already.")
        withdraw_talk(talk=self.slot, by=self.organiser)
        return f"{capfirst(self.slot.in_words)} is withdrawn. You can reinstate it at any time."


class ReinstateView(ConfirmView):
    page_title = "Reinstate the talk"
    header_icon = "resubmit"
    question = "The talk will be back in the programme, in its place in the running order."
    button = "Reinstate the talk"

    def act(self) -> str:
        if self.slot.state not in FREES_A_SLOT:
            raise NotInOrder("This talk is in the programme already.")
        talk = reinstate_talk(talk=self.slot, at=timezone.now(), by=self.organiser)
        return f"{capfirst(talk.in_words)} is back in the programme."


class PublishView(ConfirmView):
    """Lists what becomes public."""

    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = programme_of(self.evening)
        waiting = EveningMails.of(fresh_evening(self.evening), at=timezone.now()).wanting_approval()
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "event": programme.event,
            "programme": programme,
            "series": self.series,
            "mails_to_approve": waiting,
        }


class PublishProgrammeView(PublishView):
    template_name = "events/admin/publish_programme.html"
    page_title = "Publish the programme"
    button = "Publish the programme"

    def act(self) -> str:
        pages = publish_programme(event=self.evening, by=self.organiser)
        if not pages:
            return "Everything with a title was public already."
        return f"The programme is public: {', '.join(f'“{page.title}”' for page in pages)}."


class PublishWriteupView(PublishView):
    template_name = "events/admin/publish_writeup.html"
    page_title = "Publish the write-up"
    button = "Publish the write-up"

    def act(self) -> str:
        waiting = publish_writeup(event=self.evening, at=timezone.now(), by=self.organiser)
        for given in waiting:
            messages.warning(self.request, f"Not released: what was given to {given.talk.in_words}. {given.words}")
        return f"The write-up of “{self.evening.title}” is public."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        programme = context["programme"]
        given, written_up_on = given_for(programme), programme.event.written_up_on
        left = written_up_on is None or bool(programme.due) or any(row.ready for row in given)
        facts = {"given": given, "over": self.is_over(), "written_up_on": written_up_on, "anything_left": left}
        return {**context, **facts}

    def is_over(self) -> bool:
        return self.evening.over_at <= timezone.now()
