"""The "Series" menu: evenings, audience questions, hosts, venues, topics."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db import models
from django.urls import URLPattern, path
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from . import board, decks, invitations, mails, planning, reminders, taking_over
from .enums import QuestionSource
from .forms import AudienceQuestionForm
from .models import AudienceQuestion, EventPage, Host, TalkPage, Topic, Venue


def mail_paths() -> list[URLPattern]:
    """An evening's mails, each by its name."""
    one = {
        "": ("mail", mails.MailView),
        "html/": ("mail_html", mails.MailHtmlView),
        "words/": ("mail_words", mails.EditMailView),
        "test/": ("mail_test", mails.TestMailView),
        "approve/": ("mail_approve", mails.ApproveMailView),
        "not-yet/": ("mail_not_yet", mails.WithdrawMailView),
        "call-back/": ("mail_call_back", mails.CallBackMailView),
        "again/": ("mail_again", mails.PlanAgainView),
        "throw-away/": ("mail_discard", mails.DiscardMailView),
    }
    above = "evening/<int:event_pk>/mails/"
    return [
        path(above, mails.MailsView.as_view(), name="mails"),
        path(f"{above}write/", mails.WriteMailView.as_view(), name="mail_write"),
        *(path(f"{above}<slug:name>/{end}", view.as_view(), name=name) for end, (name, view) in one.items()),
    ]


def invitation_paths() -> list[URLPattern]:
    """A talk's invitations, all of them and one by its key; reminding its speakers, or an evening's."""
    one = "talk/<int:talk_pk>/invite/<int:pk>/"
    return [
        path("talk/<int:talk_pk>/invite/", invitations.InviteView.as_view(), name="invite"),
        path("talk/<int:talk_pk>/remind/", reminders.RemindView.as_view(), name="remind"),
        path("evening/<int:event_pk>/remind/", reminders.RemindAllView.as_view(), name="remind_all"),
        path(f"{one}again/", invitations.InviteAgainView.as_view(), name="invite_again"),
        path(f"{one}withdraw/", invitations.WithdrawInvitationView.as_view(), name="invite_withdraw"),
    ]


class EveningsViewSet(ViewSet):  # type: ignore[misc]
    """Evenings, and the views that plan and run them."""

    name = "series"
    icon = "calendar"
    menu_label = "Evenings"
    menu_name = "evenings"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", board.index, name="index"),
            path("<int:series_pk>/", board.EveningsView.as_view(), name="evenings"),
            path("<int:series_pk>/results/", board.EveningsView.as_view(results_only=True), name="evenings_results"),
            path("<int:series_pk>/new/", planning.PlanView.as_view(), name="plan"),
            path("evening/<int:event_pk>/next/", planning.PlanView.as_view(), name="plan_next"),
            path("evening/<int:event_pk>/slot/", planning.AddSlotView.as_view(), name="add_slot"),
            path("evening/<int:event_pk>/number/", planning.RenumberView.as_view(), name="renumber"),
            path(
                "evening/<int:event_pk>/programme/", planning.PublishProgrammeView.as_view(), name="publish_programme"
            ),
            path("evening/<int:event_pk>/write-up/", planning.PublishWriteupView.as_view(), name="publish_writeup"),
            path("evening/<int:event_pk>/slides/", decks.evening_slides, name="slides"),
            *mail_paths(),
            path("talk/<int:talk_pk>/withdraw/", planning.WithdrawView.as_view(), name="withdraw"),
            path(
                "talk/<int:talk_pk>/introduce/<int:speaker_pk>/", taking_over.IntroduceView.as_view(), name="introduce"
            ),
            path("talk/<int:talk_pk>/words/", taking_over.TakeWordsView.as_view(), name="take_words"),
            *invitation_paths(),
            path("talk/<int:talk_pk>/reinstate/", planning.ReinstateView.as_view(), name="reinstate"),
        ]


class NounViewSet(SnippetViewSet):  # type: ignore[misc]
    """What the nouns of the series have in common."""

    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    menu_item_is_registered = True


class HostViewSet(NounViewSet):
    model = Host
    icon = "group"
    admin_url_namespace = "hosts"
    base_url_path = "hosts"
    list_display = ["name", Column("event_count", label="Evenings")]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("about", help_text="A sentence or two for readers."),
            FieldPanel("website"),
            FieldPanel("slug", help_text="Its address on the site. Made from the name when left empty."),
            HelpPanel("Which numbers a host had is kept in the series, under “Questions and hosts”."),
        ]
    )

    def get_queryset(self, request: Any) -> Any:
        return Host.objects.annotate(event_count=models.Count("events"))


