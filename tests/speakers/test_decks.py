"""What is told of a file of slides, and what is refused, whatever its name says."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import StreamObject

from speakers.carried import carries
from speakers.decks import kinds, portable, powerpoint, zips
from speakers.decks.cleaning import clean_copy, without_segments
from speakers.decks.facts import Facts
from speakers.decks.faults import NotSlides
from speakers.decks.portable import dictionaries
from speakers.decks.reading import look
from tests import decks
from tests.decks import make_keynote, make_odp, make_pdf, make_pptx, make_zip, odp_parts, pptx_parts, relations, tree

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PPTM = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><p:presentation xmlns:p="'
    f'{decks.P}">&b;</p:presentation>'
)


def told(content):
    """The sentences for a file's speaker."""
    return list(carries(look(BytesIO(content), size_bytes=len(content))))


def refused(content):
    with pytest.raises(NotSlides) as refusal:
        look(BytesIO(content), size_bytes=len(content))
    return str(refusal.value)


# What it carries


def test_powerpoint_is_told_in_words():
    more = {
        "ppt/embeddings/Workbook1.xlsx": b"x",
        "ppt/media/film.mp4": b"x",
        "ppt/comments/comment1.xml": '<p:cmLst xmlns:p="x"><p:cm/><p:cm/></p:cmLst>',
        "ppt/slides/_rels/slide14.xml.rels": relations(
            ("rId1", "hyperlink", "file:///\\\\fs01\\plans\\secret.xlsx", "External"),
            ("rId2", "hyperlink", "https://a.example/", "External"),
        ),
    }
    about = {"author": "J. Smith", "last": "A. Jones", "company": "Ministry of Tides", "title": "Draft 3"}
    content = make_pptx(slides=14, notes=tuple(range(1, 13)), hidden=(2,), more=more, **about)
    assert told(content) == [
        "14 slides.",
        "12 slides have speaker notes.",
        "1 slide is hidden.",
        "2 comments stand in it.",
        "Its author is J. Smith, of Ministry of Tides.",
        "A. Jones saved it last.",
        "Its title, as programs show it, is “Draft 3”.",
        "1 other document is embedded in it: a chart may bring its whole workbook.",
        "1 film or sound is in it.",
        "It links to where only your own colleagues get: file:///\\\\fs01\\plans\\secret.xlsx.",
    ]


def test_open_document_is_told_in_words():
    assert told(make_odp()) == [
        "2 slides.",
        "1 slide has speaker notes.",
        "1 slide is hidden.",
        "1 comment stands in it.",
        "Its author is Ada Vale.",
        "Ben Wick saved it last.",
    ]


def test_pdf_is_told_in_words():
    assert told(decks.laden_pdf()) == [
        "2 pages.",
        "1 comment stands in it.",
        "Its author is canary-author.",
        "Its title, as programs show it, is “canary-title”.",
        "1 file is attached to it.",
        "A program (JavaScript) is in it. Readers get the pages without it.",
    ]


def test_file_with_nothing_else_in_it_is_said_to_have_nothing():
    nothing = "Nothing else is in it: no notes, no hidden slides, no comments, no names."
    assert told(make_pptx(slides=1)) == ["1 slide.", nothing]


def test_keynote_is_not_looked_into():
    assert told(make_keynote()) == [
        "We can’t look inside Keynote files. Look for presenter notes, skipped slides and comments yourself."
    ]


def test_number_and_date_on_a_page_of_notes_are_no_notes():
    parts = pptx_parts(slides=1, notes=(1,))
    parts["ppt/notesSlides/notesSlide1.xml"] = tree("notes", decks.shape("1", "sldNum") + decks.shape("May", "dt"))
    assert look(BytesIO(content := make_zip(parts)), size_bytes=len(content)).notes == 0


def test_slide_that_is_in_the_file_and_not_in_the_show_is_not_counted():
    parts = pptx_parts(slides=2)
    parts["ppt/slides/slide9.xml"] = tree("sld", decks.shape("Old"))
    assert told(make_zip(parts))[0] == "2 slides."


