"""What stands on whose card, and where it is found. Only what is public has one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator

from events.models import EventPage, SeriesPage, TalkPage, Topic
from events.programme import people_of, with_names
from pages.english import day, short_day
from pages.errors import NotHere
from pages.models import HomePage
from speakers.models import Organisation, StandardQuestion

from .. import questions, topics
from ..answers import Voice
from ..structure import structure
from ..voices import voice_of
from .drawing import HEIGHT, WIDTH, Card

LONGEST_LEDE = 160
LONGEST_QUOTE = 400  # letters; what is drawn is cut to what fits
SITE_BYTE = 8
KEY = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Subject:
    """A card, and the place of its thing in addresses and in the store: "evenings/12", "answers/7/change"."""

    card: Card
    place: str

    # As a picture of a page's head

    width, height = WIDTH, HEIGHT

    @property
    def url(self) -> str:
        return reverse("card", args=[self.place, self.card.digest])

    @property
    def alt(self) -> str:
        return self.card.alt


def of_site(home: HomePage | None) -> Subject:
    """With what the front page says to newcomers."""
    name, lede = settings.WAGTAIL_SITE_NAME, Truncator(home.lede if home else "").chars(LONGEST_LEDE, truncate="…")
    return Subject(Card(name if lede else "", lede or name, SITE_BYTE), "site")


def of_series(series: SeriesPage) -> Subject:
    label = series.title if series.strapline else ""
    return Subject(Card(label, series.strapline or series.title, SITE_BYTE), f"series/{series.pk}")


def of_evening(event: EventPage, talks: Sequence[TalkPage]) -> Subject:
    """`talks` are those that readers know of, with their people at hand."""
    names = dict.fromkeys(person.speaker.name for talk in talks for person in people_of(talk))
    card = Card(_label(event), event.title, event.number, small=_when(event), people=tuple(names))
    return Subject(card, f"evenings/{event.pk}")


def of_talk(talk: TalkPage, event: EventPage) -> Subject:
    names = tuple(person.speaker.name for person in people_of(talk))
    return Subject(Card(_label(event), talk.title, event.number, small=_when(event), people=names), f"talks/{talk.pk}")


def of_answer(voice: Voice) -> Subject:
    event, words = voice.event, " ".join(voice.answer.plain_text.split())
    card = Card(
        label=_label(event),
        title=Truncator(words).chars(LONGEST_QUOTE, truncate="…"),
        number=event.number,
        small=short_day(event.local_start.date()),
        asked=voice.answer.wording,
        people=tuple(voice.names),
    )
    return Subject(card, f"answers/{voice.talk.pk}/{voice.answer.fragment}")


def _label(event: EventPage) -> str:
    return f"{event.series.title if event.series else ''} {event.number}".strip()


def _when(event: EventPage) -> str:
    """The day; of an evening that was called off, that it was."""
    return str(event.get_status_display()) if event.is_called_off else day(event.local_start.date())


def of_page(kind: str, page: Topic | Organisation | StandardQuestion) -> Subject:
    """Of a page that belongs to no evening: what it is called, and the site's own byte."""
    return Subject(Card(settings.WAGTAIL_SITE_NAME, str(page), SITE_BYTE), f"{kind}/{page.pk}")


# By their place


def find(place: str) -> Subject:
    """The card of what is public.

    Raises:
        NotHere: nothing public has that place.
    """
    kind, _, key = place.partition("/")
    if kind == "site" and not key:
        return of_site(HomePage.objects.live().first())
    key, _, fragment = key.partition("/")
    found = FINDERS[kind](int(key), fragment) if kind in FINDERS and KEY.fullmatch(key) else None
    if found is None:
        raise NotHere("There is no such picture.")
    return found


def _series(key: int, fragment: str) -> Subject | None:
    series = SeriesPage.objects.live().filter(pk=key).first()
    return of_series(series) if series else None


def _evening(key: int, fragment: str) -> Subject | None:
    event = EventPage.objects.public().filter(pk=key).select_related("series").first()
    if event is None:
        return None
    talks = list(TalkPage.objects.announced().filter(event=event).prefetch_related(*with_names()))
    for talk in talks:
        talk.event = event
    return of_evening(event, talks)


def _talk(key: int, fragment: str) -> Subject | None:
    talks = TalkPage.objects.public().filter(pk=key).select_related("event__series")
    talk = talks.prefetch_related(*with_names()).first()
    return of_talk(talk, talk.event) if talk and talk.event else None


def _answer(key: int, fragment: str) -> Subject | None:
    voice = voice_of(key, fragment)
    return of_answer(voice) if voice else None


def _question(key: int, fragment: str) -> Subject | None:
    question = StandardQuestion.objects.filter(pk=key).first()
    return of_page("questions", question) if question and questions.is_public(question) else None


def _topic(key: int, fragment: str) -> Subject | None:
    topic = Topic.objects.filter(pk=key).first()
    return of_page("topics", topic) if topic and topics.entries(topic) else None


def _organisation(key: int, fragment: str) -> Subject | None:
    organisation = Organisation.objects.filter(pk=key).first()
    return of_page("organisations", organisation) if organisation and structure(organisation).is_public else None


FINDERS = {
    "series": _series,
    "evenings": _evening,
    "talks": _talk,
    "answers": _answer,
    "questions": _question,
    "topics": _topic,
    "organisations": _organisation,
}
