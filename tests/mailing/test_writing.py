"""The words of a mail: text first, HTML of our look with its styles in the elements."""

import re

import pytest
from django.utils import timezone

from mailing.actions import write_message
from mailing.attached import MailFile, files_of
from mailing.models import Message
from mailing.templatetags.mail_tags import mail_byte

pytestmark = pytest.mark.django_db
TEMPLATE = "mailing/email/news_paused"


def write(why="12 of 90 <bounced> & left"):
    return write_message(
        template=TEMPLATE,
        context={"why": why, "outbox_url": "https://x.example/a?b=1&c=2", "paused_at": timezone.now()},
    )


def test_text_is_not_escaped_and_html_is():
    message = write()
    assert "12 of 90 <bounced> & left" in message.text
    assert "https://x.example/a?b=1&c=2" in message.text
    assert "12 of 90 &lt;bounced&gt; &amp; left" in message.html
    assert "<bounced>" not in message.html


def test_text_has_no_heap_of_blank_lines_and_ends_with_who_we_are():
    text = write().text
    assert "\n\n\n" not in text
    assert text.endswith("\n\nData Bites\nhttp://127.0.0.1:8000\n")


def test_same_words_are_one_row():
    at = timezone.now()
    context = {"why": "Many", "outbox_url": "https://x.example/", "paused_at": at}
    assert write_message(template=TEMPLATE, context=context) == write_message(template=TEMPLATE, context=context)
    assert Message.objects.count() == 1


def test_styles_stand_in_the_elements_and_only_the_dark_scheme_in_a_sheet():
    html = write().html
    sheets = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(sheets) == 1
    assert sheets[0].strip().startswith("@media (prefers-color-scheme: dark)")
    heading = re.search(r"<h1[^>]*>", html)[0]
    assert "font-size: 30px" in heading
    assert '<meta name="color-scheme" content="light dark">' in html


def test_mail_asks_nothing_of_another_host():
    """No picture, no sheet, no font: nothing tells anybody that it was opened."""
    assert re.findall(r"<(?:img|link|script|iframe)|url\(|@import|@font-face", write().html) == []


def test_blanks_survive_in_words_and_in_links():
    message = write_message(
        template=TEMPLATE,
        context={"why": "Dear %%name%%", "outbox_url": "%%unsubscribe_url%%", "paused_at": timezone.now()},
    )
    assert "Dear %%name%%" in message.text
    assert 'href="%%unsubscribe_url%%"' in message.html


def test_byte_grows_by_rows_of_eight():
    assert mail_byte(60)["rows"] == [[False, False, True, True, True, True, False, False]]
    assert [len(row) for row in mail_byte(300)["rows"]] == [8, 8]
    assert mail_byte(8, columns=4)["rows"] == [[False] * 4, [True, False, False, False]]


def test_same_words_with_another_file_are_another_row():
    context = {"why": "Many", "outbox_url": "https://x.example/", "paused_at": timezone.now()}
    first, again, other, none = (
        write_message(
            template=TEMPLATE, context=context, files=[MailFile("a.txt", "text/plain", words)] if words else []
        )
        for words in (b"one", b"one", b"two", b"")
    )
    assert (first == again, first == other, first == none) == (True, False, False)
    assert files_of(Message.objects.get(pk=first.pk).files) == [MailFile("a.txt", "text/plain", b"one")]
