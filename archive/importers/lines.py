"""Small facts about single lines of a pasted page."""

import re

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "))
_SENTENCE = re.compile(r"(?<=[.!?])[”’\"')]{0,2} +(?=[A-Z“‘\"'(])")
_HEADING_LENGTH = 80


def split_lines(text: str) -> list[str]:
    """The non-empty lines of `text`, stripped."""
    return [line for raw in text.splitlines() if (line := raw.strip())]


def plain_spaces(line: str) -> str:
    """The line with ordinary spaces for no-break, thin and other ones; it keeps its length."""
    return line if line.isascii() else line.translate(_SPACES)


def ends_sentence(line: str) -> bool:
    return line.rstrip("”’\"') ").endswith((".", "!", "?", "…"))


def is_heading_like(line: str) -> bool:
    """A short line that begins with a capital or a digit and ends without punctuation."""
    return (
        len(line) <= _HEADING_LENGTH
        and line[-1].isalnum()
        and (line[0].isupper() or line[0].isdigit() or line[0] in "“‘\"'")
    )


def sentence_around(line: str, position: int, *, reach: int = 600) -> str:
    """The sentence of `line` that holds `position`, looking `reach` characters to either side."""
    begin = max(0, position - reach)
    window = line[begin : position + reach]
    start, end = 0, len(window)
    for gap in _SENTENCE.finditer(window):
        if gap.end() <= position - begin:
            start = gap.end()
        else:
            end = gap.start()
            break
    return window[start:end].strip()
