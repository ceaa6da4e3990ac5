"""An evening's number in eight bits, as a picture for calendars."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

BIT, GAP, ROW = 56, 8, 4
SET, CLEAR, PAPER = (15, 81, 50), (217, 231, 222), (255, 255, 255)


@lru_cache(maxsize=256)
def badge(number: int) -> bytes:
    """A PNG, four bits a row, the first one the highest; past 255 it grows by two rows at a time."""
    bits = f"{number:0{max(8, -(-number.bit_length() // 8) * 8)}b}"
    rows = len(bits) // ROW
    picture = Image.new("RGB", (ROW * (BIT + GAP) + GAP, rows * (BIT + GAP) + GAP), PAPER)
    draw = ImageDraw.Draw(picture)
    for place, bit in enumerate(bits):
        left, top = GAP + place % ROW * (BIT + GAP), GAP + place // ROW * (BIT + GAP)
        draw.rectangle((left, top, left + BIT - 1, top + BIT - 1), fill=SET if bit == "1" else CLEAR)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
