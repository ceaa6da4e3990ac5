"""Files that hold a reply: a Word file as reviewers leave it, a saved mail; known by what is in them."""

from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from speakers.importers import word
from speakers.importers.uploads import NoReply, read_upload
from speakers.importers.word import NotReadable, read_word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(content):
    return read_upload(BytesIO(content), size_bytes=len(content))


def saved(document):
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml):
    """A Word file whose first paragraph is this."""
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))
    return read_word(saved(document))


def packed(parts):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:rPr><w:b/></w:rPr><w:t>ti</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>des</w:t></w:r>", "**tides**"),
        ('<w:r><w:rPr><w:b w:val="0"/><w:i/></w:rPr><w:t>tides</w:t></w:r>', "_tides_"),
        ("<w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del>",
         "ab"),
        ("<w:sdt><w:sdtContent><w:r><w:t>in a box</w:t></w:r></w:sdtContent></w:sdt>", "in a box"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/></w:r>", "a\nb c-"),
        ("<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>", "7"),
        ("<w:r><w:t>2 * **3** [x] _y_</w:t></w:r>", r"2 * \*\*3\*\* \[x\] \_y\_"),
    ],
)  # fmt: skip
def test_words_of_a_paragraph_come_with_their_looks(xml, text):
    assert with_body(xml) == text


def test_table_gives_its_cells_in_order():
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "What are the hurdles?", "Boats"
    assert read_word(saved(document)) == "What are the hurdles?\n\nBoats"


@pytest.mark.parametrize(
    ("parts", "begins"),
    [
        ({"word/document.xml": b"<a>" + b" " * (word.LARGEST_PART + 1) + b"</a>"}, "This file is too large when"),
        ({f"x{n}": b"" for n in range(word.MOST_ENTRIES + 1)}, "This file has too many parts"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "This is no ordinary Word file"),
        ({"word/document.xml": b"<a><b></a>"}, "This Word file is damaged"),
        ({"xl/workbook.xml": b"<a/>"}, "This is no Word file, whatever its name says"),
    ],
)
def test_bomb_or_trap_is_refused_in_words(parts, begins):
    with pytest.raises(NotReadable) as refusal:
        read_word(packed(parts))
    assert str(refusal.value).startswith(begins)


def test_many_words_are_refused_before_they_are_read_to_the_end(monkeypatch):
    monkeypatch.setattr(word, "MOST_CHARACTERS", 5)
    with pytest.raises(NotReadable, match="far more words"):
        with_body("<w:r><w:t>tides and boats</w:t></w:r>")


def mail(text="", html="", attached=b"", **headers):
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "Ada <a@a.example>", "Tides", "Tue, 3 Feb 2026 10:00:00 +0000"
    if text:
        made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    if attached:
        made.add_attachment(attached, maintype="application", subtype="octet-stream", filename="reply.docx")
    return made.as_bytes()


def test_saved_mail_gives_its_text_and_the_word_file_with_it():
    document = Document()
    document.add_paragraph("In the file")
    content = mail("See the file.\n", "<p>See <b>the file</b>.</p>", saved(document))
    assert read(content) == ("See the file.\n\n\nIn the file", False)


def test_mail_of_html_alone_gives_text_with_marks():
    content = mail(html="<style>p{}</style><p>It <b>maps</b></p><table><tr><td>a</td><td>b</td></tr></table>")
    assert read(content) == ("It **maps**\n\na\n\nb", True)


def test_flowed_lines_are_joined():
    made = EmailMessage()
    made["From"], made["To"] = "a@a.example", "b@a.example"
    made.set_content("It maps \r\ntides.\r\n-- \r\nAda\r\n")
    made.set_param("format", "flowed")
    assert read(made.as_bytes())[0].split("\n")[:2] == ["It maps tides.", "-- "]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Tides – é".encode(), "Tides – é"),
        ("Tides – é".encode("cp1252"), "Tides – é"),
        ("Tides – é".encode("utf-16"), "Tides – é"),
        (b"\xef\xbb\xbfTides", "Tides"),
        (b"Note: this is no mail\nit is text", "Note: this is no mail\nit is text"),
    ],
)
def test_plain_text_is_read_in_whatever_encoding(content, text):
    assert read(content)[0].removeprefix("\ufeff") == text


HEADS = [
    b"",
    b"PK\x03\x04",
    b"From: a\nTo: b\nContent-Type: text/html; charset=odd\n\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]


@given(st.sampled_from(HEADS), st.binary(max_size=200))
def test_any_file_is_text_or_is_refused_in_words(head, content):
    try:
        found, _ = read(head + content)
    except NoReply as refusal:
        found = str(refusal)
    assert isinstance(found, str)
