"""People in the admin: listed, edited, merged; never deleted."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, InspectView, SnippetViewSet

from ..forms.people import SpeakerForm
from ..models import Speaker, SpeakerAlias
from ..panels import speaker_editor
from ..prose import plain_text
from ..views.account import ACCOUNT, SpeakerAccount
from ..views.people import MERGE, MergeSpeaker
from .choosers import SpeakerChooserViewSet

YES, NO = "yes", "no"
YES_NO = [(YES, "Yes"), (NO, "No")]


class SpeakerFilters(WagtailFilterSet):  # type: ignore[misc]
    photo = django_filters.ChoiceFilter(label="Has a photo", choices=YES_NO, method="with_photo")
    talks = django_filters.ChoiceFilter(label="Has talks", choices=YES_NO, method="with_talks")

    class Meta:
        model = Speaker
        fields: list[str] = []

    def with_photo(self, queryset: QuerySet[Speaker], name: str, value: str) -> QuerySet[Speaker]:
        return queryset.filter(photo__isnull=value == NO)

    def with_talks(self, queryset: QuerySet[Speaker], name: str, value: str) -> QuerySet[Speaker]:
        return queryset.filter(talk_count__gt=0) if value == YES else queryset.exclude(talk_count__gt=0)


def merge_button(speaker: Speaker) -> Button:
    return Button("Merge into…", url=reverse(MERGE, args=[speaker.pk]), icon_name="group", priority=25)


def account_button(speaker: Speaker) -> Button:
    return Button("Account…", url=reverse(ACCOUNT, args=[speaker.pk]), icon_name="key", priority=24)


class SpeakerIndexView(IndexView):  # type: ignore[misc]
    page_title = "People"

    def get_base_queryset(self) -> QuerySet[Speaker]:
        return Speaker.objects.current().with_talk_count()

    @cached_property
    def columns(self) -> list[Column]:
        """Without the ticks for acting on many at once: there is nothing that could be done to many people."""
        return super().columns[1:]  # type: ignore[no-any-return]

    def search_queryset(self, queryset: QuerySet[Speaker]) -> QuerySet[Speaker]:
        if not self.is_searching:
            return queryset
        aliases = SpeakerAlias.objects.filter(name__icontains=self.search_query)
        words = Q(name__icontains=self.search_query) | Q(sort_name__icontains=self.search_query)
        return queryset.filter(words | Q(pk__in=aliases.values("speaker")))

    def get_delete_url(self, instance: Speaker) -> None:
        return None

    def get_list_more_buttons(self, instance: Speaker) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        more = [account_button(instance), merge_button(instance)] if self.user_has_permission("change") else []
        return [*buttons, *more]


class CreateSpeaker(CreateView):  # type: ignore[misc]
    """Saved when somebody says so: half a name typed is nobody yet."""

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)
        self.autosave_enabled = False


class EditSpeaker(EditView):  # type: ignore[misc]
    can_delete = False

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, account_button(self.object), merge_button(self.object)]


class InspectSpeaker(InspectView):  # type: ignore[misc]
    def get_biography_display_value(self) -> str:
        return plain_text(self.object.biography)


class SpeakerViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Speaker
    icon = "user"
    menu_label = "People"
    menu_name = "people"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "pronunciation", "biography", "photo"]
    index_view_class = SpeakerIndexView
    add_view_class = CreateSpeaker
    edit_view_class = EditSpeaker
    inspect_view_class = InspectSpeaker
    chooser_viewset_class = SpeakerChooserViewSet
    filterset_class = SpeakerFilters
    index_template_name = "wagtailadmin/generic/index.html"
    list_display = [
        "name",
        NumberColumn("talk_count", label="Talks", accessor="talk_count", sort_key="talk_count"),
        Column("has_photo", label="Photo", accessor=lambda speaker: "Yes" if speaker.photo_id else "No"),
        Column("state", label="State", accessor=lambda speaker: "Public" if speaker.live else "Draft", sort_key="live"),
    ]
    ordering = "sort_name"
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 40
    edit_handler = speaker_editor(SpeakerForm)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("account/<int:pk>/", self.construct_view(SpeakerAccount), name="account"),
            path("merge/<int:pk>/", self.construct_view(MergeSpeaker), name="merge"),
        ]
