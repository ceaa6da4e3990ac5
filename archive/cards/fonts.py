"""Type for pictures: found on this machine, by the letters that it has. Nothing is downloaded, nothing is shipped.

Which file has a letter is told by drawing it: one that a font hasn't comes out as its `.notdef` sign.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import ImageFont, features

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/opt/homebrew/share/fonts",
    "C:/Windows/Fonts",
)
# Packages that bring fonts along, where an operator installed one (docs/operators.md).
PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
ENDINGS = {".ttf", ".otf", ".ttc"}
MOST_FACES = 60
BOLD_WEIGHT, REGULAR_WEIGHT = 700, 400
TRIED_AT = 24  # pixels at which a letter is tried
NOWHERE = "\U0010fffe"  # a letter that no font has
# The first that are there set the words; whatever letters they lack come from the others.
PREFERRED = ("notosans", "inter", "helveticaneue", "segoeui", "arial", "liberationsans", "dejavusans")
_STYLE = re.compile(r"[-_ ]?(regular|bold|book|roman|vf|variable(font)?|\[[a-z,]*wght[a-z,]*\])", re.IGNORECASE)
_UNWANTED = re.compile(
    r"italic|oblique|mono|serif|cond|narrow|light|thin|black|medium|extra|semi|emoji|symbol|math|display|icon|awesome"
    r"|opens_|looped|slab|unhinted",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Face:
    """A family in two weights; `bold` may be the same file. A path of "" is the type that comes with Pillow."""

    family: str
    regular: str
    bold: str

    def at(self, size: int, *, bold: bool) -> Any:
        return _opened(self.bold if bold else self.regular, size, bold)

    def has(self, letter: str) -> bool:
        return _has(self.regular, letter)


BUILT_IN = Face("", "", "")


@lru_cache(maxsize=128)
def _opened(path: str, size: int, bold: bool) -> Any:
    if not path:
        return ImageFont.load_default(size)
    font = ImageFont.truetype(path, size)
    try:
        axes = font.get_variation_axes()
    except OSError:  # not a variable font
        return font
    weight = BOLD_WEIGHT if bold else REGULAR_WEIGHT
    font.set_variation_by_axes([float(weight if _name(axis) == "weight" else axis["default"] or 0) for axis in axes])
    return font


def _name(axis: Any) -> str:
    name = axis.get("name") or b""
    return (name.decode(errors="replace") if isinstance(name, bytes) else str(name)).lower()


@lru_cache(maxsize=8192)
def _has(path: str, letter: str) -> bool:
    try:
        mask, absent = _opened(path, TRIED_AT, False).getmask(letter), _absent(path)
    except OSError:  # a damaged file, or one without outlines
        return False
    return mask.size != (0, 0) and (mask.size, bytes(mask)) != absent


@lru_cache(maxsize=MOST_FACES * 2)
def _absent(path: str) -> tuple[tuple[int, int], bytes]:
    mask = _opened(path, TRIED_AT, False).getmask(NOWHERE)
    return mask.size, bytes(mask)


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """Every family that may set words, in order; the last one is always there. Looked for once in a process."""
    families: dict[str, dict[str, str]] = {}
    for path in _files():
        style = "".join(found.group(1).lower() for found in _STYLE.finditer(path.stem))
        family = re.sub(r"[^a-z0-9]", "", _STYLE.sub("", path.stem).lower())
        if "[" in style or "vf" in style or "variable" in style:
            families.setdefault(family, {}).setdefault("any", str(path))
        else:
            families.setdefault(family, {}).setdefault("bold" if "bold" in style else "regular", str(path))
    found = [_face(name, files) for name, files in families.items() if "any" in files or "regular" in files]
    return (*sorted(found, key=_rank)[:MOST_FACES], BUILT_IN)


def _face(name: str, files: dict[str, str]) -> Face:
    regular = files.get("any") or files["regular"]
    return Face(name, regular, files.get("any") or files.get("bold") or regular)


def _rank(face: Face) -> tuple[int, str]:
    if any(face.regular.startswith(str(Path(place).expanduser())) for place in settings.FONTS):
        return -1, face.family  # what an operator names comes before everything, however much the machine has
    preferred = PREFERRED.index(face.family) if face.family in PREFERRED else len(PREFERRED)
    # Beside the words' own, sans-serifs of one script before everything else.
    return (preferred if preferred < len(PREFERRED) else preferred + ("notosans" not in face.family)), face.family


def _files() -> Iterator[Path]:
    """In the order of places: what the operator names, what is installed beside us, what the machine has."""
    for place in _places():
        path = Path(place).expanduser()
        found = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
        for file in found:
            if file.suffix.lower() in ENDINGS and (path.is_file() or not _UNWANTED.search(file.stem)):
                yield file


def _places() -> list[str]:
    packages = [str(Path(entry) / name) for entry in sys.path for name in PACKAGES]
    return [*settings.FONTS, *packages, *FOLDERS]


def fingerprint() -> str:
    """Changes when other type is found: pictures are then drawn anew."""
    return sha256(repr([face.family for face in faces()]).encode()).hexdigest()[:8]


# Letters


@lru_cache(maxsize=1)
def shapes() -> bool:
    """Whether letters are joined and set from right to left (libraqm with fribidi)."""
    return bool(features.check("raqm"))


def face_for(letter: str, *, beside: Face | None = None) -> Face | None:
    """The family that sets a letter: the one of the letter before, if it can; None where no family has it."""
    if not shapes() and needs_shaping(letter):
        return None
    if beside is not None and beside.has(letter) and not letter.isascii():
        return beside
    return next((face for face in faces() if face.has(letter)), None)


def needs_shaping(letter: str) -> bool:
    """Whether a letter that stands alone and from left to right would be wrong."""
    return unicodedata.bidirectional(letter) in ("R", "AL") or "\u0900" <= letter <= "\u109f"


def rides_along(letter: str) -> bool:
    """What is set in the type of the letter before it: marks, joiners, spaces."""
    return letter.isspace() or unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")
