"""The questions as a Word file: to write in on a train, or to take through clearance, and to bring back."""

import datetime as dt
import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .markup import to_html
from .paper import BRING_BACK, DRAFT, LEAVE, Paper

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SOFT = RGBColor(0x4A, 0x53, 0x63)
LINK = RGBColor(0x0F, 0x51, 0x32)
ROOM_TO_WRITE = 3
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def question_sheet(paper: Paper, *, at: dt.datetime) -> bytes:
    """A .docx with title, evening and day, and below each question its guidance and the present answer, or room.

    It says nothing of who or what made it.
    """
    document = Document()
    _prepare(document, title=_clean(paper.title), at=at)
    document.add_heading(_clean(paper.title), level=1)
    for fact in [*paper.facts, LEAVE, BRING_BACK]:
        _soft(document.add_paragraph(), fact)
    for question in paper.questions:
        document.add_heading(_clean(question.wording), level=2)
        for line in filter(str.strip, question.guidance.splitlines()):
            _soft(document.add_paragraph(), line.strip())
        if question.text:
            _Writer(document).feed_all(to_html(question.text))
        else:
            for _ in range(ROOM_TO_WRITE):
                document.add_paragraph()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(words: str) -> str:
    return _NOT_XML.sub("", words)


def _soft(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(_clean(words))
    run.font.size, run.font.color.rgb = Pt(10), SOFT
    paragraph.paragraph_format.space_after = Pt(4)


def _prepare(document: Any, *, title: str, at: dt.datetime) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.title, about.language = title, "en-GB"
    about.created = about.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
    document.sections[0].header.paragraphs[0].text = DRAFT
    for name, size in (("Heading 1", 20), ("Heading 2", 13)):
        font = document.styles[name].font
        font.size, font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    document.styles["Normal"].font.size = Pt(11)
    for defaults in document.styles.element.iter(qn("w:lang")):
        defaults.set(qn("w:val"), "en-GB")


class _Writer(HTMLParser):
    """The few tags that an answer may have, as paragraphs and runs."""

    def __init__(self, document: Any) -> None:
        super().__init__(convert_charrefs=True)
        self._document = document
        self._paragraph: Paragraph | None = None
        self._style, self._number = "", 0
        self._bold = self._italic = False
        self._link = ""

    def feed_all(self, html: str) -> None:
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "p":
                self._paragraph = self._document.add_paragraph()
            case "ul":
                self._style = "List Bullet"
            case "ol":
                self._style, self._number = "List Number", _new_numbers(self._document)
            case "li":
                self._paragraph = self._document.add_paragraph(style=self._style or None)
                if self._number:
                    _number(self._paragraph, self._number)
            case "b" | "i":
                self._look(tag, on=True)
            case "a":
                self._link = dict(attrs).get("href") or ""
            case "br":
                self._run("").add_break(WD_BREAK.LINE)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "i"):
            self._look(tag, on=False)
        elif tag == "a":
            self._link = ""
        elif tag in ("ul", "ol"):
            self._style, self._number = "", 0

    def handle_data(self, data: str) -> None:
        if words := _clean(data):
            self._run(words)

    def _look(self, tag: str, *, on: bool) -> None:
        if tag == "b":
            self._bold = on
        else:
            self._italic = on

    def _run(self, words: str) -> Run:
        if self._paragraph is None:
            self._paragraph = self._document.add_paragraph()
        run = self._paragraph.add_run(words)
        run.bold, run.italic = self._bold or None, self._italic or None
        if self._link:
            _link(self._paragraph, run, self._link)
        return run


def _link(paragraph: Paragraph, run: Run, to: str) -> None:
    """python-docx reads links and writes none: the run goes into a w:hyperlink (ECMA-376, 17.16.22)."""
    run.font.color.rgb, run.font.underline = LINK, True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.getparent().replace(run._r, link)
    link.append(run._r)


def _new_numbers(document: Any) -> int:
    """A list of its own, that begins at 1 (17.9.15): by itself Word goes on counting from the list before."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    kind = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(kind)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _number(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
