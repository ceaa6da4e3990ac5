"""Whose evening a write-up is: the series, and the questions it asks."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Site

from events.models import SeriesPage, SeriesQuestion
from pages.models import HomePage, SiteSettings
from speakers.keys import plain_key
from speakers.models import StandardQuestion

from .questions import DEFAULT_QUESTIONS

FIRST_TITLE, FIRST_SLUG = "Data Bites", "data-bites"
_SHORT_NAMES = {"change": "One change"}


class SeriesNotFound(Exception):
    """There is no series with that slug, though there are others."""


class SeriesNotSaid(Exception):
    """There are several series, and none was named."""


class SeriesNotMade(Exception):
    """The first series can't be made here; says why."""


def find_series(slug: str = "") -> SeriesPage | None:
    """The series with that slug, or the only one there is. None where the site has none at all.

    Raises:
        SeriesNotFound, SeriesNotSaid
    """
    known = list(SeriesPage.objects.order_by("slug"))
    names = ", ".join(series.slug for series in known)
    if not known:
        return None
    if slug:
        found = next((series for series in known if series.slug == slug), None)
        if found is None:
            raise SeriesNotFound(f"There is no series “{slug}”. Known: {names}.")
        return found
    if len(known) > 1:
        raise SeriesNotSaid(f"There are several series. Name one with --series: {names}.")
    return known[0]


@transaction.atomic
def make_first_series(*, slug: str = "") -> SeriesPage:
    """A live series with the six questions, below the home page; the site's main one if it has none.

    Raises:
        SeriesNotMade: there is no home page, or the slug can't be used.
    """
    home = HomePage.objects.first()
    if home is None:
        raise SeriesNotMade("The site has no home page. Run migrate first.")
    series = SeriesPage(title=FIRST_TITLE, slug=slug or FIRST_SLUG)
    series.series_questions = [
        SeriesQuestion(question=question, sort_order=place) for place, question in enumerate(default_questions())
    ]
    try:
        home.add_child(instance=series)
    except ValidationError as fault:
        raise SeriesNotMade(f"No series can be made at “{series.slug}”: {' '.join(fault.messages)}") from fault
    series.save_revision(log_action=True).publish()
    site = Site.objects.filter(is_default_site=True).first()
    settings = SiteSettings.for_site(site) if site else None
    if settings is not None and settings.main_series_id is None:
        settings.main_series = series
        settings.save()
    return SeriesPage.objects.get(pk=series.pk)


def default_questions() -> list[StandardQuestion]:
    """The six standard questions, made where they aren't there yet."""
    return [
        StandardQuestion.objects.get_or_create(
            slug=slug, defaults={"text": text, "short_name": _SHORT_NAMES.get(slug, slug.capitalize())}
        )[0]
        for text, slug in DEFAULT_QUESTIONS.items()
    ]


def questions_of(series: SeriesPage | None) -> list[StandardQuestion]:
    """What the series asks or asked, in its order, archived questions too."""
    if series is None:
        return []
    rows = series.series_questions.select_related("question").prefetch_related("question__former_wordings")
    return [row.question for row in rows]


def wordings_of(questions: Iterable[StandardQuestion]) -> dict[str, str]:
    """Wording → slug for whoever reads a write-up; of the questions' usual wordings too. Six for no questions."""
    asked = list(questions)
    slugs = {question.slug for question in asked}
    usual = {text: slug for text, slug in DEFAULT_QUESTIONS.items() if slug in slugs or not asked}
    return usual | {wording: question.slug for question in asked for wording in question.wordings()}


def as_worded(line: str, wordings: dict[str, str]) -> str:
    """A question's line as the site words it, without the numbers, capitals and marks that a page put around it."""
    key = plain_key(line)
    return next((wording for wording in wordings if plain_key(wording) == key), line)
