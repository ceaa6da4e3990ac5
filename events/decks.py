"""All slides of an evening in one zip, in running order, for the organisers' laptop on the night."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_denied
from wagtail.permissions import policy_registry

from speakers.models import Contribution, SlideDeck, Speaker

from .enums import FREES_A_SLOT
from .models import EventPage, TalkPage

BLOCK = 64 * 1024
LONGEST_NAME = 120
README = "README.txt"


@dataclass(slots=True)
class Line:
    """A talk's place in the zip: a file, or why there is none."""

    place: int
    title: str
    speakers: list[str]
    deck: SlideDeck | None
    url: str
    faults: list[str] = field(default_factory=list)

    @property
    def filename(self) -> str:
        who = "-".join(slugify(name) for name in self.speakers)
        stem = f"{self.place:02}-{slugify(self.title)[:60]}-{who}"[:LONGEST_NAME].strip("-")
        return f"{stem}.{self.deck.kind}" if self.deck else ""

    def in_words(self) -> str:
        what = [self.filename, self.url] if self.filename or self.url else ["No slides, neither a file nor a link."]
        names = f" ({', '.join(self.speakers)})" if self.speakers else ""
        said = "\n".join(f"    {words}" for words in [*filter(None, what), *self.faults])
        return f"{self.place}. {self.title}{names}\n{said}\n"


class Outlet:
    """Where a zip is written to and read from at once; it holds no more than what was written last."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def write(self, block: bytes) -> int:
        self.blocks.append(bytes(block))
        return len(block)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        blocks, self.blocks = self.blocks, []
        return b"".join(blocks)


def may_have_slides(user: Any) -> bool:
    """Whoever may look at contributions."""
    policy = policy_registry.get_by_type(Contribution)
    return bool(policy.user_has_any_permission(user, {"change", "view"}))


@require_safe
def evening_slides(request: HttpRequest, event_pk: int) -> HttpResponseBase:
    """For whoever may look at contributions: the newest drafts' files, whether released or not."""
    if not may_have_slides(request.user):
        return permission_denied(request)  # type: ignore[no-any-return]
    event = get_object_or_404(EventPage.objects.select_related("series"), pk=event_pk)
    response = StreamingHttpResponse(zipped(event, lines_of(event)), content_type="application/zip")
    series: Any = event.series
    name = f"{series.slug}-{event.number}-slides.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def lines_of(event: EventPage) -> list[Line]:
    """In running order, as the newest drafts have it: four queries whatever the number of talks."""
    talks = TalkPage.objects.child_of(event).order_by("path")
    drafts = [_drafts(talk) for talk in talks.select_related("latest_revision", "contribution__latest_revision")]
    shown = [(talk, given) for talk, given in drafts if talk["state"] not in FREES_A_SLOT]
    decks = SlideDeck.objects.in_bulk({given["slides"] for _, given in shown if given["slides"]})
    keys = {key for talk, _ in shown for key in talk["speakers"]}
    people = Speaker.objects.select_related("merged_into").in_bulk(keys)
    return [
        Line(
            place,
            talk["title"],
            [(people[key].merged_into or people[key]).name for key in talk["speakers"] if key in people],
            decks.get(given["slides"]),
            given["slides_url"] or "",
        )
        for place, (talk, given) in enumerate(shown, start=1)
    ]


def _drafts(talk: TalkPage) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is needed of a talk and of what was given to it, as it lies in their newest revisions."""
    said = talk.latest_revision.content if talk.latest_revision else {}
    rows = said.get("talk_speakers")
    keys = (
        [row["speaker"] for row in rows] if rows is not None else talk.talk_speakers.values_list("speaker", flat=True)
    )
    about = {"title": said.get("title", talk.title), "state": said.get("state", talk.state)}
    given: Any = talk.contribution
    content = given.latest_revision.content if given and given.latest_revision else vars(given) if given else {}
    slides = {"slides": content.get("slides", content.get("slides_id")), "slides_url": content.get("slides_url")}
    return {**about, "speakers": [key for key in keys if key]}, slides


def zipped(event: EventPage, lines: Iterable[Line]) -> Iterator[bytes]:
    """Block by block, as the files are read. What each talk gave, or didn't, stands in the README at the end."""
    outlet = Outlet()
    lines = list(lines)
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:  # type: ignore[call-overload]
        for line in lines:
            if line.deck is not None:
                yield from _packed(made, line, outlet)
        made.writestr(_entry(README), _readme(event, lines))
        yield outlet.taken()
    yield outlet.taken()


def _packed(made: zipfile.ZipFile, line: Line, outlet: Outlet) -> Iterator[bytes]:
    deck: Any = line.deck
    try:
        stored = deck.file.open("rb")
    except OSError:
        line.faults.append("This file is missing from our store: ask its speakers for it.")
        return
    with stored, made.open(_entry(line.filename), "w", force_zip64=True) as packed:
        while block := stored.read(BLOCK):
            packed.write(block)
            yield outlet.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _readme(event: EventPage, lines: list[Line]) -> str:
    series: Any = event.series
    head = f"Slides of {series.title} {event.number}, in running order. For organisers only.\n"
    return "\n".join([head, *(line.in_words() for line in lines)]).replace("\n", "\r\n")
