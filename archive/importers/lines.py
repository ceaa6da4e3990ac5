"""Small facts about single lines of a pasted page."""

import re

# Typographic variants that word processors and browsers put in, made plain for comparing; text is stored as it came.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‛`´ʼ", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "…": "...",
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    }
)
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "))
_SENTENCE = re.compile(r"(?<=[.!?])[”’\"')]{0,2} +(?=[A-Z“‘\"'(])")
# "1.", "Q1:", "(2)", "•", "##": what a list or a heading puts before a question.
_MARK = re.compile(r"(?:[#>*•·\s-]+|\(?(?:q(?:uestion)?\s*)?\d{1,2}\s*[.):-]\s*|q\s*[:.]\s*)+")
_TRAILING = "?!.:;,*\"' -"
_HEADING_LENGTH = 80


def split_lines(text: str) -> list[str]:
    """The non-empty lines of `text`, stripped."""
    return [line for raw in text.splitlines() if (line := raw.strip())]


def plain_spaces(line: str) -> str:
    """The line with ordinary spaces for no-break, thin and other ones; it keeps its length."""
    return line if line.isascii() else line.translate(_SPACES)


def fold(line: str) -> str:
    """The line for comparing: plain quotes and dashes, single spaces, no case."""
    return " ".join(line.translate(_PLAIN).casefold().split())


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


def plain_key(line: str) -> str:
    """The folded line without a number or bullet before it and punctuation after it, for looking it up."""
    plain = fold(line)
    mark = _MARK.match(plain)
    return plain[mark.end() if mark else 0 :].strip(_TRAILING)
