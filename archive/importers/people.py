"""The paragraph that opens a talk: "Name, Role, Organisation, joined us …"."""

import re
from dataclasses import dataclass, field

from .affiliations import has_role_word, is_affiliation, is_organisation_like, split_affiliation
from .lines import plain_spaces
from .plan import SpeakerPlan

_ADVERBS = r"(?:(?:who|then|next|also|kindly|first|finally) ){0,3}"
_SURE_VERB = (
    r"joined us|joined|spoke|presented|talked|told us|took us|walked us|introduced us|gave us"
    r"|gave a (?:talk|presentation)|showed us"
)
_VERB = re.compile(
    rf"(?:(?:^|(?<=[,)])) ?{_ADVERBS}(?P<after_comma>(?:{_SURE_VERB}|introduced|explained|described|discussed"
    r"|demonstrated|outlined|shared|showed|set out|explored|opened|closed|started|kicked|rounded|updated|gave|argued"
    rf"|reflected|led|looked|covered|asked|focused)\b)| {_ADVERBS}(?P<anywhere>(?:{_SURE_VERB})\b))"
)
_ELSEWHERE = re.compile(
    r"(?:(?!\b(?:about|how|on|to)\b).){0,40}\b(?:previously|earlier (?:this|in)|last (?:year|month)"
    r"|(?:at|in) [A-Z]\w+(?: [A-Z]\w+)?,? (?:number )?#?\d{1,3}|in (?:19|20)\d\d)\b"
)

_SPEAKER_WAS = (
    r"(?:our|the) (?:first|second|third|fourth|fifth|sixth|next|final|last|opening|closing|other)"
    r" (?:speaker|speakers|talk|presentation)(?: of the (?:night|evening|day))?"
)
_ORDER = (
    r"(?:first|second|third|fourth|then|next|finally|lastly|last|last but not least|to start|to begin|to finish|and)"
)
_LEAD = re.compile(
    rf"(?:{_ORDER},? (?:up,? )?){{0,2}}(?:(?P<sure>we (?:then |also |next |first |finally ){{0,2}}heard from"
    rf"|{_SPEAKER_WAS}(?: was| were| came from| is| are)|(?:was|were|came|is) (?:from )?)"
    rf"|{_SPEAKER_WAS},)? ?(?:from )?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\bProf)(?<!\bRev)(?<=[\w)’”'\"]{2})[.!?](?:\s|$)")
_PRONOUNS = re.compile(r"\s*\((?:she|he|they|her|him|them)\b[^()]{0,30}\)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\(([^()]{2,160})\)")
_PLACE = re.compile(
    r"\bjoin(?:ed|ing) us(?: \w+ly| live| online| by video)? from"
    r" ([A-Z][\w’'-]*(?:[ -](?:upon|on|in|of|the|[A-Z][\w’'-]*)){0,4})"
)
_AFTER_NAME = re.compile(r",|\(| from | at | of ")
_LEAST_LENGTH = 20
_HEAD_LENGTH = 700
_SUBJECT_LENGTH = 400
_HEADING_LENGTH = 160

