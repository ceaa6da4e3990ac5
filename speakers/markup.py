"""Rich text as plain text that people can type, and back: what a speaker's text area holds.

A blank line begins a paragraph, "- " or "1. " at its start makes a line an item of a list, **these words** are bold,
_these_ in italics, [these](https://example.org/) a link, and an address by itself is one too. A backslash takes a mark
its meaning. Anything else is words: no HTML gets through, in either direction.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from html.parser import HTMLParser

ADDRESS = r"https?://[^\s<>\"“”]+"
ITEM = re.compile(r"[ \t]*(?:([-*•·])|(\d{1,3})[.)])[ \t]+(.*)")
INLINE = re.compile(
    r"\\(?P<escaped>[\\*_\[\]()\-.•·])"
    r"|\*\*(?P<bold>(?=\S)(?:\\.|[^\\\n]){1,1000}?(?<=\S))\*\*"
    r"|(?<!\w)_(?P<italic>(?=\S)(?:\\.|[^\\\n_]){1,1000}?(?<=\S))_(?!\w)"
    r"|\[(?P<words>(?:\\.|[^\\\[\]\n]){1,300})\]"
    r"\((?P<to>(?:https?://|mailto:|page:|document:)[^\s()<>\"]*(?:\([^\s()<>\"]*\)[^\s()<>\"]*){0,9})\)"
    rf"|(?P<bare>{ADDRESS})"
)
INTERNAL = re.compile(r"(page|document):(\d+)")
AFTER_AN_ADDRESS = ".,;:!?'’)]"
MARKS = {"b": "**", "strong": "**", "i": "_", "em": "_"}
BLOCKS = frozenset({"p", "li", "div", "h2", "h3", "h4", "blockquote"})
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def tidy_text(text: str) -> str:
    """Without control characters and spaces at the ends of lines; newlines are \\n, never more than one blank line."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


# Text to rich text


def to_html(text: str, *, keep: Iterable[str] = ()) -> str:
    """Rich text in the tags an answer may have. `keep` names links into the site ("page:12") that were there before."""
    known = frozenset(keep)
    return "".join(_block(block, known) for block in _blocks(tidy_text(text)))


def _blocks(text: str) -> Iterator[list[str]]:
    """Lines that belong together: of one paragraph, or of one list."""
    block: list[str] = []
    kind = ""
    for line in text.split("\n"):
        found = _kind(line)
        if block and (not line.strip() or (found != kind and (found or kind))):
            yield block
            block = []
        if line.strip():
            block.append(line)
        kind = found
    if block:
        yield block


def _kind(line: str) -> str:
    match = ITEM.fullmatch(line)
    return "" if match is None else "ul" if match[1] else "ol"


def _block(lines: list[str], known: frozenset[str]) -> str:
    kind = _kind(lines[0])
    if not kind:
        return f"<p>{'<br/>'.join(_inline(line.strip(), known) for line in lines)}</p>"
    items = [match[3] for line in lines if (match := ITEM.fullmatch(line))]
    return f"<{kind}>{''.join(f'<li>{_inline(item.strip(), known)}</li>' for item in items)}</{kind}>"


def _inline(text: str, known: frozenset[str]) -> str:
    parts, at = [], 0
    for match in INLINE.finditer(text):
        parts += [escape(text[at : match.start()], quote=False), _marked(match, known)]
        at = match.end()
    return "".join([*parts, escape(text[at:], quote=False)])


def _marked(match: re.Match[str], known: frozenset[str]) -> str:
    if (escaped := match["escaped"]) is not None:
        return escape(escaped, quote=False)
    if match["bold"] is not None:
        return f"<b>{_inline(match['bold'], known)}</b>"
    if match["italic"] is not None:
        return f"<i>{_inline(match['italic'], known)}</i>"
    if match["to"] is not None:
        return _link(match["to"], _inline(match["words"], known), known)
    address = match["bare"].rstrip(AFTER_AN_ADDRESS)
    if ")" in match["bare"] and address.count("(") > address.count(")"):
        address += ")"
    return f'<a href="{escape(address)}">{escape(address)}</a>{escape(match["bare"][len(address) :], quote=False)}'


