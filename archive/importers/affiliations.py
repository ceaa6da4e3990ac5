"""What stands between a person's name and what they did: role and organisation."""

import re

_ROLE_WORDS = frozenset(
    """
    adviser advisor analyst architect assistant associate author cdo ceo cfo chair chairman chairwoman chief cio
    co-founder co-ordinator cofounder commissioner consultant convenor coo coordinator councillor cto curator
    custodian deputy designer developer director economist editor engineer executive fellow founder geographer head
    historian journalist lead leader lecturer librarian manager mayor minister mp officer owner partner permanent
    president principal professor programmer reader registrar reporter representative researcher scientist secretary
    senior solicitor specialist statistician strategist student technologist trustee volunteer writer
    """.split()
)
_ORGANISATION_FIRST = frozenset(
    """
    centre city college county department government hm house institute ministry nhs office royal university
    """.split()
)
_ORGANISATION_LAST = frozenset(
    """
    academy agency assembly association authority bank board borough centre charity college commission committee
    corporation council department executive foundation government group hospital inspectorate institute institution
    laboratory limited ltd ministry museum network observatory office parliament partnership plc police regulator
    service services society treasury trust union university
    """.split()
)
_JOINS = re.compile(r" (?:at|of|for|with|in|from) (?:the )?(?=[A-Z])")
_AT = re.compile(r" at (?:the )?(?=[A-Z])")
_ARTICLE = re.compile(r"(?:the|a|an|both|all|now|currently|formerly|then) (?!\Z)", re.IGNORECASE)
_FROM = re.compile(r"(?:from|of|at|for|with) (?:the )?(?=\S)")
_LONG_NAME = re.compile(
    r"\b(?:Department|Ministry|Office|Committee|Centre) (?:for|of) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}$"
)
_NAME_TAIL = re.compile(r"[A-Z][^,]* and [A-Z][^,]*")
_SEGMENT_LENGTH = 140


def has_role_word(words: str) -> bool:
    return not _ROLE_WORDS.isdisjoint(words.casefold().replace("’", "'").split())


def is_organisation_like(words: str) -> bool:
    """Whether the words begin or end as names of organisations do: "Ministry of …", "… Council", "ONS"."""
    parts = _ARTICLE.sub("", words, count=1).split() if words[:1].islower() else words.split()
    if not parts or not parts[0][0].isupper():
        return False
    first, last = parts[0].casefold().strip("(,."), parts[-1].casefold().strip("),.")
    if first in _ROLE_WORDS:
        return False
    acronym = len(parts) == 1 and len(first) > 1 and parts[0].isupper()
    return acronym or first in _ORGANISATION_FIRST or last in _ORGANISATION_LAST


def is_affiliation(segment: str) -> bool:
    """Whether a piece between commas can be a role or an organisation."""
    if len(segment) > _SEGMENT_LENGTH:
        return False
    has_capital = not segment.split()[0].islower()
    return has_capital or has_role_word(segment) or _JOINS.search(segment) is not None or _from(segment) != ""


def split_affiliation(segments: list[str]) -> tuple[str, str]:
    """Role and organisation from the pieces between the commas; either may be empty.

    "Head of Data" + "Cabinet Office"; "Head of Policy and Standards at the Cabinet Office"; "Head of Data" + "Digital
    Directorate" + "Cabinet Office", where role and department stay together; "Cabinet Office" alone.
    """
    pieces = [_ARTICLE.sub("", piece, count=1) if piece[0].islower() else piece for piece in _rejoin(segments)]
    if not pieces:
        return "", ""
    *before, last = pieces
    named = _from(last)
    if named:
        return ", ".join(before), named
    role, organisation = _split_last(last, alone=not before)
    if role and not organisation and before and not has_role_word(before[0]):
        return role, ", ".join(before)
    return ", ".join([*before, role] if role else before), organisation


def _split_last(piece: str, *, alone: bool) -> tuple[str, str]:
    """Role and organisation of the last piece, which is usually the organisation."""
    at = list(_AT.finditer(piece))
    if at and not _ORGANISATION_FIRST & set(piece[: at[-1].start()].casefold().split()[:1]):
        return piece[: at[-1].start()], piece[at[-1].end() :]
    if not has_role_word(piece):
        has_capital = not piece.split()[0].islower()  # "myCheese"
        return ("", piece.removeprefix("The ")) if has_capital else (piece, "")
    named_first = piece.split()[0].casefold() in _ORGANISATION_FIRST
    if is_organisation_like(piece) and (named_first or not alone):
        return "", piece
    for join in reversed(list(_JOINS.finditer(piece))):
        if is_organisation_like(piece[join.end() :]):
            return piece[: join.start()], piece[join.end() :]
    return piece, ""


def _rejoin(segments: list[str]) -> list[str]:
    """The pieces, with names that have commas made whole: "Department for Culture, Media and Sport"."""
    pieces: list[str] = []
    for position, segment in enumerate(segments):
        tail_follows = any(_NAME_TAIL.fullmatch(later) for later in segments[position : position + 2])
        open_name = (
            pieces and _LONG_NAME.search(pieces[-1].split(", ")[0]) and " and " not in pieces[-1].rpartition(", ")[2]
        )
        if open_name and tail_follows and not has_role_word(segment):
            pieces[-1] = f"{pieces[-1]}, {segment}"
        else:
            pieces.append(segment)
    return pieces


def _from(piece: str) -> str:
    """The organisation in "from the Cabinet Office"."""
    found = _FROM.match(piece)
    return piece[found.end() :] if found and piece[found.end()].isupper() else ""