_PARTICLES = frozenset(
    """
    al ap bin da de del den der di dos du el ibn la le ten ter van von y
    """.split()
)
_HONORIFICS = frozenset(
    """
    dr mr mrs ms mx prof professor rev
    """.split()
)
_LETTERS_AFTER = frozenset({"CB", "CBE", "FRS", "KCB", "MBE", "OBE", "PhD"})
_NOT_A_FIRST_NAME = frozenset(
    """
    a about after all also an and as at before both but by chapter data december during each every february finally
    first for former friday from here how if in it january july last local many march meanwhile monday more most
    national next no not november now october of on one open other our over part public september since so some such
    talk that the their then there these they this those thursday to tuesday under until we wednesday welcome when
    where while with yes you your
    """.split()
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Who opens a talk. `predicate` is what they did, from the verb on; empty in a heading or after "we heard from"."""

    speakers: tuple[SpeakerPlan, ...]
    predicate: str = ""


@dataclass(slots=True)
class _Group:
    names: list[str]
    affiliation: list[str] = field(default_factory=list)


def read_opening(line: str) -> Opening | None:
    """The speakers whom this paragraph introduces, or None if it introduces nobody."""
    if len(line) < _LEAST_LENGTH or not _AFTER_NAME.search(line, 0, _HEAD_LENGTH):
        return None
    sentence = _first_sentence(plain_spaces(line[:_HEAD_LENGTH]))
    lead = _LEAD.match(sentence)
    start = lead.end() if lead else 0
    verb = _VERB.search(sentence, start)
    if verb is None and not (lead and lead["sure"]):
        return None
    predicate = sentence[verb.end() - len(verb["after_comma"] or verb["anywhere"]) :] if verb else ""
    if _ELSEWHERE.match(predicate):
        return None
    people = _read_subject(sentence[start : verb.start() if verb else len(sentence)])
    if not people:
        return None
    return Opening(_speakers(people, read_place(line)), predicate)


def read_heading(line: str) -> Opening | None:
    """The speakers of a heading "Name, Role, Organisation", which says nothing of what they did."""
    if (
        not _LEAST_LENGTH <= len(line) <= _HEADING_LENGTH
        or "," not in line
        or not (line[-1].isalnum() or line[-1] == ")")
    ):
        return None
    groups = _read_subject(plain_spaces(line))
    sure = any(has_role_word(piece) or is_organisation_like(piece) for group in groups for piece in group.affiliation)
    return Opening(_speakers(groups, "")) if sure else None


def read_place(line: str) -> str:
    """The place that somebody joined from, or ""."""
    found = _PLACE.search(plain_spaces(line[:_HEAD_LENGTH]))
    return found[1] if found else ""


def looks_like_name(words: str) -> bool:
    """Two to six capitalised words that are no organisation and no role."""
    parts = words.split()
    if not 2 <= len(parts) <= 6 or len(words) > 60 or parts[0].casefold().strip(".,") in _NOT_A_FIRST_NAME:
        return False
    if has_role_word(words) or is_organisation_like(words):
        return False
    return parts[-1].casefold() not in _PARTICLES and all(map(_is_name_part, parts))


def _is_name_part(part: str) -> bool:
    if part in _PARTICLES:
        return True
    plain = part.rstrip(".")
    return bool(plain) and not plain[0].islower() and all(c.isalpha() or c in "'’-‐." or c == "\u0301" for c in plain)


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def _read_subject(subject: str) -> list[_Group]:
    """The people of "Name, Role, Organisation, and Name, Role, Organisation", or an empty list."""
    if len(subject) > _SUBJECT_LENGTH:
        return []
    subject = _BRACKETED.sub(r", \1,", _PRONOUNS.sub("", subject))
    groups: list[_Group] = []
    segments = [piece for raw in subject.split(",") if (piece := raw.strip())]
    for segment, following in zip(segments, [*segments[1:], ""], strict=True):
        new = _groups_in(segment) if not groups or segment.startswith(("and ", "& ", "with ", "alongside ")) else []
        if new:
            groups += new
        elif not groups or not _add_to(groups, segment, following):
            return []
    return _shared(groups)


def _groups_in(segment: str) -> list[_Group]:
    """The people of a piece that begins with a name: "A B", "A B and C D", "A B from the Office and C D from …"."""
    plain = re.sub(r"^(?:and|&|with|alongside) ", "", segment)
    if looks_like_name(plain):
        return [_Group([plain])]
    parts = re.split(r" (?:and|&) ", plain)
    if len(parts) > 1 and all(looks_like_name(part) for part in parts):
        return [_Group(parts)]
    name, joined, organisation = _split_from(plain)
    names = re.split(r" (?:and|&) ", name)
    if joined and all(looks_like_name(part) for part in names):
        other = re.split(r" and (?=[A-Z][\w’'-]+ [A-Z][\w’'-]+ (?:from|of|at) )", organisation, maxsplit=1)
        return [_Group(names, [f"from {other[0]}"])] + (_groups_in(other[1]) if len(other) > 1 else [])
    return []


def _split_from(words: str) -> tuple[str, bool, str]:
    found = re.search(r" (?:from|of|at) (?:the )?(?=[A-Z])", words)
    return (words[: found.start()], True, words[found.end() :]) if found else (words, False, "")


def _add_to(groups: list[_Group], segment: str, following: str) -> bool:
    """Add a piece to the last person: more names, a role or an organisation. False if it can be none of them."""
    group = groups[-1]
    parts = re.split(r" (?:and|&) ", segment)
    if not group.affiliation and len(parts) == 2 and all(looks_like_name(part) for part in parts):
        group.names += parts
        return True
    head, _, tail = segment.rpartition(" and ")
    if head and following and has_role_word(following) and " at " in head and looks_like_name(tail):
        group.affiliation.append(head)
        groups.append(_Group([tail]))
        return True
    if segment.startswith(("who ", "and ")):
        return segment.startswith("who ")
    if segment in _LETTERS_AFTER:
        return True
    group.affiliation.append(segment)
    return is_affiliation(segment)


def _shared(groups: list[_Group]) -> list[_Group]:
    """One group a person; people without an affiliation share the next one's. Empty if nobody has one."""
    people: list[_Group] = []
    known: list[str] = []
    for group in reversed(groups):
        known = group.affiliation or known
        if not known:
            return []
        people += [_Group([name], known) for name in reversed(group.names)]
    return people[::-1]


def _speakers(people: list[_Group], place: str) -> tuple[SpeakerPlan, ...]:
    """The people in order; one whose organisation is not said belongs to the next one's."""
    speakers: list[SpeakerPlan] = []
    for person in reversed(people):
        role, organisation = split_affiliation(person.affiliation)
        if not organisation and speakers:
            organisation = speakers[-1].organisation
        speakers.append(SpeakerPlan(_plain_name(person.names[0]), role, organisation, place))
    return tuple(reversed(speakers))


def _plain_name(name: str) -> str:
    """The name without "Dr" before and "OBE" after it."""
    parts = name.split()
    while len(parts) > 2 and parts[0].casefold().rstrip(".") in _HONORIFICS:
        parts.pop(0)
    while len(parts) > 2 and parts[-1] in _LETTERS_AFTER:
        parts.pop()
    return " ".join(parts)
