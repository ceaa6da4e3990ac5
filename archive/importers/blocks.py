"""Paragraphs and lists, told apart in text that has lost its markup."""

import re
from collections.abc import Callable
from typing import Literal

from .lines import ends_sentence

type Block = tuple[Literal["p"], str] | tuple[Literal["ul", "ol"], tuple[str, ...]]

_BULLET = re.compile(r"[•‣◦▪●·*–—-]\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_GERUND = re.compile(r"[^\W\d_]{2,}ing\b")
_NOT_GERUNDS = frozenset(
    {
        "according",
        "anything",
        "during",
        "everything",
        "including",
        "king",
        "nothing",
        "regarding",
        "something",
        "spring",
    }
)
_INNER_STOP = re.compile(r"[.!?]\s")
_ITEM_LENGTH = 200
_GERUND_LENGTH = 140


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text that has one paragraph or list item a line.

    Items are known by a bullet, by counting up from 1, by a small first letter after a line that leads in, or, where
    they all begin alike ("Changing …", "Embedding …"), as a row of short phrases. Marks of items are left out.
    """
    lines = text.split("\n") if text else []
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        size, block = _block_at(lines, position)
        blocks.append(block)
        position += size
    return tuple(blocks)


def _block_at(lines: list[str], start: int) -> tuple[int, Block]:
    """How many lines the block that begins at `start` takes, and the block."""
    led_in = start > 0 and not ends_sentence(lines[start - 1])
    size = _run(lines, start, _is_bulleted)
    if size > 1 or (size and led_in):
        return size, ("ul", tuple(_BULLET.sub("", line, count=1) for line in lines[start : start + size]))
    size = _counted(lines, start)
    if size > 1:
        return size, ("ol", tuple(_NUMBER.sub("", line, count=1) for line in lines[start : start + size]))
    size = _unmarked(lines, start, led_in=led_in)
    if size:
        return size, ("ul", tuple(lines[start : start + size]))
    return 1, ("p", lines[start])


def _unmarked(lines: list[str], start: int, *, led_in: bool) -> int:
    """The length of a list without marks that begins at `start`, or 0."""
    size = _run(lines, start, _is_small)
    if size > (1 if led_in else 2):
        return size
    if start > 0 and lines[start - 1].endswith(":"):
        size = _run(lines, start, _is_phrase)
        if size > 1:
            return size
    size = _run(lines, start, _is_gerund)
    whole = start == 0 and size == len(lines)
    if size > 2 or (size == 2 and (led_in or whole)):
        return size
    return 0


def _run(lines: list[str], start: int, belongs: Callable[[str], bool]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end - start


def _counted(lines: list[str], start: int) -> int:
    """The length of a run "1. …", "2. …", "3. …" that begins at `start`."""
    end = start
    while end < len(lines):
        number = _NUMBER.match(lines[end])
        if number is None or int(number[1]) != end - start + 1:
            break
        end += 1
    return end - start


def _is_bulleted(line: str) -> bool:
    return _BULLET.match(line) is not None


def _is_small(line: str) -> bool:
    return line[0].islower() and not line.startswith(("http://", "https://"))


def _is_phrase(line: str) -> bool:
    return len(line) <= _ITEM_LENGTH and line[-1] != ":" and not ends_sentence(line)


def _is_gerund(line: str) -> bool:
    first = _GERUND.match(line)
    return (
        first is not None
        and len(line) <= _GERUND_LENGTH
        and first[0].casefold() not in _NOT_GERUNDS
        and _INNER_STOP.search(line) is None
    )
