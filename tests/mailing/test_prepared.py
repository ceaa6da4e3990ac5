"""A mail's bytes: what was written comes out of a mail program unchanged, whatever is filled in."""

import email
import email.policy
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailing.attached import LARGEST_BYTES, MailFile, TooLargeToAttach, kept
from mailing.enums import Heading, Urgency
from mailing.leases import Leased
from mailing.mailer import compose
from mailing.models import Message
from mailing.prepared import NotWritable, Prepared

URL = "https://databites.example/leave/" + "a1-_=.~" * 30
AWKWARD = ["", " ", ".", "..", "=", "=3D", "a=", "trailing ", "\ttab", "é" * 80, "🎉", "x" * 500, "a\nb\n", "From me"]


def row(heading="", **filling):
    return Leased(1, 1, "ada@example.org", filling, heading, uuid4(), 0, Urgency.NEWS)


def message(**words):
    return Message(**{"subject": "Hello", "text": "%%a%%\n", "html": "", **words})


def read(prepared_message, filled_row):
    raw = Prepared(prepared_message).fill(filled_row, recipient="ada@example.org")
    assert b"\r\n" in raw
    assert raw.replace(b"\r\n", b"").count(b"\n") == raw.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(len(line) for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n")) <= 78
    assert not any(line.startswith(b".") and not line.startswith(b"..") for line in raw.split(b"\r\n"))
    received = raw.replace(b"\r\n..", b"\r\n.").replace(b"\r\n", b"\n")
    return email.message_from_bytes(received, policy=email.policy.default)


def text_of(read_mail, kind="plain"):
    return read_mail.get_body((kind,)).get_content()


@pytest.mark.parametrize("value", AWKWARD)
@pytest.mark.parametrize(
    "around", ["%%a%%\n", ".%%a%%.\n", "é%%a%%é %%a%%\n", "one\n%%a%%\ntwo  \n", "x" * 74 + "%%a%%\n"]
)
def test_words_come_out_as_they_went_in(value, around):
    got = text_of(read(message(text=around), row(a=value)))
    assert got.rstrip("\n") == around.replace("%%a%%", value).rstrip("\n")


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=["Cs"])))
def test_anything_comes_out_as_it_went_in(value):
    got = text_of(read(message(text="a%%a%%b\n.%%a%%\n"), row(a=value)))
    assert got == f"a{value}b\n.{value}\n"


def test_html_has_what_was_filled_in_as_text():
    got = read(message(html='<p><a href="%%a%%">%%b%%</a></p>'), row(a="https://x.example/?a=1&b=2", b="<b>Ada</b>"))
    assert text_of(got, "html") == ('<p><a href="https://x.example/?a=1&amp;b=2">&lt;b&gt;Ada&lt;/b&gt;</a></p>\n')
    assert got.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]


def test_news_say_how_to_leave_them_in_one_post():
    got = read(message(), row(Heading.EVENINGS, a="x", unsubscribe_url=URL))
    assert (got["List-Unsubscribe"], got["List-Unsubscribe-Post"], got["List-ID"]) == (
        f"<{URL}>",
        "List-Unsubscribe=One-Click",
        "<evenings.127.0.0.1>",
    )


@pytest.mark.parametrize(
    "url", ["", "ftp://x", "https://x.example/ space", "https://x.example/>\r\nBcc: y", "https://"]
)
def test_news_with_a_false_way_to_leave_are_not_written(url):
    with pytest.raises(NotWritable):
        read(message(), row(Heading.EVENINGS, a="x", unsubscribe_url=url))


def test_mail_to_one_person_has_no_list_headers():
    got = read(message(), row(a="x"))
    assert [name for name in dict(got) if name.startswith("List-")] == []
    assert got["Auto-Submitted"] == "auto-generated"


def test_subject_is_one_line_whatever_is_filled_in():
    got = read(message(subject="For %%a%%: the 60th evening"), row(a="Zoë\r\nBcc: all@example.org"))
    assert got["Subject"] == "For Zoë Bcc: all@example.org: the 60th evening"
    assert got["Bcc"] is None


def test_long_subject_in_any_script_comes_out_whole():
    subject = "Données et démocratie 🎉 " * 8
    assert read(message(subject=subject.strip()), row(a="x"))["Subject"] == subject.strip()


def test_missing_filling_is_named_without_an_address():
    with pytest.raises(NotWritable, match=r"^Nothing was given for “a”\.$"):
        read(message(), row(b="ada@example.org"))


def test_other_mailers_get_the_same_words():
    """Providers get Django's message, SMTP gets prepared bytes: nobody can tell which."""
    words = message(subject="For %%a%%", text="Dear %%a%%\n", html="<p>Dear %%a%%</p>\n")
    filled_row = row(Heading.EVENINGS, a="Zoë & Co", unsubscribe_url=URL)
    ours, django = read(words, filled_row), compose(filled_row, words).message()
    for name in ("Subject", "To", "From", "Message-ID", "List-ID", "List-Unsubscribe", "List-Unsubscribe-Post"):
        assert str(ours[name]) == str(django[name]), name
    for kind in ("plain", "html"):
        assert text_of(ours, kind) == text_of(django, kind)


ENTRY = "BEGIN:VCALENDAR\r\n.dots\r\nSUMMARY:Café\r\nEND:VCALENDAR\r\n"
CALENDAR = MailFile("evening.ics", "text/calendar", ENTRY.encode())
PICTURE = MailFile("byte.png", "image/png", bytes(range(256)) * 40)


@pytest.mark.parametrize("html", ["", "<p>%%a%%</p>"])
def test_files_come_out_as_they_went_in_by_smtp_and_by_a_provider(html):
    written = message(html=html, files=kept([CALENDAR, PICTURE]))
    filled_row = row(a="Ada")
    sent = compose(filled_row, written).message(policy=email.policy.default).as_bytes()
    for got in (read(written, filled_row), email.message_from_bytes(sent, policy=email.policy.default)):
        assert "Ada" in text_of(got)
        calendar, picture = got.iter_attachments()
        assert (calendar.get_content_type(), calendar.get_content_charset()) == ("text/calendar", "utf-8")
        assert (calendar.get_filename(), picture.get_filename()) == ("evening.ics", "byte.png")
        assert calendar.get_content().splitlines() == ENTRY.splitlines()
        assert (picture.get_content_type(), picture.get_content()) == ("image/png", PICTURE.content)


def test_files_that_are_too_large_for_a_mail_are_refused():
    with pytest.raises(TooLargeToAttach):
        kept([MailFile("a.bin", "application/octet-stream", bytes(LARGEST_BYTES + 1))])