class VenueViewSet(NounViewSet):
    model = Venue
    icon = "home"
    admin_url_namespace = "venues"
    base_url_path = "venues"
    list_display = ["name", "place", Column("event_count", label="Evenings"), Column("in_use", label="Offered")]
    list_filter = ["archived"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("address"),
            FieldPanel("place"),
            MultiFieldPanel([FieldPanel("finding_it"), FieldPanel("access")], heading="On the night"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
                heading="On a map",
                help_text="In degrees, such as 51.50541 and -0.12750. Give both or neither.",
            ),
            FieldPanel("archived"),
        ]
    )

    def get_queryset(self, request: Any) -> Any:
        offered = models.Case(models.When(archived=True, then=models.Value("No longer")), default=models.Value("Yes"))
        return Venue.objects.annotate(event_count=models.Count("events"), in_use=offered)


class TopicViewSet(NounViewSet):
    model = Topic
    icon = "tag"
    admin_url_namespace = "topics"
    base_url_path = "topics"
    list_display = ["name", "kind", Column("talk_count", label="Talks")]
    list_filter = ["kind"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("description"),
            FieldPanel("slug", help_text="Its address on the site. Made from the name when left empty."),
        ]
    )

    def get_queryset(self, request: Any) -> Any:
        return Topic.objects.annotate(talk_count=models.Count("talks"))


class AudienceQuestionFilters(WagtailFilterSet):  # type: ignore[misc]
    number = django_filters.NumberFilter(field_name="event__number", label="Evening’s number")

    class Meta:
        model = AudienceQuestion
        fields = ["number", "state", "source"]


class CreateAudienceQuestionView(CreateView):  # type: ignore[misc]
    """A new question, the last of its evening; `?event=`, `?talk=` and `?source=` say where it belongs."""

    def get_initial_form_instance(self) -> AudienceQuestion:
        event = self.asked_for(EventPage.objects.all(), "event")
        talk = self.asked_for(TalkPage.objects.filter(event=event), "talk") if event else None
        source = self.request.GET.get("source")
        source = source if source in QuestionSource.values else QuestionSource.ROOM
        orders = AudienceQuestion.objects.filter(event=event).aggregate(last=models.Max("order"))
        return AudienceQuestion(event=event, talk=talk, source=source, order=(orders["last"] or 0) + 1)

    def asked_for(self, rows: Any, name: str) -> Any:
        key = self.request.GET.get(name, "")
        return rows.filter(pk=key).first() if key.isdecimal() else None

    def get_success_url(self) -> str:
        return f"{super().get_success_url()}?number={self.object.event.number}"

    def get_success_buttons(self) -> list[Any]:
        place = {"event": self.object.event_id, "talk": self.object.talk_id, "source": self.object.source}
        told = urlencode({name: value for name, value in place.items() if value})
        return [messages.button(f"{self.get_add_url()}?{told}", "Add another"), *super().get_success_buttons()]


class AudienceQuestionViewSet(NounViewSet):
    model = AudienceQuestion
    icon = "help"
    menu_label = "Audience questions"
    admin_url_namespace = "audience_questions"
    base_url_path = "audience-questions"
    list_display = ["__str__", Column("event", label="Evening"), "talk", "state"]
    filterset_class = AudienceQuestionFilters
    add_view_class = CreateAudienceQuestionView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("event", heading="Evening"),
                    FieldPanel("talk"),
                    FieldRowPanel([FieldPanel("source"), FieldPanel("order")]),
                ],
                heading="Where it belongs",
            ),
            FieldPanel("as_asked"),
            FieldPanel("text"),
            FieldPanel("state"),
            MultiFieldPanel(
                [
                    FieldPanel("answer"),
                    FieldPanel("pointer_url", help_text="A page where the rest of the answer stands."),
                    FieldRowPanel([FieldPanel("answered_by"), FieldPanel("answered_on")]),
                ],
                heading="The answer",
            ),
        ],
        base_form_class=AudienceQuestionForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return AudienceQuestion.objects.select_related("event", "talk").order_by("-event__starts_at", "order", "pk")


class SeriesMenu(ViewSetGroup):  # type: ignore[misc]
    """Other apps add to it with the hook `register_series_menu_item`."""

    menu_label = "Series"
    menu_name = "series"
    menu_icon = "calendar-alt"
    menu_order = 50
    submenu_hook = "register_series_menu_item"
    items = (EveningsViewSet, AudienceQuestionViewSet, HostViewSet, VenueViewSet, TopicViewSet)
