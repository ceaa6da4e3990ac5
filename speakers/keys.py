"""Lines as they are compared: what a word processor, a mail program or a hurried hand changes makes no difference."""

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
# "1.", "Q1:", "(2)", "•", "##": what a list or a heading puts before a question.
_MARK = re.compile(r"(?:[#>*•·\s-]+|\(?(?:q(?:uestion)?\s*)?\d{1,2}\s*[.):-]\s*|q\s*[:.]\s*)+")
_TRAILING = "?!.:;,*\"' -"


def fold(line: str) -> str:
    """The line for comparing: plain quotes and dashes, single spaces, no case."""
    return " ".join(line.translate(_PLAIN).casefold().split())


def plain_key(line: str) -> str:
    """The folded line without a number or bullet before it and punctuation after it, for looking it up."""
    plain = fold(line)
    mark = _MARK.match(plain)
    return plain[mark.end() if mark else 0 :].strip(_TRAILING)
