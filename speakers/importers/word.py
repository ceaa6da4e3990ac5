"""The words of a Word file (ECMA-376, WordprocessingML) as text with marks.

Read by hand, not with python-docx: that leaves out what a reviewer has inserted, content controls and text boxes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from ..markup import to_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY = re.compile(r"word/document\d{0,3}\.xml")
MOST_ENTRIES = 5_000
LARGEST_PART = 20 * 1024 * 1024
MOST_CHARACTERS = 2_000_000
DEEPEST = 60
# What a reviewer took out, and instructions to the program.
DROPPED = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr"))
NO = frozenset({"0", "false", "off", "none"})


class NotReadable(ValueError):
    """This is no Word file whose words can be read; the message says why, for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same."""

    words: str
    bold: bool
    italic: bool
    link: str


@dataclass(slots=True)
class _Paragraph:
    runs: list[Run] = field(default_factory=list)
    list_kind: str = ""

    @property
    def html(self) -> str:
        return "".join(_html(run) for run in _together(self.runs))


def read_word(data: bytes) -> str:
    """Its paragraphs and table cells, in order.

    Raises:
        NotReadable: it is damaged, protected, or too large when unpacked.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _Document(archive).text()
    except (BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError, OSError, KeyError) as error:
        raise NotReadable("This Word file is damaged or protected. Copy its words and paste them instead.") from error
    except ValueError as error:
        raise NotReadable(str(error) if isinstance(error, NotReadable) else "This Word file can’t be read.") from error


