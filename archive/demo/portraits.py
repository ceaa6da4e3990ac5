"""Portraits drawn by program: nobody's face, the site's colours, the same picture for the same name."""

import hashlib
import random
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = 480
DRAWN = SIZE * 2  # Drawn at twice the size and made smaller, so that edges are smooth.
GROUNDS = ("#d9e7de", "#ffd23f", "#f3e3cf", "#cfe0ea", "#f0c9bd", "#e6e0f0", "#bcd8c6", "#fbe9a8")
SKINS = ("#f3d3bd", "#e2b08e", "#c98f66", "#a06a45", "#7a4a2e", "#6b3f27", "#f6dfcf", "#8f5a3a")
HAIRS = ("#11151c", "#3a2417", "#6b4226", "#a3622d", "#c9a227", "#8d8f94", "#d8d5cc", "#7a2a17", "#2b3440")
CLOTHES = ("#0f5132", "#11151c", "#c2371d", "#24507a", "#57487d", "#8a6d1b", "#3c6e71", "#7d2b46", "#4a5363")
Box = tuple[float, float, float, float]


def has_portrait(name: str) -> bool:
    """About half of the speakers gave us a picture."""
    return _seed(name) % 2 == 0


def draw_portrait(name: str) -> bytes:
    """A JPEG of 480 by 480."""
    chance = random.Random(_seed(name))  # noqa: S311  a face, not a secret
    ground = chance.choice(GROUNDS)
    picture = Image.new("RGB", (DRAWN, DRAWN), ground)
    draw = ImageDraw.Draw(picture)
    _backdrop(draw, chance, ground)
    _person(draw, chance)
    out = BytesIO()
    picture.resize((SIZE, SIZE), Image.Resampling.BOX).save(out, "JPEG", quality=82)
    return out.getvalue()


def _seed(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6])


def _backdrop(draw: ImageDraw.ImageDraw, chance: random.Random, ground: str) -> None:
    """A byte behind the head, in two rows of four, where a round frame doesn't cut it."""
    colour = chance.choice([other for other in GROUNDS if other != ground])
    bits = chance.randrange(1, 255)
    for bit in range(8):
        if bits >> bit & 1:
            x, y = 144 + bit % 4 * 176, 184 + bit // 4 * 176
            draw.rectangle((x, y, x + 144, y + 144), fill=colour)


def _person(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    skin, hair, cloth = chance.choice(SKINS), chance.choice(HAIRS), chance.choice(CLOTHES)
    middle, chin = DRAWN / 2 + chance.randint(-24, 24), 600 + chance.randint(-20, 24)
    wide, tall = 148 + chance.randint(-12, 16), 190 + chance.randint(-10, 16)
    crown = chin - 2 * tall
    head = (middle - wide, crown, middle + wide, chin)
    style = chance.choice(("short", "long", "bun", "curls", "bald", "scarf", "side", "short", "bob"))
    _behind(draw, style, head, hair if style != "scarf" else cloth)
    draw.rounded_rectangle((middle - 62, chin - 80, middle + 62, chin + 130), 40, fill=_darker(skin))
    draw.ellipse((middle - 330, chin + 60, middle + 330, chin + 800), fill=cloth)
    if chance.random() < 0.5:
        draw.polygon(((middle - 74, chin + 70), (middle + 74, chin + 70), (middle, chin + 200)), fill=_darker(skin))
    draw.ellipse(head, fill=skin)
    _front(draw, style, head, hair if style != "scarf" else cloth)
    _face(draw, chance, head, dark=skin in SKINS[4:6])


def _behind(draw: ImageDraw.ImageDraw, style: str, head: Box, hair: str) -> None:
    left, top, right, low = head
    if style in ("long", "scarf"):
        draw.rounded_rectangle((left - 36, top - 30, right + 36, low + 150), 160, fill=hair)
    elif style == "bob":
        draw.rounded_rectangle((left - 30, top - 26, right + 30, low - 10), 130, fill=hair)
    elif style == "bun":
        middle = (left + right) / 2
        draw.ellipse((middle - 74, top - 110, middle + 74, top + 40), fill=hair)
        draw.ellipse((left - 14, top - 22, right + 14, low - 110), fill=hair)
    elif style == "curls":
        for step in range(9):
            x = left - 30 + step * (right - left + 60) / 8
            y = top + 60 + abs(step - 4) ** 2 * 12
            draw.ellipse((x - 66, y - 76, x + 66, y + 66), fill=hair)


def _front(draw: ImageDraw.ImageDraw, style: str, head: Box, hair: str) -> None:
    left, top, right, low = head
    if style == "bald":
        return
    fringe = {"scarf": 96, "curls": 100, "bun": 92}.get(style, 118)
    draw.chord((left - 12, top - 26, right + 12, low - 60), 200, 340, fill=hair)
    if style == "side":
        draw.pieslice((left - 12, top - 26, right + 60, low - 20), 180, 290, fill=hair)
    elif style in ("short", "long", "bob"):
        draw.chord((left - 14, top - 28, right + 14, top + fringe * 2), 180, 360, fill=hair)


def _face(draw: ImageDraw.ImageDraw, chance: random.Random, head: Box, *, dark: bool) -> None:
    left, top, right, low = head
    middle, eyes = (left + right) / 2, top + (low - top) * 0.56
    mouth, lips = low - 78, "#fdfcf9" if dark else "#7a2a17"
    draw.arc((middle - 48, mouth - 44, middle + 48, mouth + 24), 25, 155, fill=lips, width=11)
    for side in (-1, 1):
        x = middle + side * 58
        draw.ellipse((x - 13, eyes - 15, x + 13, eyes + 15), fill="#11151c")
    if chance.random() < 0.35:
        for side in (-1, 1):
            x = middle + side * 58
            draw.ellipse((x - 46, eyes - 44, x + 46, eyes + 44), outline="#11151c", width=9)
        draw.line((middle - 14, eyes - 4, middle + 14, eyes - 4), fill="#11151c", width=9)


def _darker(colour: str) -> str:
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{int(part * 0.86):02x}" for part in parts)
