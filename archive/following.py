"""What can be followed in a feed: everything, a series, or the talks of a topic, an organisation or a person."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Site

from events.addresses import led_to
from events.models import SeriesPage, TalkPage, TalkSpeaker, Topic
from pages.errors import NotHere
from speakers.models import Organisation, Speaker

from . import querysets
from .structure import became_now, slugs_of_former_names

EVENINGS, WRITE_UPS = "evenings", "write-ups"
KINDS = (EVENINGS, WRITE_UPS)


class Moved(Exception):
    """What is followed has another address now: `path` is its page's."""

    def __init__(self, path: str) -> None:
        self.path = path


@dataclass(frozen=True, slots=True)
class Scope:
    """`key` is part of the feed's id and never changes. `talks` is None where whole evenings are followed."""

    key: str
    name: str
    path: str
    title: str
    events: Q
    talks: Q | None = None


def everything() -> Scope:
    return Scope("", settings.WAGTAIL_SITE_NAME, "/", settings.WAGTAIL_SITE_NAME, Q())


def scope_of(noun: str, slug: str, site: Site | None) -> Scope:
    """What an address names.

    Raises:
        Moved: it has another address now.
        NotHere: there is no such thing, or readers may not know of it.
    """
    if not noun:
        return everything()
    found = FINDERS[noun](slug)
    if found is not None:
        return found
    before = f"/{slug}/" if noun == "series" else f"/{noun}/{slug}/"
    if (path := led_to(before, site)) is not None:
        raise Moved(path)
    raise NotHere("There is no such feed.")


def _series(slug: str) -> Scope | None:
    series = SeriesPage.objects.live().filter(slug=slug).first()
    if series is None:
        return None
    return Scope(f"series/{series.pk}/", series.title, series.get_url() or "/", series.title, Q(series=series.pk))


def _narrowed(key: str, name: str, path: str, title: str, talks: Q) -> Scope | None:
    """Of talks; one without a public talk has no page, and no feed."""
    if not TalkPage.objects.public().filter(talks).exists():
        return None
    return Scope(key, name, path, title, Q(), talks)


def _topic(slug: str) -> Scope | None:
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        return None
    title = f"Talks about {topic.name}"
    return _narrowed(f"topics/{topic.pk}/", topic.name, topic.get_absolute_url(), title, Q(topics=topic.pk))


def _organisation(slug: str) -> Scope | None:
    """With its parts, and with what became part of it. Under a former name, or merged, it leads on as its page does."""
    found = Organisation.objects.filter(slug=slug).select_related("became").first()
    if found is None:
        known = slugs_of_former_names().get(slug)
        if known is not None:
            raise Moved(reverse("organisation", args=[known]))
        return None
    rows = TalkSpeaker.objects.filter(organisation__in=querysets.family(found))
    key, title = f"organisations/{found.pk}/", f"Talks by people of {found.name}"
    scope = _narrowed(key, found.name, found.get_absolute_url(), title, Q(pk__in=rows.values("talk")))
    if scope is None and (kept := became_now(found)) is not None:
        raise Moved(kept.get_absolute_url())
    return scope


def _speaker(slug: str) -> Scope | None:
    person = Speaker.objects.filter(slug=slug).select_related("merged_into").first()
    if person is None:
        return None
    if person.merged_into is not None:
        raise Moved(person.merged_into.get_absolute_url())
    if not person.live:
        return None
    rows = TalkSpeaker.objects.filter(speaker=person.pk)
    key, title = f"speakers/{person.pk}/", f"Talks by {person.name}"
    return _narrowed(key, person.name, person.get_absolute_url(), title, Q(pk__in=rows.values("talk")))


FINDERS: dict[str, Callable[[str], Scope | None]] = {
    "series": _series,
    "topics": _topic,
    "organisations": _organisation,
    "speakers": _speaker,
}
