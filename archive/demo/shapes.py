"""What the demo's content is made of, before any of it is a row."""

import itertools
from dataclasses import dataclass, field
from html import escape
from typing import Any


def paragraph(text: str) -> str:
    """A paragraph of rich text; none where there are no words."""
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


@dataclass(frozen=True)
class Body:
    """An organisation. `former` are (name, last evening under it); `merged` is the last evening before a merger."""

    key: str
    name: str
    kind: str
    host: str
    short: str = ""
    parent: str = ""
    former: tuple[tuple[str, int], ...] = ()
    into: str = ""
    merged: int = 0


@dataclass(frozen=True)
class Person:
    """What is known of a speaker beside the talks. `sounds` is how the name is said."""

    name: str
    biography: str = ""
    sounds: str = ""
    link: str = ""


@dataclass(frozen=True)
class Billing:
    """Who speaks, and who they were at the time."""

    name: str
    role: str
    organisation: str


@dataclass
class GivenAnswer:
    """An answer to the standard question with that slug; `speaker` is 0 for a joint one, else 1 for the first.

    `lines` are its paragraphs, and the items of its lists, which begin with "- ".
    """

    question: str
    lines: list[str] = field(default_factory=list)
    speaker: int = 0
    missing: str = ""

    @property
    def html(self) -> str:
        """Paragraphs and lists, in their order."""
        parts = []
        for listed, lines in itertools.groupby(self.lines, key=lambda line: line.startswith("- ")):
            if listed:
                parts.append("<ul>" + "".join(f"<li>{escape(line[2:], quote=False)}</li>" for line in lines) + "</ul>")
            else:
                parts += [paragraph(line) for line in lines]
        return "".join(parts)

    @property
    def items(self) -> list[str]:
        return [line[2:] for line in self.lines if line.startswith("- ")]

    @property
    def words(self) -> str:
        return " ".join(line.removeprefix("- ") for line in self.lines)


@dataclass
class Asked:
    """A question from the audience, with what was said to it, or why nothing was."""

    question: str
    answers: list[tuple[int, str]] = field(default_factory=list)
    state: str = ""


@dataclass(frozen=True)
class Reference:
    """A link: kind, label, address, language."""

    kind: str
    label: str
    url: str
    language: str = "en"


@dataclass(frozen=True)
class Request:
    """What the speakers ask of the room. `closes` is "none", "month", or days after the evening."""

    text: str
    url: str = ""
    closes: str = "none"


@dataclass
class Talk:
    title: str
    evening: int = 0
    place: int = 0
    state: str = "given"
    moved_to: str = ""
    account: str = ""
    spoke_from: str = ""
    billings: list[Billing] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    answers: list[GivenAnswer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    links: list[Reference] = field(default_factory=list)
    asks: list[Request] = field(default_factory=list)
    promises: list[tuple[str, str]] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """ "52.1": the first talk of the 52nd evening."""
        return f"{self.evening}.{self.place}"

    @property
    def takes_a_slot(self) -> bool:
        return self.state not in ("withdrawn", "moved")


@dataclass
class Evening:
    number: int
    title: str
    introduction: str = ""
    sign_off: str = ""
    status: str = "confirmed"
    state: str = ""
    theme: str = ""
    venue: str = ""
    byline: str = ""
    piece: str = ""
    talks: list[Talk] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """All of it; `site` is `site.toml` as it stands."""

    bodies: dict[str, Body]
    people: dict[str, Person]
    evenings: list[Evening]
    site: dict[str, Any]

    @property
    def talks(self) -> dict[str, Talk]:
        """By key, such as "52.1"."""
        return {talk.key: talk for evening in self.evenings for talk in evening.talks}

    @property
    def names(self) -> list[str]:
        """Everybody who speaks or chairs, in the order of their first evening."""
        names = [row["name"] for row in self.site["chairs"]]
        for talk in self.talks.values():
            names += [billing.name for billing in talk.billings]
        return list(dict.fromkeys(names))

    @property
    def held(self) -> list[Evening]:
        return [evening for evening in self.evenings if evening.number <= HELD]

    @property
    def to_come(self) -> list[Evening]:
        return [evening for evening in self.evenings if evening.number > HELD]


HELD = 60
