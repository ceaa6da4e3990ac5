"""Where links stand in public: the speakers' own lists, and whatever is linked in their words and ours."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from bs4 import BeautifulSoup
from django.db.models import F, Q

from events.models import AudienceQuestion, EventPage, RelatedTalk, TalkPage
from speakers.enums import LinkKind
from speakers.models import Answer, Ask, Contribution, TalkLink

from .. import querysets
from ..searching.documents import Evenings

LONGEST_URL = 2000
LONGEST_LABEL = 300
CONTROL = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Found:
    """A link in a talk, or in what an evening says outside its talks."""

    url: str
    event: EventPage
    talk: TalkPage | None
    label: str
    kind: str = LinkKind.OTHER

    @property
    def place(self) -> tuple[str, int, int | None]:
        """A link counts once for each talk, however often it stands there."""
        return key_of(self.url), self.event.pk, self.talk.pk if self.talk else None


def settled(url: str) -> str:
    """An address in one spelling: its scheme and host in small letters, without the place on the page. "" if none.

    Only http and https count, with a host and without a name or a password.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc or CONTROL.search(url.strip()):
        return ""
    bracketed = f"[{host}]" if ":" in host else host
    netloc = bracketed if port in (None, 80, 443) else f"{bracketed}:{port}"
    found = urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))
    return found if len(found) <= LONGEST_URL else ""


def key_of(url: str) -> str:
    return hashlib.sha256(url.encode(errors="replace")).hexdigest()


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "")[:255]


def links_of(keys: Iterable[int]) -> list[Found]:
    """Each public link of these evenings, once for each talk; what has a kind of its own before what has none.

    The same few queries whatever their number.
    """
    evenings = Evenings(keys)
    found: dict[tuple[str, int, int | None], Found] = {}
    for one in _all(evenings):
        known = found.get(one.place)
        if known is None or (known.kind == LinkKind.OTHER and one.kind != LinkKind.OTHER):
            found[one.place] = one
    return list(found.values())


def _all(evenings: Evenings) -> Iterator[Found]:
    given = querysets.readable(Q(talk__in=evenings.talks))
    for parts in (_listed(evenings, given), _written(evenings, given), _ours(evenings)):
        for url, event, talk, label, kind in parts:
            if url := settled(url):
                yield Found(url, event, talk, " ".join(label.split())[:LONGEST_LABEL] or host_of(url), kind)


type Part = tuple[str, EventPage, TalkPage | None, str, str]


def _listed(evenings: Evenings, given: Iterable[Contribution]) -> Iterator[Part]:
    """What stands in lists of its own, with its kind."""
    key = {"talk_key": F("contribution__talk")}
    for link in TalkLink.objects.filter(contribution__in=given).annotate(**key).order_by("pk"):
        talk = evenings.talks[link.talk_key]
        yield link.url, talk.event, talk, link.label, link.kind
    for ask in Ask.objects.filter(contribution__in=given).exclude(url="").annotate(**key).order_by("pk"):
        talk = evenings.talks[ask.talk_key]
        yield ask.url, talk.event, talk, ask.text, LinkKind.CONSULTATION
    related = RelatedTalk.objects.filter(talk__in=evenings.talks).exclude(url="").order_by("pk")
    for row in related:
        talk = evenings.talks[row.talk_id]
        yield row.url, talk.event, talk, row.words, LinkKind.OTHER
    slides = Contribution.objects.with_slides_allowed().filter(pk__in=given).exclude(slides_url="")
    for contribution in slides.annotate(talk_key=F("talk")).order_by("pk"):
        talk = evenings.talks[contribution.talk_key]
        yield contribution.slides_url, talk.event, talk, f"Slides of “{talk.title}”", LinkKind.OTHER


def _written(evenings: Evenings, given: Iterable[Contribution]) -> Iterator[Part]:
    """What is linked in the speakers' own words."""
    answers = Answer.objects.with_words().filter(contribution__in=given, text__contains="href")
    for answer in answers.annotate(talk_key=F("contribution__talk")).order_by("pk"):
        talk = evenings.talks[answer.talk_key]
        for url, label in hyperlinks(answer.text):
            yield url, talk.event, talk, label, LinkKind.OTHER


def _ours(evenings: Evenings) -> Iterator[Part]:
    """What the organisers wrote: accounts of talks, what stands around them, answers to the audience."""
    for talk in evenings.talks.values():
        for url, label in hyperlinks(talk.account):
            yield url, talk.event, talk, label, LinkKind.OTHER
    for event in evenings.events.values():
        for url, label in [*hyperlinks(event.introduction), *hyperlinks(event.sign_off)]:
            yield url, event, None, label, LinkKind.OTHER
        if event.related_url:
            yield event.related_url, event, None, event.related_title, LinkKind.ARTICLE
    asked = AudienceQuestion.objects.public().filter(Q(talk=None) | Q(talk__in=evenings.talks))
    for question in asked.filter(event__in=evenings.events).order_by("pk"):
        event = evenings.events[question.event_id or 0]
        named = evenings.talks.get(question.talk_id or 0)
        for url, label in hyperlinks(question.answer):
            yield url, event, named, label, LinkKind.OTHER
        if question.pointer_url:
            yield question.pointer_url, event, named, question.text, LinkKind.OTHER


def hyperlinks(html: str) -> list[tuple[str, str]]:
    """Addresses and their words. Links to pages of our own are kept by their number and aren't among them."""
    if "href" not in html:
        return []
    anchors = BeautifulSoup(html, "html.parser").find_all("a", href=True)
    return [(str(anchor["href"]), anchor.get_text()) for anchor in anchors]
