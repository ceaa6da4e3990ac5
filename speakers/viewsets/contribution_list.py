"""The list of contributions: whose, how far, with whom. The same number of queries whatever its length."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views import snippets

from pages.english import short_day

from ..enums import Baton, ReleaseState
from ..models import Contribution
from ..progress import holder, progress
from ..querysets import ContributionQuerySet

WITH_TALK, WITHOUT_TALK = "with", "without"


class ContributionFilters(WagtailFilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(label="State", choices=ReleaseState.choices, method="in_state")
    holder = django_filters.ChoiceFilter(label="Who holds it", choices=Baton.choices, method="held_by")
    talk = django_filters.ChoiceFilter(
        label="Talk",
        choices=[(WITH_TALK, "In a talk"), (WITHOUT_TALK, "Without a talk")],
        method="with_talk",
    )

    class Meta:
        model = Contribution
        fields: list[str] = []

    def in_state(self, queryset: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return queryset.in_state(value)

    def held_by(self, queryset: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return queryset.held_by(value)

    def with_talk(self, queryset: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return queryset.filter(talk__isnull=value == WITHOUT_TALK)


def talk_title(contribution: Contribution) -> str:
    talk = getattr(contribution, "talk", None)
    if talk is not None:
        return str(talk.get_admin_display_title())
    return f"Without a talk: {contribution.proposed_title}" if contribution.proposed_title else "Without a talk"


def evening(contribution: Contribution) -> str:
    event = getattr(getattr(contribution, "talk", None), "event", None)
    if event is None:
        return ""
    return f"{event.get_admin_display_title()}, {short_day(event.local_start)}"


def speakers(contribution: Contribution) -> str:
    talk = getattr(contribution, "talk", None)
    rows = talk.talk_speakers.all() if talk else []
    return ", ".join(dict.fromkeys(row.speaker.name for row in rows if row.speaker_id))


def state(contribution: Contribution) -> str:
    return ReleaseState(contribution.release_state).label


def holder_in_words(contribution: Contribution) -> str:
    return "Speakers" if holder(contribution) == Baton.SPEAKERS else "Organisers"


class ContributionIndexView(snippets.IndexView):  # type: ignore[misc]
    table_classname = "listing listing--contributions"

    def get_base_queryset(self) -> ContributionQuerySet:
        return Contribution.objects.for_lists().prefetch_related("talk__event__series", "talk__talk_speakers__speaker")

    def search_queryset(self, queryset: ContributionQuerySet) -> ContributionQuerySet:
        """A talk of two speakers is found once."""
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=super().search_queryset(Contribution.objects.order_by()).values("pk"))

    @cached_property
    def columns(self) -> list[Any]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("talk", label="Talk", accessor=talk_title, get_url=self.address_of),
            Column("evening", label="Evening", accessor=evening, sort_key="talk__event__starts_at"),
            Column("speakers", label="Speakers", accessor=speakers),
            Column("state", label="State", accessor=state),
            Column("holder", label="Who holds it", accessor=holder_in_words),
            Column("answers", label="Answers", accessor=answers),
        ]

    def address_of(self, contribution: Contribution) -> str | None:
        return self.get_edit_url(contribution) or self.get_inspect_url(contribution)  # type: ignore[no-any-return]


def answers(contribution: Contribution) -> str:
    done = progress(contribution)
    return f"{done.answered} of {done.asked}" if done.asked else "None asked"
