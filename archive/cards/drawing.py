"""The picture of a card, in the site's look: the byte, the words, and space around them."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from .fonts import fingerprint
from .setting import Type, drawable, fitted, shortened, tied

DESIGN = "1"  # another way of drawing the same words needs another one
WIDTH, HEIGHT, EDGE, FOOT = 1200, 630, 72, 56
COVER = 1400  # the smallest side that podcast programs take
PAPER, INK, SOFT = (253, 252, 249), (17, 21, 28), (74, 83, 99)
SET, CLEAR, SUN = (15, 81, 50), (217, 231, 222), (255, 210, 63)
GAP = 16
TITLE_SIZES = (92, 80, 70, 60, 52, 44, 38)
QUOTE_SIZES = (60, 52, 46, 40, 36)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. `number` is drawn as a byte; `small` stands beside the label, `asked` above a quote."""

    label: str
    title: str
    number: int
    small: str = ""
    asked: str = ""
    people: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of all that is drawn. Part of the address, so it is the same on machines with other type."""
        words = (DESIGN, self.label, self.title, self.number, self.small, self.asked, self.people)
        return sha256(repr(words).encode()).hexdigest()[:20]

    @property
    def version(self) -> str:
        """Of all that is drawn, and of what it is drawn with on this machine."""
        return f"{self.digest}-{fingerprint()}"

    @property
    def alt(self) -> str:
        """The words of the picture, for whoever doesn't see it."""
        title = f"“{self.title}”" if self.asked else self.title
        parts = (self.label, self.small, self.asked, title, ", ".join(self.people))
        return " ".join(part if part.rstrip("”")[-1:] in ".?!" else f"{part}." for part in dict.fromkeys(parts) if part)


def drawn(card: Card) -> bytes:
    """A PNG, 1200 × 630: a tenth of a second of one processor."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    _byte(draw, card.number)
    top = _label(draw, card, top=EDGE + 56 + 28)
    foot = _people(draw, card)
    (_quote if card.asked else _title)(draw, card, top=top + 20, bottom=foot - 20)
    return _png(picture)


def _byte(draw: Any, number: int) -> None:
    """The number in eight bits over the whole width; past 255 in as many rows, which share the height."""
    bits = bits_of(number)
    rows = len(bits) // 8
    wide, high = (WIDTH - 2 * EDGE - 7 * GAP) // 8, (56 - (rows - 1) * 8) // rows
    for place, bit in enumerate(bits):
        left, top = EDGE + place % 8 * (wide + GAP), EDGE + place // 8 * (high + 8)
        draw.rectangle((left, top, left + wide - 1, top + high - 1), fill=SET if bit == "1" else CLEAR)


def bits_of(number: int) -> str:
    return f"{number:0{max(8, -(-number.bit_length() // 8) * 8)}b}"


def _label(draw: Any, card: Card, *, top: int) -> int:
    bold, plain = Type(34, bold=True), Type(34)
    small = shortened(drawable(card.small), 560, plain.width)
    room = WIDTH - 2 * EDGE - (plain.width(small) + 40 if small else 0)
    label = shortened(drawable(card.label), room, bold.width)
    bold.draw(draw, label, left=EDGE, top=top, right=WIDTH - EDGE, ink=SET)
    if small:
        right = WIDTH - EDGE
        plain.draw(draw, small, left=right - plain.width(small), top=top, right=right, ink=SOFT)
    return top + plain.line


def _people(draw: Any, card: Card) -> int:
    """At the foot, in two lines at most. Returns where it begins."""
    names = [tied(name) for name in map(drawable, card.people) if name]
    if not names:
        return HEIGHT - FOOT
    room = 52 if card.asked else 96  # a quote needs the second line more
    block = fitted(", ".join(names), width=WIDTH - 2 * EDGE, height=room, sizes=(40, 36, 32))
    top = HEIGHT - FOOT - block.height + 8
    block.draw(draw, left=EDGE, top=top, right=WIDTH - EDGE, ink=SOFT)
    return top


def _title(draw: Any, card: Card, *, top: int, bottom: int) -> None:
    title = drawable(card.title) or drawable(card.label)
    block = fitted(title, width=WIDTH - 2 * EDGE, height=bottom - top, sizes=TITLE_SIZES, bold=True)
    block.draw(draw, left=EDGE, top=top, right=WIDTH - EDGE, ink=INK)


def _quote(draw: Any, card: Card, *, top: int, bottom: int) -> None:
    asked = fitted(drawable(card.asked), width=WIDTH - 2 * EDGE, height=84, sizes=(32,), bold=True)
    end = asked.draw(draw, left=EDGE, top=top, right=WIDTH - EDGE, ink=INK) + 20
    left = EDGE + 40
    words = drawable(card.title)
    # The bar is the quotation mark: a pair around words that have some of their own, or that are cut, reads badly.
    block = fitted(words, width=WIDTH - EDGE - left, height=bottom - end, sizes=QUOTE_SIZES)
    draw.rectangle((EDGE, end + 4, EDGE + 11, end + max(block.height, 40) + 4), fill=SUN)
    block.draw(draw, left=left, top=end, right=WIDTH - EDGE, ink=INK)


@lru_cache(maxsize=8)
def cover(name: str, number: int = 8) -> bytes:
    """A square for podcast programs: the byte in four columns, and the name."""
    picture = Image.new("RGB", (COVER, COVER), PAPER)
    draw = ImageDraw.Draw(picture)
    edge, gap, high = 80, 40, 360
    wide = (COVER - 2 * edge - 3 * gap) // 4
    for place, bit in enumerate(bits_of(number)[:8]):
        left, top = edge + place % 4 * (wide + gap), edge + place // 4 * (high + gap)
        draw.rectangle((left, top, left + wide - 1, top + high - 1), fill=SET if bit == "1" else CLEAR)
    room = COVER - 2 * edge - 2 * (high + gap)
    sizes = (240, 220, 200, 180, 150, 120, 100, 80)
    block = fitted(drawable(name), width=COVER - 2 * edge, height=room, sizes=sizes, bold=True)
    block.draw(draw, left=edge, top=COVER - edge - block.height, right=COVER - edge, ink=INK)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    file = BytesIO()
    # Few colours are in it: a palette is a third of the size, and nobody sees the difference.
    picture.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
