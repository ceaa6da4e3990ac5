"""Links that a pasted page has lost: words that point somewhere, with nowhere to point to.

The rules are narrow on purpose: a flag on ordinary prose costs the reader's trust in all the others.
"""

import re
from collections.abc import Iterable, Iterator

from .headings import is_links_heading
from .lines import plain_spaces, sentence_around
from .plan import LostLink

_HERE = (
    r"\((?P<bracketed>[^()]{0,60}\bhere)\)"
    r"|\b(?P<led_to>(?i:click|available|download(?:ed)?|listen|read(?: more)?|sign up|register|subscribe|apply|book"
    r"|watch|version|details|found|published|slides)(?: (?:it|them|more|all|the recording|on YouTube))? here)\b"
    r"(?! (?:in|at|on)\b)"
)
_SLIDES = r"\b(?P<slides>(?:[A-Z][\w-]{1,40}[’']s?|her|his|their) (?:slides|slide deck|presentation slides))\b"
_PAGE = r"\b(?:on|via|at|from|see|visit) (?P<page>this (?:page|link|website|site|blog ?post|form))\b"
_THERE_IS = (
    r"\b[Tt]here(?:’s|'s| is) an? (?P<thing>(?:\w+ )?(?:tool|guide|toolkit|blog ?post|report|website|web page|dashboard"
    r"|video|form|survey|map))\b(?= (?:for|on|about|to help|here|that explains|which explains)\b)"
)
_THIS_FROM = r"\b(?P<this>this (?:from|by) (?:the )?[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,5})"
_SIGN_UP = r"\byou can (?:also )?(?P<do>sign up|register|subscribe|book)\b(?= (?:for|to)\b)"
_POINTERS = re.compile("|".join((_HERE, _SLIDES, _PAGE, _THERE_IS, _THIS_FROM, _SIGN_UP)))
_HINT = re.compile(
    r"\bhere\b|\bslide|\b[Tt]his (?:page|link|web|site|blog|form|from|by)|[Tt]here(?:’s|'s| is) an? |\bup |\byou can "
)
_RECORDING = re.compile(
    r"\b(?P<recording>(?:recording|video|audio)(?: of the (?:event|evening))?) (?:is )?(?:below|above|here)\b"
)


def find_lost_links(lines: Iterable[str]) -> Iterator[LostLink]:
    """The lost links of some lines. A line that has an address of its own has lost none."""
    for line in map(plain_spaces, lines):
        if _HINT.search(line) and "://" not in line:
            yield from _in_line(line)


def find_lost_headings(lines: Iterable[str]) -> Iterator[LostLink]:
    """Headings of link lists, for a talk or page that came without any link."""
    for line in lines:
        if is_links_heading(line):
            yield LostLink(line, line)


def find_lost_recordings(lines: Iterable[str]) -> Iterator[LostLink]:
    """Mentions of the recording beside the text, for a page that came without one."""
    for line in map(plain_spaces, lines):
        found = _RECORDING.search(line) if "://" not in line else None
        if found:
            yield LostLink(found["recording"], sentence_around(line, found.start()))


def _in_line(line: str) -> Iterator[LostLink]:
    found = [(match, sentence_around(line, match.start())) for match in _POINTERS.finditer(line)]
    pointed = {sentence for match, sentence in found if match["do"] is None}
    for match, sentence in found:
        if match["do"] is not None and sentence in pointed:
            continue  # "you can sign up on this page" is one link
        yield LostLink(next(words for words in match.groups() if words is not None), sentence)