class _Document:
    def __init__(self, archive: ZipFile) -> None:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise NotReadable("This file has too many parts. Copy its words and paste them instead.")
        self._archive = archive
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        body = next((name for name in self._sizes if BODY.fullmatch(name)), None)
        if body is None:
            raise NotReadable("This is no Word file, whatever its name says. Save your text as .docx, or paste it.")
        self._root = self._part(body)
        self._links = self._read_links(body.replace("word/", "word/_rels/") + ".rels")
        self._kinds = self._read_lists()
        self._styles = self._read_styles()
        self._notes = self._read_notes()
        self._left = MOST_CHARACTERS
        self._boxes: list[_Paragraph] = []

    def text(self) -> str:
        html, open_list = [], ""
        for paragraph in self._paragraphs(self._root, 0):
            words = paragraph.html
            if paragraph.list_kind != open_list:
                html += [
                    f"</{open_list}>" if open_list else "",
                    f"<{paragraph.list_kind}>" if paragraph.list_kind else "",
                ]
                open_list = paragraph.list_kind
            if words.strip():
                html.append(f"<li>{words}</li>" if open_list else f"<p>{words}</p>")
        return to_text("".join(html))

    def _part(self, name: str) -> etree._Element:
        """Raises NotReadable: too large, or it brings definitions of its own."""
        if self._sizes[name] > LARGEST_PART:
            raise NotReadable("This file is too large when it is unpacked. Copy its words and paste them instead.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        with self._archive.open(name) as file:
            root = etree.fromstring(file.read(LARGEST_PART + 1), parser)
        if root.getroottree().docinfo.doctype:
            raise NotReadable("This is no ordinary Word file. Copy its words and paste them instead.")
        return root

    def _optional(self, name: str) -> etree._Element | None:
        return self._part(name) if name in self._sizes else None

    def _read_links(self, name: str) -> dict[str, str]:
        root = self._optional(name)
        return {row.get("Id", ""): row.get("Target", "") for row in (root if root is not None else ())}

    def _read_lists(self) -> dict[tuple[str, str], str]:
        """{(list, level): "ul" or "ol"}."""
        root = self._optional("word/numbering.xml")
        if root is None:
            return {}
        formats = {
            (kind.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): _value(level.find(f"{W}numFmt"))
            for kind in root.iter(f"{W}abstractNum")
            for level in kind.iter(f"{W}lvl")
        }
        return {
            (number.get(f"{W}numId", ""), level or ""): "ul" if form in ("bullet", "none") else "ol"
            for number in root.iter(f"{W}num")
            for (kind, level), form in formats.items()
            if kind == _value(number.find(f"{W}abstractNumId"))
        }

    def _read_styles(self) -> dict[str, etree._Element]:
        root = self._optional("word/styles.xml")
        if root is None:
            return {}
        return {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}

    def _read_notes(self) -> dict[str, str]:
        root = self._optional("word/footnotes.xml")
        if root is None:
            return {}
        return {
            note.get(f"{W}id", ""): " ".join("".join(text.text or "" for text in note.iter(f"{W}t")).split())
            for note in root.iter(f"{W}footnote")
        }

    # Walking

    def _paragraphs(self, node: etree._Element, depth: int) -> Iterator[_Paragraph]:
        if depth > DEEPEST:
            return
        for child in node:
            if child.tag == f"{W}p":
                paragraph = _Paragraph(list_kind=self._list_kind(child))
                self._gather(child, paragraph, link="", depth=depth)
                yield paragraph
                boxes, self._boxes = self._boxes, []
                yield from boxes
            elif child.tag not in DROPPED and child.tag != FALLBACK:
                yield from self._paragraphs(child, depth + 1)

    def _gather(self, node: etree._Element, paragraph: _Paragraph, *, link: str, depth: int) -> None:
        """The runs below a paragraph: also of links, insertions, fields and content controls."""
        if depth > DEEPEST:
            return
        for child in node:
            if child.tag in DROPPED or child.tag == FALLBACK:
                continue
            if child.tag == f"{W}txbxContent":
                self._boxes += self._paragraphs(child, depth + 1)
            elif child.tag == f"{W}r":
                self._run(child, paragraph, link=link)
                self._gather(child, paragraph, link=link, depth=depth + 1)
            else:
                to = self._links.get(child.get(f"{R}id", ""), "") if child.tag == f"{W}hyperlink" else link
                self._gather(child, paragraph, link=to, depth=depth + 1)

    def _run(self, run: etree._Element, paragraph: _Paragraph, *, link: str) -> None:
        words = "".join(self._words(part) for part in run)
        self._left -= len(words)
        if self._left < 0:
            raise NotReadable("This file has far more words than six answers. Paste the answers instead.")
        if words:
            looks = run.find(f"{W}rPr")
            paragraph.runs.append(Run(words, _is_on(looks, "b"), _is_on(looks, "i"), link))

    def _words(self, part: etree._Element) -> str:
        if part.tag == f"{W}t":
            return part.text or ""
        if part.tag in (f"{W}br", f"{W}cr"):
            return "\n"
        if part.tag == f"{W}footnoteReference" and (note := self._notes.get(part.get(f"{W}id", ""))):
            return f" ({note})"
        return {f"{W}tab": " ", f"{W}noBreakHyphen": "-"}.get(str(part.tag), "")

    def _list_kind(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        style_id = _value(properties.find(f"{W}pStyle"))
        style = self._styles.get(style_id)
        own, inherited = properties.find(f"{W}numPr"), style.find(f"{W}pPr/{W}numPr") if style is not None else None
        numbering = own if own is not None else inherited
        if numbering is None:
            return ""
        number, level = _value(numbering.find(f"{W}numId")), _value(numbering.find(f"{W}ilvl")) or "0"
        if number == "0":
            return ""
        return self._kinds.get((number, level), "ol" if "Number" in style_id else "ul")


def _value(node: etree._Element | None) -> str:
    return "" if node is None else node.get(f"{W}val", "")


def _is_on(looks: etree._Element | None, name: str) -> bool:
    found = None if looks is None else looks.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1").lower() not in NO


def _together(runs: list[Run]) -> Iterator[Run]:
    """Word splits what looks the same into many runs."""
    held: Run | None = None
    for run in runs:
        if held is not None and (run.bold, run.italic, run.link) == (held.bold, held.italic, held.link):
            held = Run(held.words + run.words, held.bold, held.italic, held.link)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _html(run: Run) -> str:
    html = escape(run.words, quote=False).replace("\n", "<br/>")
    if not run.words.strip():
        return html
    if run.link.startswith(("http://", "https://", "mailto:")):
        html = f'<a href="{escape(run.link)}">{html}</a>'
    if run.italic:
        html = f"<i>{html}</i>"
    return f"<b>{html}</b>" if run.bold else html