def _link(to: str, words: str, known: frozenset[str]) -> str:
    words = re.sub(r"</?a\b[^>]*>", "", words)
    if (inside := INTERNAL.fullmatch(to)) is None:
        return words if to.startswith(("page:", "document:")) else f'<a href="{escape(to)}">{words}</a>'
    return f'<a linktype="{inside[1]}" id="{inside[2]}">{words}</a>' if to in known else words


# Rich text to text


class _Reader(HTMLParser):
    """Gathers blocks of text, each with the mark of its list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.lists: list[list[int]] = []
        self.mark = ""
        self.line: list[str] = []
        self.links: list[tuple[str, int]] = []
        self.marked: list[tuple[str, int]] = []
        self.internal: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.marked.append((MARKS[tag], len(self.line)))
        elif tag == "br":
            self.line.append("\n")
        elif tag == "a":
            self._open_link(dict(attrs))
        elif tag in ("ul", "ol"):
            self.end_block()
            self.lists.append([0, tag == "ol"])
        elif tag in BLOCKS:
            self.end_block()
            if tag == "li" and self.lists:
                self.lists[-1][0] += 1
                self.mark = f"{self.lists[-1][0]}. " if self.lists[-1][1] else "- "

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS and self.marked:
            mark, start = self.marked.pop()
            self.line[start:] = [_wrapped("".join(self.line[start:]), mark)]
        elif tag == "a" and self.links:
            self._close_link()
        elif tag in ("ul", "ol"):
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag in BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        self.line.append(_escaped(re.sub(r"\s+", " ", data)))

    def _open_link(self, attrs: dict[str, str | None]) -> None:
        inside = f"{attrs['linktype']}:{attrs.get('id')}" if attrs.get("linktype") else ""
        if inside:
            self.internal.add(inside)
        self.links.append((inside or attrs.get("href") or "", len(self.line)))

    def _close_link(self) -> None:
        to, start = self.links.pop()
        words = "".join(self.line[start:])
        if not to.startswith(("http://", "https://", "mailto:", "page:", "document:")) or not words.strip():
            return
        bare = unescape(words.replace("\\", ""))
        self.line[start:] = [to if bare == to and re.fullmatch(ADDRESS, to) else f"[{words}]({to})"]

    def end_block(self) -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(self.line).split("\n")).strip()
        self.line = []
        if text:
            if self.mark:
                self.blocks.append((self.mark, text.replace("\n", " ")))
            else:
                self.blocks.append(("", "\n".join(_line_escaped(line) for line in text.split("\n"))))
        self.mark = ""


def _wrapped(words: str, mark: str) -> str:
    """Each line between marks that touch its words; within bold no other bold."""
    lines = []
    for line in words.replace(mark, "").split("\n"):
        inner = line.strip()
        lines.append(line.replace(inner, f"{mark}{inner}{mark}", 1) if inner else line)
    return "\n".join(lines)


def _escaped(words: str) -> str:
    """Words in which nothing is a mark, but for addresses, which stay as they are."""
    parts = re.split(f"({ADDRESS})", words)
    return "".join(
        part if at % 2 else re.sub(r"\*\*|(?<!\w)_|_(?!\w)|[\\\[\]]", lambda m: "".join(f"\\{c}" for c in m[0]), part)
        for at, part in enumerate(parts)
    )


def _line_escaped(line: str) -> str:
    """A paragraph's line that would be taken for an item."""
    if re.match(r"[-*•·]\s", line):
        return f"\\{line}"
    return re.sub(r"^(\d{1,3})([.)]\s)", r"\1\\\2", line)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader


def to_text(html: str) -> str:
    """What stands in the text area for a piece of rich text."""
    text, before = "", None
    for mark, words in _read(html).blocks:
        together = before is not None and mark and before and mark[0].isdigit() == before[0].isdigit()
        text += ("\n" if together else "\n\n" if before is not None else "") + mark + words
        before = mark
    return text


def links_into_the_site(html: str) -> set[str]:
    """ "page:12" for each link to a page or document of the site."""
    return _read(html).internal


def word_count(text: str) -> int:
    """Words as a reader counts them; marks and the addresses of links are none."""
    plain = re.sub(r"\]\([^)\s]*\)", "]", text)
    return sum(1 for word in plain.split() if re.search(r"\w", word))
