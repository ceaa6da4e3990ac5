"""Plain text as rich text: paragraphs, lists and bare addresses; whatever looks like markup stays words."""

import re
from collections.abc import Iterable
from html import escape

from .blocks import Block, read_blocks
from .fitting import without_controls

_ADDRESS = re.compile(r"https?://\w[^\s<>\"“”]{2,2000}", re.IGNORECASE)
# What ends the sentence, not the address. A bracket belongs to the address if it was opened there.
_AFTER_ADDRESS = ".,;:!?'’"


def rich_text_of(text: str) -> str:
    """HTML of a text that has one paragraph or list item a line."""
    return rich_text(read_blocks(text))


def rich_text(blocks: Iterable[Block]) -> str:
    """HTML of blocks: "<p>…</p>", "<ul><li>…</li></ul>"."""
    return "".join(_html(kind, words) for kind, words in blocks)


def _html(kind: str, words: str | tuple[str, ...]) -> str:
    if isinstance(words, str):
        return f"<{kind}>{_inline(words)}</{kind}>"
    items = "".join(f"<li>{_inline(item)}</li>" for item in words)
    return f"<{kind}>{items}</{kind}>"


def _inline(words: str) -> str:
    """The words escaped, with web addresses as links."""
    words = without_controls(words)
    html: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(words):
        address = _without_end(found[0])
        shown = escape(address, quote=False)
        html += [escape(words[end : found.start()], quote=False), f'<a href="{escape(address)}">{shown}</a>']
        end = found.start() + len(address)
    return "".join([*html, escape(words[end:], quote=False)])


def _without_end(address: str) -> str:
    while address[-1] in _AFTER_ADDRESS or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
