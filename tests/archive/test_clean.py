"""What goes out to programs that know nothing of this site."""

import pytest

from archive.clean import clean


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://bites.example.org"


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ('<p class="x" onclick="y()">A <span>b</span></p>', "<p>A b</p>"),
        ("<script>alert(1)</script><p>C</p>", "<p>C</p>"),
        ('<a href="javascript:alert(1)">D</a>', "<a>D</a>"),
        ('<a href="/x/?a=1&amp;b=2" rel="y">E</a>', '<a href="https://bites.example.org/x/?a=1&amp;b=2">E</a>'),
        ('<a href="#frag">F</a>', '<a href="https://bites.example.org/#frag">F</a>'),
        ('<a href="http://[broken">G</a>', "<a>G</a>"),
        ("<!-- secret --><iframe src='x'>z</iframe>H", "H"),
        ("", ""),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_only_plain_markup_goes_out(markup, kept):
    assert clean(markup) == kept
