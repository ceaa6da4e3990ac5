"""Slides for a talk as a small PDF with real text: a title, what was said in three points, a last wish."""

import re
from io import BytesIO
from textwrap import wrap

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from .shapes import Body, Talk

WIDE, HIGH = 800, 450
MARGIN = 56
INK, PAPER, GREEN, PALE, SUN = (HexColor(f"#{rgb}") for rgb in ("11151c", "fdfcf9", "0f5132", "d9e7de", "ffd23f"))
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"


def first_sentence(text: str) -> str:
    return re.split(r"(?<=[.?])\s", text, maxsplit=1)[0]


def draw_slides(talk: Talk, bodies: dict[str, Body]) -> bytes:
    """The same bytes for the same talk."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), invariant=1)
    canvas.setTitle(talk.title)
    canvas.setAuthor(", ".join(billing.name for billing in talk.billings))
    answers: dict[str, str] = {}
    for answer in talk.answers:
        answers.setdefault(answer.question, answer.words)
    _title_page(canvas, talk, bodies)
    points = [first_sentence(answers[slug]) for slug in ("summary", "problem", "difference") if answers.get(slug)]
    pages = [("In three points", points)]
    if hurdles := next((answer.items for answer in talk.answers if answer.question == "hurdles"), None):
        pages.append(("What got in the way", hurdles))
    if answers.get("change"):
        pages.append(("One change", [answers["change"]]))
    for number, (heading, lines) in enumerate(pages, start=2):
        _page(canvas, heading, lines, f"Data Bites {talk.evening}   {number} of {len(pages) + 1}")
    canvas.save()
    return out.getvalue()


def _title_page(canvas: Canvas, talk: Talk, bodies: dict[str, Body]) -> None:
    canvas.setFillColor(GREEN)
    canvas.rect(0, 0, WIDE, HIGH, stroke=0, fill=1)
    for bit in range(8):
        canvas.setFillColor(SUN if talk.evening >> (7 - bit) & 1 else HexColor("#2b6b4c"))
        canvas.rect(MARGIN + bit * 34, HIGH - MARGIN - 26, 26, 26, stroke=0, fill=1)
    canvas.setFillColor(PAPER)
    size, per_line = (36, 34) if len(talk.title) <= 100 else (22, 58)
    y = _lines(canvas, wrap(talk.title, per_line), MARGIN, HIGH - 150, BOLD, size)
    for billing in talk.billings:
        y = _lines(canvas, [billing.name], MARGIN, y - 14, BOLD, 17)
        _lines(canvas, [f"{billing.role}, {bodies[billing.organisation].name}"], MARGIN, y + 4, PLAIN, 14)
        y -= 14
    canvas.showPage()


def _page(canvas: Canvas, heading: str, points: list[str], foot: str) -> None:
    canvas.setFillColor(PAPER)
    canvas.rect(0, 0, WIDE, HIGH, stroke=0, fill=1)
    canvas.setFillColor(SUN)
    canvas.rect(MARGIN, HIGH - 104, 48, 8, stroke=0, fill=1)
    canvas.setFillColor(INK)
    y = _lines(canvas, [heading], MARGIN, HIGH - 84, BOLD, 30) - 26
    for point in points:
        canvas.setFillColor(GREEN)
        canvas.rect(MARGIN, y + 1, 10, 10, stroke=0, fill=1)
        canvas.setFillColor(INK)
        y = _lines(canvas, wrap(point, 66), MARGIN + 26, y, PLAIN, 19) - 10
    canvas.setFont(PLAIN, 11)
    canvas.drawString(MARGIN, 28, foot)
    canvas.showPage()


def _lines(canvas: Canvas, lines: list[str], x: float, y: float, font: str, size: int) -> float:
    """Draws lines downwards and returns where the next one would stand."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= size * 1.28
    return y
