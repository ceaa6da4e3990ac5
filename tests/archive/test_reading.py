"""A write-up's file is read as UTF-8 text, or refused in one sentence that says what to do."""

import codecs
from pathlib import Path, PosixPath

import pytest

from archive.importers import WriteupShapeUnknown, read_plan
from archive.importers.reading import (
    LARGEST_WRITEUP_BYTES,
    WriteupBinary,
    WriteupEmpty,
    WriteupNotUtf8,
    WriteupTooLarge,
    WriteupUnreadable,
    read_writeup,
)


class LockedPath(PosixPath):
    """A file that may not be read, whoever runs the tests."""

    def open(self, *args, **kwargs):
        raise PermissionError(13, "Permission denied")


class CountingPath(PosixPath):
    """A file of 20 MB, of which no more may be read than it takes to know that."""

    def open(self, *args, **kwargs):
        return CountingFile()


class CountingFile:
    def __enter__(self):
        return self

    def __exit__(self, *fault):
        return None

    def read(self, size=-1):
        assert size == LARGEST_WRITEUP_BYTES + 1
        return b"a" * size


@pytest.fixture
def written(tmp_path):
    def write(data: bytes) -> Path:
        path = tmp_path / "may.txt"
        path.write_bytes(data)
        return path

    return write


def test_text_is_read_without_byte_order_mark_and_with_plain_newlines(written):
    path = written(codecs.BOM_UTF8 + "Café\u00a0no. 1\r\nis open\rtoday\u2028and tomorrow\n".encode())

    assert read_writeup(path) == "Café\u00a0no. 1\nis open\ntoday\nand tomorrow"


def test_file_of_five_megabytes_is_read(written):
    assert len(read_writeup(written(b"a" * LARGEST_WRITEUP_BYTES))) == 5_000_000


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", codecs.BOM_UTF8, "\ufeff\u200b \u00a0\n".encode()])
def test_file_without_words_is_refused_as_empty(written, data):
    path = written(data)

    with pytest.raises(WriteupEmpty) as refused:
        read_writeup(path)

    assert str(refused.value) == f"{path} is empty: paste the write-up’s text into it and import it again."


@pytest.mark.parametrize(
    "data",
    [
        b"Count \0 cheese",
        b"%PDF-1.7\nwords",
        b"PK\x03\x04 words",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0JFIF",
        b"{\\rtf1 Count cheese}",
        b"Count\x01\x02\x03 cheese",
        b"C\0o\0u\0n\0t\0",
    ],
)
def test_document_or_picture_is_refused_as_binary(written, data):
    path = written(data)

    with pytest.raises(WriteupBinary) as refused:
        read_writeup(path)

    assert str(refused.value) == f"{path} is not plain text: copy its words into a text file and import that."


def test_latin_text_is_refused_with_the_line_that_is_wrong(written):
    path = written("One\nTwo\nCafé\n".encode("latin-1"))

    with pytest.raises(WriteupNotUtf8) as refused:
        read_writeup(path)

    assert str(refused.value) == f"{path} is not UTF-8 text (see line 3): save it again as UTF-8."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_text_is_refused_by_its_mark(written, encoding):
    path = written("Count cheese".encode(encoding))

    with pytest.raises(WriteupNotUtf8) as refused:
        read_writeup(path)

    assert str(refused.value) == f"{path} is not UTF-8 text but UTF-16: save it again as UTF-8."


def test_file_over_the_limit_is_refused_after_one_byte_more():
    with pytest.raises(WriteupTooLarge) as refused:
        read_writeup(CountingPath("may.txt"))

    assert str(refused.value) == "may.txt is larger than 5 MB: save the write-up’s text alone and import that."


def test_missing_file_is_refused(tmp_path):
    path = tmp_path / "june.txt"

    with pytest.raises(WriteupUnreadable) as refused:
        read_writeup(path)

    assert str(refused.value) == f"{path} was not found: check the file’s name and folder."


def test_folder_is_refused(tmp_path):
    with pytest.raises(WriteupUnreadable) as refused:
        read_writeup(tmp_path)

    assert str(refused.value) == f"{tmp_path} is a folder: name the write-up’s file in it."


def test_locked_file_is_refused():
    with pytest.raises(WriteupUnreadable) as refused:
        read_writeup(LockedPath("may.txt"))

    assert str(refused.value) == "may.txt may not be read by you: change its permissions or copy it."


@pytest.mark.parametrize("name", ["may.txt/june.txt", "a" * 300, "may\0.txt"])
def test_impossible_name_is_refused(tmp_path, written, name):
    written(b"Count cheese")
    path = tmp_path / name

    with pytest.raises(WriteupUnreadable) as refused:
        read_writeup(path)

    shown = str(path).replace("\0", "")
    assert str(refused.value) == f"{shown} cannot be opened: check the file’s name and try again."


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><p>Cheese</p>", "\n <html>\n", '<div class="post">', "<?xml version='1.0'?>"]
)
def test_markup_is_refused_by_every_shape(text):
    with pytest.raises(WriteupShapeUnknown) as refused:
        read_plan(text, number=71)

    assert (
        str(refused.value) == "This file is a web page’s code. Open the page, copy its text, and import that instead."
    )


def test_text_that_begins_with_an_angle_is_read():
    assert read_plan("<3 cheese", number=71).unplaced == ("<3 cheese",)
