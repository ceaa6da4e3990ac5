"""Files of slides to test with: real ones, made here, and what people try to upload in their place."""

import struct
import zipfile
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
OOXML = "application/vnd.openxmlformats-officedocument.presentationml"
MAIN = f"{OOXML}.presentation.main+xml"
ODP_TYPE = "application/vnd.oasis.opendocument.presentation"


def make_zip(parts: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations(*rows: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    said = "".join(
        f'<Relationship Id="{row[0]}" Type="{R}/{row[1]}" Target="{row[2]}"'
        f"{f' TargetMode="{row[3]}"' if len(row) > 3 else ''}/>"
        for row in rows
    )
    return f'<Relationships xmlns="{RELS}">{said}</Relationships>'


def shape(words: str, place: str = "body") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="{place}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def tree(root: str, shapes: str, attributes: str = "") -> str:
    return (
        f'<p:{root} xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"{attributes}><p:cSld><p:spTree>'
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{shapes}</p:spTree></p:cSld></p:{root}>"
    )


def pptx_parts(
    *, slides: int = 3, notes: tuple[int, ...] = (), hidden: tuple[int, ...] = (), main: str = MAIN, **about: str
) -> dict[str, str | bytes]:
    """The parts of a small presentation that PowerPoint and LibreOffice open."""
    numbers = range(1, slides + 1)
    overrides = [("/ppt/presentation.xml", main)]
    overrides += [(f"/ppt/slides/slide{n}.xml", f"{OOXML}.slide+xml") for n in numbers]
    overrides += [(f"/ppt/notesSlides/notesSlide{n}.xml", f"{OOXML}.notesSlide+xml") for n in notes]
    said = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{said}</Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{ids}</p:sldIdLst>'
        '<p:sldSz cx="9144000" cy="5143500"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(*((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{about.get('title', '')}</dc:title><dc:creator>{about.get('author', '')}</dc:creator>"
        f"<cp:lastModifiedBy>{about.get('last', '')}</cp:lastModifiedBy></cp:coreProperties>",
        "docProps/app.xml": f'<Properties xmlns="{APP}"><Company>{about.get("company", "")}</Company></Properties>',
    }
    for n in numbers:
        hiding = ' show="0"' if n in hidden else ""
        parts[f"ppt/slides/slide{n}.xml"] = tree("sld", shape(f"Slide {n}", "title"), hiding)
        if n in notes:
            parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(
                ("rId1", "notesSlide", f"../notesSlides/notesSlide{n}.xml")
            )
            parts[f"ppt/notesSlides/notesSlide{n}.xml"] = tree(
                "notes", shape(f"Say this at {n}") + shape("1", "sldNum")
            )
    return parts


def make_pptx(*, more: dict[str, str | bytes] | None = None, **options: Any) -> bytes:
    return make_zip({**pptx_parts(**options), **(more or {})})


def odp_parts(*, content: str = "", kind: str = ODP_TYPE) -> dict[str, str | bytes]:
    """Two slides: one with notes and a remark, one hidden."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {
            "office": "office", "style": "style", "draw": "drawing", "presentation": "presentation", "text": "text",
            "meta": "meta",
        }.items()
    )  # fmt: skip
    slides = content or (
        '<draw:page draw:name="a"><draw:frame><draw:text-box><text:p>One</text:p></draw:text-box></draw:frame>'
        "<office:annotation><text:p>Is this right?</text:p></office:annotation><presentation:notes>"
        '<draw:frame presentation:class="notes"><draw:text-box><text:p>Say it</text:p></draw:text-box></draw:frame>'
        '</presentation:notes></draw:page><draw:page draw:name="b" draw:style-name="gone"><presentation:notes>'
        '<draw:frame presentation:class="notes" presentation:placeholder="true"/></presentation:notes></draw:page>'
    )
    return {
        "mimetype": kind,
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>"
        '<style:style style:name="gone" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style></office:automatic-styles><office:body>'
        f"<office:presentation>{slides}</office:presentation></office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<meta:initial-creator>Ada Vale</meta:initial-creator><dc:creator>Ben Wick</dc:creator></office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": "<manifest:manifest "
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
    }


def make_odp(**options: Any) -> bytes:
    more = options.pop("more", {})
    return make_zip({**odp_parts(**options), **more}, stored=("mimetype",))


def make_keynote(**more: bytes) -> bytes:
    parts: dict[str, str | bytes] = {f"Index/{name}.iwa": b"\x00x" for name in ("Document", "Slide-12", "Metadata")}
    return make_zip({**parts, "preview.jpg": b"\xff\xd8", **more})


def make_pdf(*, pages: int = 2, size: tuple[float, float] = (800, 450), words: str = "", **about: str) -> bytes:
    """With text, and with an author and a title where they are given."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for name in ("author", "title", "subject"):
        getattr(canvas, f"set{name.capitalize()}")(about.get(name, ""))
    for number in range(1, pages + 1):
        canvas.drawString(40, 40, words or f"Page {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def laden_pdf() -> bytes:
    """With all that a copy for readers must not have; each has the word canary in it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf(author="canary-author", title="canary-title"))))
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('canary-script')")}
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    writer.add_attachment("canary-name.txt", b"canary-attachment")
    writer.add_annotation(0, Text(rect=(10, 10, 50, 50), text="canary-remark"))
    writer.xmp_metadata = b'<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/">canary-xmp</x:xmpmeta>'
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf(password: str = "secret") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf())))
    writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def forged(package: bytes, *, real: int, told: int) -> bytes:
    """A zip that tells another size of a part of so many bytes, wherever it stands."""
    return package.replace(struct.pack("<I", real), struct.pack("<I", told))


def zip_bomb() -> bytes:
    """A presentation with a part that says it is larger than any are."""
    return forged(make_pptx(more={"ppt/media/image1.bmp": bytes(7_654_321)}), real=7_654_321, told=700 * 1024 * 1024)


def lying_bomb() -> bytes:
    """Its directory says a kilobyte; more comes out."""
    return forged(make_pptx(more={"ppt/media/image1.bmp": bytes(7_654_321)}), real=7_654_321, told=1024)


def overlapping_bomb() -> bytes:
    """Many names for the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in pptx_parts().items():
            made.writestr(name, content)
        made.writestr("kernel", b"".join(struct.pack(">I", n * n) for n in range(5000)))
        kernel = made.getinfo("kernel")
        for number in range(2000):
            entry = zipfile.ZipInfo(f"k{number}")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(entry, name, getattr(kernel, name))
            made.filelist.append(entry)
    return out.getvalue()


def with_directory_of(size: int) -> bytes:
    """A zip whose end says that its directory has so many bytes."""
    made = bytearray(make_pptx())
    at = made.rfind(b"PK\x05\x06")
    made[at + 12 : at + 16] = struct.pack("<I", size)
    return bytes(made)
