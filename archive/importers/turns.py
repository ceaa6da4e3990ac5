"""Where a write-up changes its voice: from an answer back to the organisers, and from the last talk to the goodbye."""

import re
from collections.abc import Sequence

from speakers.keys import fold

from .lines import ends_sentence, is_heading_like
from .plan import SpeakerPlan

_THEN_DID = (
    r"(?: \S{1,30})? (?:was|also|then|later|answered|told|said|has|took|added|mentioned|explained|encouraged|ended"
    r"|closed|finished|previously)\b"
)
_NAMED = re.compile(rf"(?P<name>[^\W\d_][\w’'-]{{1,30}}){_THEN_DID}")
_WAS_ASKED = re.compile(r"(?:\S+ ){1,2}(?:was|were) (?:also |then )?asked\b")
_IN_THE_ROOM = re.compile(
    r"(?:she|he) was (?:also |then )?asked\b|(?:in|during) (?:the |our )?(?:q ?& ?a|questions|discussion)\b"
    r"|(?:questions from )?the audience (?:also )?asked\b"
    r"|you can (?:also )?(?:watch|see|find|read|download) \S+ (?:slides|presentation|talk|recording)\b"
)
_SERIES_HAS = re.compile(r"(?:has|have|previously|also|heard)\b")

_GOODBYE = re.compile(
    r"if you(?:'d| would)? (?:like|want|wish) to (?:keep up|hear|attend|speak|present|be notified)\b|keep up to date\b"
    r"|see you\b|that(?:'s| is) (?:it|all) (?:for|from)\b|until next\b|we(?:'ll| will) be back\b"
    r"|have a (?:good|great|happy|lovely|merry|wonderful)\b"
)
_PERHAPS_GOODBYE = re.compile(
    r"(?:many |our |and |a big |finally, )*thanks?(?: you)?(?: very much| so much)? (?:again )?(?:to|for)\b"
    r"|(?:if you(?:'d| would)? (?:like|want) to|do you want to|want to|please|do)? ?(?:come|join|speak|present)\b"
    r"|our next\b|the next\b|sign up\b|subscribe\b"
)
_IS_OF_THE_EVENT = re.compile(
    r"\b(?:our speakers|all (?:of )?(?:(?:the|our) )?speakers|everyone who|see you|(?:next|this) (?:event|evening))\b"
)
_MENTIONS_EVENING = re.compile(r"\b(?:event|evening|speakers|talks|meetup)\b")
_SHORTEST_GOODBYE = len("See you")
_SHORTEST_RETURN = len("She was asked")
_LEAST_WORDS_OF_INTRODUCTION = 8


def returns_to_account(line: str, speakers: Sequence[SpeakerPlan], *, series: str, reported: bool) -> bool:
    """Whether the organisers speak again after an answer: "Michelle was also asked …", "In the Q&A …".

    `reported`: the answer itself may be told by the organisers ("Michelle said …"), so her name alone is no sign.
    """
    if len(line) < _SHORTEST_RETURN:
        return False
    plain = fold(line[:200])
    if plain.startswith(f"{series} ") and _SERIES_HAS.match(plain[len(series) + 1 :]):
        return True
    if _IN_THE_ROOM.match(plain):
        return True
    return is_about(line, speakers) and (not reported or _WAS_ASKED.match(plain) is not None)


def is_about(line: str, speakers: Sequence[SpeakerPlan]) -> bool:
    """Whether the line begins with a speaker's name, or its short form, and what they did."""
    found = _NAMED.match(line)
    return found is not None and any(_is_short_for(found["name"], speaker.name) for speaker in speakers)


def says_goodbye(line: str, *, series: str, after_answer: bool) -> bool:
    """Whether the evening's sign-off begins here. After an answer only words about the event itself count."""
    if len(line) < _SHORTEST_GOODBYE:
        return False
    plain = fold(line[:400])
    if _GOODBYE.match(plain) is None and _PERHAPS_GOODBYE.match(plain) is None:
        return False
    if not after_answer and _GOODBYE.match(plain):
        return True
    return series in plain or _IS_OF_THE_EVENT.search(plain) is not None


def split_preamble(lines: Sequence[str], *, number: int, series: str) -> tuple[list[str], list[str]]:
    """The introduction and what stands around it: teasers of other pages, headings, dates.

    The introduction begins with the first paragraph that names the series or the evening's number, or else the first
    that speaks of an event.
    """
    paragraphs = {i: fold(line[:1000]) for i, line in enumerate(lines) if _is_paragraph(line)}
    mention = re.compile(rf"\b{re.escape(series)}\b|\b{number}(?:st|nd|rd|th)\b")
    begin = next((i for i, folded in paragraphs.items() if mention.search(folded)), None)
    if begin is None:
        begin = next((i for i, folded in paragraphs.items() if _MENTIONS_EVENING.search(folded)), len(lines))
    introduction: list[str] = []
    unplaced = list(lines[:begin])
    for line in lines[begin:]:
        in_list = bool(introduction) and not ends_sentence(introduction[-1])
        (unplaced if is_heading_like(line) and not in_list else introduction).append(line)
    return introduction, unplaced


def _is_paragraph(line: str) -> bool:
    return (
        len(line) >= 2 * _LEAST_WORDS_OF_INTRODUCTION
        and ends_sentence(line)
        and len(line[:1000].split()) >= _LEAST_WORDS_OF_INTRODUCTION
    )


def _is_short_for(word: str, name: str) -> bool:
    parts = name.split()
    return word in (parts[0], parts[-1]) or (len(word) > 2 and parts[0].startswith(word))
