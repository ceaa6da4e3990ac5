"""Loads the demo: files first, then every row in one transaction, so that a run cut short leaves nothing to mend."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.models import Page, ReferenceIndex, Site

from events.models import EventPage, SeriesPage, TalkPage
from pages.cache import bump
from pages.models import HomePage, Picture, SiteSettings, StandardPage
from pages.pictures import PORTRAIT
from speakers.models import Contribution

from .dates import LONDON, evening_starts
from .evenings import Programme, load_evenings, load_series
from .files import draw_decks, draw_portraits
from .helping import load_helper
from .indexing import index_everything
from .mails import load_mails
from .nouns import PORTRAIT_TITLE, load_nouns
from .planned import load_planned
from .promises import load_promises
from .reading import read_content
from .shapes import Content
from .subscribers import load_subscribers
from .transcripts import load_transcripts
from .words import load_words

Say = Callable[[str], None]


class NoHomePage(Exception):
    """The site has no home page for the series to stand under."""


def is_loaded() -> bool:
    """Whether a series stands where the demo's would."""
    return SeriesPage.objects.filter(slug=read_content().site["series"]["slug"]).exists()


def load(*, now: dt.datetime, say: Say) -> None:
    """Everything, with a line of progress for each step.

    Raises:
        NoHomePage: there is nothing to put the series under.
    """
    content = read_content()
    starts = evening_starts(now.astimezone(LONDON).date())
    step = Steps(say)
    step("Reading", f"{len(content.evenings)} evenings, {len(content.talks)} talks, {len(content.names)} people")
    portraits = draw_portraits(content)
    step("Portraits", f"{len(portraits)} drawn")
    decks = draw_decks(content)
    step("Slides", f"{len(decks)} PDFs")
    with transaction.atomic():
        home = HomePage.objects.filter(depth=2).first()
        if home is None:
            raise NoHomePage
        nouns = load_nouns(content, starts, portraits)
        series = load_series(content.site, home, nouns, min(starts.values()))
        for picture in Picture.objects.filter(title__startswith=PORTRAIT_TITLE):
            picture.get_renditions(*PORTRAIT)
        step("People and places", f"{len(nouns.speakers)} people, {len(nouns.organisations)} organisations")
        programme = Programme(series=series, nouns=nouns, starts=starts)
        load_past(content, programme, decks, step, now=now)
        load_planned(content, programme, now=now)
        step("Evenings to come", f"{len(content.to_come)}")
        load_helper(programme, now=now)
        load_site(content, series)
        step("Mailing list", f"{load_subscribers(now)} readers")
        coming = EventPage.objects.get(series=series, number=min(evening.number for evening in content.to_come))
        step("Mails", f"{load_mails(coming, by=nouns.accounts['Organiser'], now=now)} copies gone")
        index_references()
        index_everything()
        step("Search", "and what refers to what")
        transaction.on_commit(bump)


def load_past(content: Content, programme: Programme, decks: Any, step: "Steps", *, now: dt.datetime) -> None:
    """Evenings that were held, and what came of them."""
    load_evenings(content, programme)
    step("Evenings", f"{len(programme.events)} held, {len(programme.talks)} talks")
    load_words(content, programme, decks)
    step("Answers", "and slides, links, asks")
    step("Transcripts", f"{load_transcripts(content, programme):,} lines")
    step("What happened next", f"{load_promises(programme, now=now)} promises are due")


class Steps:
    """Says each step with the seconds it took."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.began = time.monotonic()

    def __call__(self, name: str, words: str) -> None:
        now = time.monotonic()
        self.say(f"  {name}: {words} ({now - self.began:.1f} s)")
        self.began = now


def load_site(content: Content, series: SeriesPage) -> None:
    """The plain pages, and the settings that name the series."""
    home = HomePage.objects.get(depth=2)
    for row in content.site["pages"]:
        home.add_child(instance=StandardPage(**row, live=True))
    site = Site.objects.get(is_default_site=True)
    settings = SiteSettings.for_site(site)
    settings.main_series = Page.objects.get(pk=series.pk)
    settings.contact_email = content.site["settings"]["contact_email"]
    settings.footer_text = content.site["settings"]["footer_text"]
    settings.save()


def index_references() -> None:
    """What single saves would have done: which row refers to which, for “used in” in the admin."""
    models: tuple[Any, ...] = (SeriesPage, EventPage, TalkPage, Contribution)
    for model in models:
        for row in model.objects.all().iterator(chunk_size=200):
            ReferenceIndex.create_or_update_for_object(row)
