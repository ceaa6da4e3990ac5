"""A presentation as somebody brings it: with notes to each slide, and one that is hidden (OpenDocument 1.3)."""

import zipfile
from html import escape
from io import BytesIO

from .shapes import Talk
from .slides import first_sentence

TYPE = "application/vnd.oasis.opendocument.presentation"
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("style", "style"),
        ("draw", "drawing"),
        ("presentation", "presentation"),
        ("text", "text"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
    )
)
HIDDEN = (
    '<office:automatic-styles><style:style style:name="hidden" style:family="drawing-page">'
    '<style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>'
)
FRAME = 'svg:x="2cm" svg:y="4cm" svg:width="24cm" svg:height="8cm"'
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
FIXED = (2026, 1, 1, 0, 0, 0)


def draw_presentation(talk: Talk) -> bytes:
    """The same bytes for the same talk. Its author is the first of its speakers."""
    words = [talk.title, first_sentence(talk.account), "What we tried", "What we would do again"]
    words += [first_sentence(answer.words) for answer in talk.answers if answer.words]
    slides = "".join(_slide(number, text) for number, text in enumerate(words, start=1))
    spare = _slide(len(words) + 1, "Spare: figures that are not out yet", style=' draw:style-name="hidden"')
    content = f"{HIDDEN}<office:body><office:presentation>{slides}{spare}</office:presentation></office:body>"
    author = f"<meta:initial-creator>{escape(talk.billings[0].name)}</meta:initial-creator>"
    return _packed(
        {
            "mimetype": TYPE,
            "content.xml": f'<office:document-content {SPACES} office:version="1.3">{content}'
            "</office:document-content>",
            "meta.xml": f'<office:document-meta {SPACES} office:version="1.3"><office:meta>{author}</office:meta>'
            "</office:document-meta>",
            "META-INF/manifest.xml": MANIFEST,
        }
    )


def _slide(number: int, text: str, *, style: str = "") -> str:
    said = f"<draw:text-box><text:p>{escape(text)}</text:p></draw:text-box>"
    noted = f"<draw:text-box><text:p>Say this slowly. Slide {number}.</text:p></draw:text-box>"
    return (
        f'<draw:page draw:name="Slide {number}"{style}><draw:frame {FRAME}>{said}</draw:frame><presentation:notes>'
        f'<draw:frame presentation:class="notes" {FRAME}>{noted}</draw:frame></presentation:notes></draw:page>'
    )


def _packed(parts: dict[str, str]) -> bytes:
    """The type comes first and as it is, so that it can be read without unpacking (part 2, 3.3)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()
