"""The series: its clock, its questions, its hosts."""

import datetime as dt
import zoneinfo
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from pages.models import PROSE, ReservedSlugMixin
from pages.views import tidy
from speakers.enums import ReuseTerms
from speakers.models import StandardQuestion

from ..counts import HostCount, Spell, count_for
from ..enums import Weekday
from .places import Host


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name]


def check_zone(name: str) -> None:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValidationError(f"“{name}” is not a time zone. It looks like Europe/London.") from error


_minutes = [MinValueValidator(1), MaxValueValidator(120)]


class SeriesPage(ReservedSlugMixin, Page):
    """A series of evenings. Its minutes and its zone give every slot its clock time."""

    strapline = models.CharField(max_length=200, blank=True, help_text="What it is, in one line.")
    newcomers = RichTextField(
        "for newcomers", blank=True, features=PROSE, help_text="The paragraph for people who have never been."
    )
    time_zone = models.CharField(
        max_length=50,
        default="Europe/London",
        validators=[check_zone],
        help_text="The clock on the wall of the room, such as Europe/London. Times are shown and typed in it.",
    )
    slots = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1), MaxValueValidator(16)], help_text="Talks in an evening."
    )
    welcome_minutes = models.PositiveSmallIntegerField(
        default=5, validators=[MaxValueValidator(120)], help_text="From the start to the first talk."
    )
    talk_minutes = models.PositiveSmallIntegerField(default=8, validators=_minutes)
    question_minutes = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(120)])
    usual_weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.WEDNESDAY)
    usual_start = models.TimeField(default=dt.time(18, 0))

    answers_wanted_days = models.PositiveSmallIntegerField(
        "answers wanted",
        default=5,
        validators=[MaxValueValidator(60)],
        help_text="How many days before an evening its speakers are asked to be done. 0: by the evening itself.",
    )

    terms = models.CharField(
        "terms of reuse",
        max_length=20,
        choices=ReuseTerms,
        blank=True,
        help_text="Under which terms the answers may be used again, where the speakers of a talk choose no others.",
    )

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["events.EventPage"]
    private_page_options: list[str] = []
    search_fields = [*Page.search_fields, index.SearchField("strapline"), index.SearchField("newcomers")]
    template = "events/series_page.html"

    class Meta:
        verbose_name = verbose_name_plural = "series"

    def permissions_for_user(self, user: Any) -> Any:
        from ..permissions import SeriesPermissionTester

        return SeriesPermissionTester(user, self)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def slot(self) -> dt.timedelta:
        """A talk and its questions."""
        return dt.timedelta(minutes=self.talk_minutes + self.question_minutes)

    @property
    def welcome(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.welcome_minutes)

    def spells(self) -> list[Spell]:
        return [Spell(s.host, s.first_number, s.last_number) for s in self.host_spells.all()]

    @cached_property
    def _spells(self) -> list[Spell]:
        rows = (
            self.host_spells.select_related("host") if self.pk and hasattr(self.host_spells, "select_related") else None
        )
        return [
            Spell(s.host, s.first_number, s.last_number) for s in (rows if rows is not None else self.host_spells.all())
        ]

    def host_count(self, number: int) -> HostCount | None:
        """Which evening `number` is at its host, and what came before it elsewhere."""
        return count_for(number, self._spells)

    def questions(self) -> list[StandardQuestion]:
        """The standard questions, in the order in which they are asked."""
        return [row.question for row in self.series_questions.select_related("question") if not row.question.archived]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return tidy(super().serve)(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import series_context

        return {**super().get_context(request, *args, **kwargs), **series_context(self, request)}


class SeriesQuestion(Orderable):
    """A standard question of the series, in its place."""

    series = ParentalKey(SeriesPage, on_delete=models.CASCADE, related_name="series_questions")
    question = models.ForeignKey(StandardQuestion, on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = "standard question"

    def __str__(self) -> str:
        return str(self.question)


class HostSpell(Orderable):
    """Who hosted which numbers."""

    series = ParentalKey(SeriesPage, on_delete=models.CASCADE, related_name="host_spells")
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="spells")
    first_number = models.PositiveIntegerField("first evening", validators=[MinValueValidator(1)])
    last_number = models.PositiveIntegerField(
        "last evening", null=True, blank=True, help_text="Empty while they still host."
    )

    class Meta(Orderable.Meta):
        verbose_name = "host"

    def __str__(self) -> str:
        return f"{self.host}: {self.first_number}–{self.last_number or ''}"

    def clean(self) -> None:
        super().clean()
        if self.last_number is not None and self.first_number and self.last_number < self.first_number:
            raise ValidationError({"last_number": "The last evening can’t be before the first."})
