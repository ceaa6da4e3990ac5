"""Plain text as rich text, and what of it fits where."""

import pytest

from archive.importers.fitting import fit
from archive.importers.rich_text import rich_text_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One.\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("We want:\nbread\nbutter", "<p>We want:</p><ul><li>bread</li><li>butter</li></ul>"),
        ("1. Bread\n2. Butter", "<ol><li>Bread</li><li>Butter</li></ol>"),
        ("<b>Bold</b> & “brave”", "<p>&lt;b&gt;Bold&lt;/b&gt; &amp; “brave”</p>"),
        (
            "See https://example.org/a_(b) (or https://example.org/c).",
            '<p>See <a href="https://example.org/a_(b)">https://example.org/a_(b)</a> '
            '(or <a href="https://example.org/c">https://example.org/c</a>).</p>',
        ),
        (
            "https://example.org/?a='1'&b=2!",
            "<p><a href=\"https://example.org/?a=&#x27;1&#x27;&amp;b=2\">https://example.org/?a='1'&amp;b=2</a>!</p>",
        ),
        ("javascript:alert(1) http:// https://...", "<p>javascript:alert(1) http:// https://...</p>"),
        ("Write to a@example.org.", "<p>Write to a@example.org.</p>"),
        ("A\x07bell and a\x1b[0m escape.", "<p>Abell and a[0m escape.</p>"),
    ],
)
def test_text_becomes_paragraphs_lists_and_links(text, html):
    assert rich_text_of(text) == html


@pytest.mark.parametrize(
    ("text", "longest", "fitted"),
    [
        ("Head of Data", 12, "Head of Data"),
        ("Head of Data, Acting", 14, "Head of Data…"),
        ("Supercalifragilistic", 8, "Superca…"),
        (" Ada\x00 ", 8, "Ada"),
    ],
)
def test_words_are_cut_between_words(text, longest, fitted):
    assert fit(text, longest) == fitted
