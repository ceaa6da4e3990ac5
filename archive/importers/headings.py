"""Lines that announce what follows: questions from the audience, or links."""

import re

from speakers.keys import fold, plain_key

_SOURCES = {
    "slido": "Slido",
    "sli.do": "Slido",
    "mentimeter": "Mentimeter",
    "twitter": "Twitter",
    "chat": "the chat",
    "zoom chat": "the chat",
    "youtube chat": "the chat",
    "audience": "the audience",
    "room": "the room",
    "floor": "the floor",
    "online": "online",
    "online audience": "online",
    "viewers": "online",
}
_WHERE = "|".join(re.escape(where) for where in sorted(_SOURCES, key=len, reverse=True))
_ASKED = r"(?:(?:asked|received|submitted|sent|posed) )?"
_AUDIENCE = re.compile(
    rf"(?:(?:and|some|more|other|further|a few|the) )*"
    rf"(?:(?:questions?|q ?& ?a|q and a)(?: and answers?)? {_ASKED}(?:from|via|on|through|by|in)|from|via)"
    rf" (?:the |our )?(?P<from>{_WHERE})(?: questions?)?"
    rf"|(?P<whose>{_WHERE})(?: audience)? (?:questions?(?: and answers?)?|q ?& ?a|q and a)|slido"
    r"|(?:audience )?(?:q ?& ?a|q and a|questions and answers)"
)
_AUDIENCE_HINT = re.compile(rf"{_WHERE}|\bq|questions", re.IGNORECASE)
_AUDIENCE_HEADING_LENGTH = 60

_LINKS_HEADING = re.compile(
    r"(?:(?:some|more|other|the|key|useful|relevant|related|further|helpful|important) )*"
    r"(?:links?|resources|reading|further information|more information)"
    r"(?: (?:include|includes|are|below|mentioned|discussed|from the talk|here|and resources|and further reading))*"
)
_LINKS_HEADING_LENGTH = 60
_SHORTEST_LINKS_HEADING = len("Links")


def audience_source(line: str) -> str:
    """Where questions under this heading came from ("Slido", "the audience"), or "" if it is no such heading."""
    if len(line) > _AUDIENCE_HEADING_LENGTH or not _AUDIENCE_HINT.search(line) or line[0].islower():
        return ""
    found = _AUDIENCE.fullmatch(plain_key(line))
    if found is None:
        return ""
    return _SOURCES.get(found["from"] or found["whose"] or found[0], "the audience")


def is_links_heading(line: str) -> bool:
    """Whether the line announces links: "Some key links include:". A bare "resources" may be an item of a list."""
    if not _SHORTEST_LINKS_HEADING <= len(line) <= _LINKS_HEADING_LENGTH or not line[0].isupper():
        return False
    plain = fold(line)
    announces = plain.endswith(":") or "link" in plain
    return announces and _LINKS_HEADING.fullmatch(plain.rstrip(":. ")) is not None
