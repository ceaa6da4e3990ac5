"""Reads `content/`: organisations (TOML), people (one a line) and evenings.

An evening begins with `# 12 Title`, a talk with `## Title`. Other lines are `key: text`; a line that begins with `- `
goes on with a list, one that begins with two spaces with a paragraph. `S P D U H C` are the six standard questions,
`S@1:` is the first speaker's own answer, `C! declined` says why an answer is missing, `Q` and `A` are the audience's.
"""

import functools
import re
import tomllib
from pathlib import Path

from .shapes import Asked, Billing, Body, Content, Evening, GivenAnswer, Person, Reference, Request, Talk

FOLDER = Path(__file__).parent / "content"
QUESTIONS = {"S": "summary", "P": "problem", "D": "difference", "U": "success", "H": "hurdles", "C": "change"}
MISSING = {"declined": "declined", "given up": "given_up", "to come": "to_come"}
LINK_KINDS = {"standard": "guidance", "API": "service"}
LINE = re.compile(r"^(?P<key>[A-Za-z]+)(?:@(?P<speaker>\d))?(?P<sign>[:!]) ?(?P<text>.*)$")


class ContentFault(Exception):
    """A line of the content that can't be read."""


@functools.cache
def read_content() -> Content:
    """Everything, in the order of the evenings' numbers."""
    bodies = read_bodies((FOLDER / "organisations.toml").read_text("utf-8"))
    evenings: list[Evening] = []
    for path in sorted(FOLDER.glob("evenings_*.txt")):
        evenings += EveningReader(bodies).read(path.read_text("utf-8"))
    return Content(
        bodies=bodies,
        people=read_people((FOLDER / "people.txt").read_text("utf-8")),
        evenings=evenings,
        site=tomllib.loads((FOLDER / "site.toml").read_text("utf-8")),
    )


def read_bodies(text: str) -> dict[str, Body]:
    bodies = {}
    for key, row in tomllib.loads(text).items():
        former = tuple((name["name"], name["until"]) for name in row.pop("former", []))
        bodies[key] = Body(key=key, former=former, **row)
    return bodies


def read_people(text: str) -> dict[str, Person]:
    """`Name | biography | how it is said | link`, the last two often empty."""
    people = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith("#"):
            name, *rest = (part.strip() for part in line.split("|"))
            people[name] = Person(name, *rest)
    return people


class EveningReader:
    """Goes through a file line by line, remembering the evening, the talk and the answer it is in."""

    def __init__(self, bodies: dict[str, Body]) -> None:
        self.bodies = bodies
        self.evenings: list[Evening] = []
        self.talk: Talk | None = None
        self.answer: GivenAnswer | None = None

    def read(self, text: str) -> list[Evening]:
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                self._read_line(typeset(line))
            except (ValueError, KeyError, IndexError, AttributeError) as error:
                raise ContentFault(f"Line {number} can’t be read ({error}): {line[:60]}") from error
        return self.evenings

    def _read_line(self, line: str) -> None:
        if not line.strip():
            return
        if line.startswith("## "):
            self._begin_talk(line[3:])
        elif line.startswith("# "):
            number, _, title = line[2:].partition(" ")
            self.evenings.append(Evening(int(number), title))
            self.talk = self.answer = None
        elif line.startswith("- "):
            self._open_answer().lines.append(line)
        elif line.startswith("  "):
            self._open_answer().lines.append(line.strip())
        elif found := LINE.match(line):
            self._read_key(found["key"], found["text"], int(found["speaker"] or 0), missing=found["sign"] == "!")
        else:
            raise ValueError("no key")

    def _begin_talk(self, title: str) -> None:
        evening = self.evenings[-1]
        self.talk = Talk(title, evening=evening.number, place=len(evening.talks) + 1)
        self.answer = None
        evening.talks.append(self.talk)

    def _open_answer(self) -> GivenAnswer:
        if self.answer is None:
            raise ValueError("a list outside an answer")
        return self.answer

    def _read_key(self, key: str, text: str, speaker: int, *, missing: bool) -> None:
        if self.talk is None:
            self._read_evening_key(self.evenings[-1], key, text)
        elif key in QUESTIONS:
            self.answer = GivenAnswer(QUESTIONS[key], speaker=speaker, missing=MISSING[text] if missing else "")
            self.answer.lines += [] if missing else [text]
            self.talk.answers.append(self.answer)
        else:
            self._read_talk_key(self.talk, key, text, speaker)

    @staticmethod
    def _read_evening_key(evening: Evening, key: str, text: str) -> None:
        names = {"intro": "introduction", "signoff": "sign_off"}
        if key not in {"intro", "signoff", "status", "state", "theme", "venue", "byline", "piece"}:
            raise ValueError(f"unknown key {key}")
        setattr(evening, names.get(key, key), text)

    def _read_talk_key(self, talk: Talk, key: str, text: str, speaker: int) -> None:
        parts = [part.strip() for part in text.split("|")]
        match key:
            case "by":
                name, role = text.rsplit(",", 1)[0].split(",", 1)
                organisation = text.rsplit(",", 1)[1].strip()
                talk.billings.append(Billing(name, role.strip(), self.bodies[organisation].key))
            case "in":
                talk.topics = [topic.strip() for topic in text.split(";")]
            case "text":
                talk.account = text
            case "state":
                talk.state = text
            case "from":
                talk.spoke_from = text
            case "to":
                talk.moved_to = text
            case "Q":
                talk.asked.append(Asked(text))
            case "waiting" | "declined" | "passed":
                talk.asked.append(Asked(text, state={"passed": "passed_on"}.get(key, key)))
            case "A":
                talk.asked[-1].answers.append((speaker, text))
            case "link":
                kind, label, address, *language = parts
                talk.links.append(Reference(LINK_KINDS.get(kind, kind), label, self._url(address), *language))
            case "ask":
                words, *where = parts
                address = where[0] if len(where) > 1 else ""
                talk.asks.append(Request(words, self._url(address) if address else "", where[-1]))
            case "promise":
                talk.promises.append((parts[0], parts[1]))
            case "rel":
                talk.related.append((parts[0].split(" ")[0], parts[-1]))
            case "correction":
                talk.corrections.append(text)
            case _:
                raise ValueError(f"unknown key {key}")

    def _url(self, address: str) -> str:
        """ "har/trees" is a page of Harrowmere's."""
        key, _, path = address.partition("/")
        return f"https://{self.bodies[key].host}/{path}"


def typeset(line: str) -> str:
    """Curly quotes, as a typesetter would have them."""
    line = re.sub(r"(^|[\s(\[])\"", r"\1“", line).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", r"\1‘", line).replace("'", "’")