def test_facts_are_the_same_after_they_were_kept():
    facts = look(BytesIO(content := make_pptx(notes=(1,))), size_bytes=len(content))
    assert Facts.of({**facts.as_dict(), "from_a_later_version": 1}) == facts
    assert (Facts.of({}), Facts.of({"kind": "exe"})) == (None, None)


# What is refused

PDF = make_pdf()
PPTX = make_pptx()
CASES = {
    "program": (b"MZ\x90\x00" + b"\x00" * 2000, kinds.NEITHER),
    "svg": (SVG, kinds.NEITHER),
    "html": (b"<!doctype html><script>alert(1)</script>", kinds.NEITHER),
    "text": ("Ünïcode".encode(), kinds.NEITHER),
    "one byte": (b"P", kinds.NEITHER),
    "old PowerPoint": (kinds.OLE + b"\x00" * 1000, kinds.OLD_OFFICE),
    "plain zip": (make_zip({"a.txt": "a"}), f"This is a zip file and not slides. {kinds.WANTED}"),
    "empty zip": (make_zip({}), f"This is a zip file and not slides. {kinds.WANTED}"),
    "word": (make_pptx(main=DOCX), f"This is a Word document, not slides. {kinds.WANTED}"),
    "macros": (make_pptx(main=PPTM), kinds.MACROS),
    "macros without saying so": (make_pptx(more={"ppt/vbaProject.bin": b"x"}), kinds.MACROS),
    "macros of LibreOffice": (make_odp(more={"Basic/Standard/Module1.xml": "<a/>"}), kinds.MACROS),
    "text document": (
        make_odp(kind="application/vnd.oasis.opendocument.text"),
        f"This document is not a presentation. {kinds.WANTED}",
    ),
    "locked odp": (
        make_zip({
            **odp_parts(),
            "META-INF/manifest.xml": '<m:list xmlns:m="m"><m:encryption-data/></m:list>',
        }),
        kinds.LOCKED,
    ),
    "locked keynote": (make_zip({"Index/Slide-1.iwa": "x", ".iwpv2": "x"}), kinds.LOCKED),
    "locked pdf": (decks.locked_pdf(), kinds.LOCKED),
    "pdf cut short": (PDF[:-40], "This PDF is cut short: its end is missing. Save it again and upload it anew."),
    "pdf with a hole": (PDF[:100] + b"\x00" * 600 + PDF[700:], portable.DAMAGED),
    "pdf in name only": (b"%PDF-1.7\nstartxref\n0\n%%EOF", portable.DAMAGED),
    "zip cut short": (PPTX[: len(PPTX) // 2], zips.DAMAGED),
    "zip with a hole": (PPTX[:300] + bytes(200) + PPTX[500:], zips.DAMAGED),
    "no slides": (
        make_pptx(slides=0),
        "This presentation has no slides in it. Save it again and upload it anew.",
    ),
    "huge by what it says": (decks.zip_bomb(), zips.BOMB),
    "huge and says it is small": (decks.lying_bomb(), zips.DAMAGED),
    "parts over one another": (decks.overlapping_bomb(), zips.BOMB),
    "a directory too large to read": (decks.with_directory_of(zips.LARGEST_DIRECTORY + 1), zips.BOMB),
    "entities": (make_pptx(more={"ppt/presentation.xml": LAUGHS}), zips.DAMAGED),
    "deep": (make_pptx(more={"ppt/presentation.xml": "<a>" * 5000 + "</a>" * 5000}), zips.DAMAGED),
    "huge pages": (
        make_pdf(size=(30_000, 400)),
        "Page 1 is larger than any reader of PDFs can show (5 metres a side). "
        "Save your slides in an ordinary size and upload them again.",
    ),
    "thousands of pages": (
        make_pdf(pages=1001),
        "This PDF has 1,001 pages, and 1,000 is the most we can keep as slides.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), CASES.values(), ids=CASES)
def test_what_is_no_slides_is_refused_in_words(content, sentence):
    assert refused(content) == sentence


def test_more_parts_than_any_slides_have_are_refused(monkeypatch):
    monkeypatch.setattr(zips, "MOST_PARTS", 10)
    assert refused(make_pptx(slides=12)) == zips.BOMB


def test_more_slides_than_anybody_shows_are_refused(monkeypatch):
    monkeypatch.setattr(powerpoint, "MOST_SLIDES", 3)
    assert refused(make_pptx(slides=4)) == "This presentation has 4 slides, and 3 is the most we can read."


def test_part_that_inflates_beyond_the_limit_is_refused_as_it_comes(monkeypatch):
    monkeypatch.setattr(zips, "LARGEST_XML", 2000)
    assert refused(make_pptx(more={"ppt/slides/slide1.xml": tree("sld", " " * 100_000)})) == zips.BOMB


def test_more_elements_than_any_slides_have_are_refused(monkeypatch):
    monkeypatch.setattr(zips, "MOST_ELEMENTS", 500)
    assert refused(make_pptx(more={"ppt/slides/slide1.xml": "<a>" + "<b/>" * 1000 + "</a>"})) == zips.BOMB


def test_zip_within_a_zip_is_not_opened():
    inner = decks.zip_bomb()
    assert told(make_pptx(slides=1, more={"ppt/embeddings/a.zip": inner}))[1].startswith("1 other document")


@settings(max_examples=60)
@given(at=st.integers(0, len(PPTX) - 1), content=st.binary(min_size=1, max_size=40), pdf=st.booleans())
def test_damage_anywhere_is_read_or_refused_and_never_a_fault(at, content, pdf):
    whole = PDF if pdf else PPTX
    damaged = whole[:at] + content + whole[at + len(content) :]
    try:
        facts = look(BytesIO(damaged), size_bytes=len(damaged))
    except NotSlides:
        return
    assert facts.kind == ("pdf" if pdf else "pptx")


# The copy for readers


def cleaned(content, title="Slides"):
    out = BytesIO()
    clean_copy(BytesIO(content), out, title=title)
    return out.getvalue()


def everything(pdf):
    """All that is in a PDF, unpacked."""
    reader = PdfReader(BytesIO(pdf))
    rows = list(dictionaries(reader.trailer["/Root"]))
    streams = b"".join(row.get_data() for row in rows if isinstance(row, StreamObject))
    return pdf + streams + repr(rows).encode() + repr(reader.metadata).encode()


def test_copy_has_the_pages_and_nothing_else():
    laden = decks.laden_pdf()
    copy = cleaned(laden)
    assert everything(laden).count(b"canary") > 5
    assert b"canary" not in everything(copy)
    reader = PdfReader(BytesIO(copy))
    assert [page.extract_text().strip() for page in reader.pages] == ["Page 1", "Page 2"]
    assert dict(reader.metadata) == {"/Title": "Slides"}
    assert told(copy) == ["2 pages.", "Its title, as programs show it, is “Slides”."]


def test_copy_of_a_copy_is_the_same_pages():
    twice = cleaned(cleaned(decks.laden_pdf()))
    assert PdfReader(BytesIO(twice)).pages[1].extract_text().strip() == "Page 2"


def test_photo_loses_where_it_was_taken_and_keeps_its_colours():
    segment = lambda marker, words: b"\xff" + bytes([marker]) + (len(words) + 2).to_bytes(2, "big") + words  # noqa: E731
    kept = segment(0xE0, b"JFIF") + segment(0xE2, b"ICC_PROFILE") + segment(0xEE, b"Adobe")
    rest = b"\xff\xda\x00\x04abdata\xff\xd9"
    photo = b"\xff\xd8" + kept + segment(0xE1, b"Exif canary") + segment(0xFE, b"canary") + rest
    assert without_segments(photo) == b"\xff\xd8" + kept + rest
    assert without_segments(b"not a picture") == b"not a picture"
