"""Whatever is typed, there is a page. Every text goes to the database that the suite runs on."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import search
from archive.choices import Chosen
from archive.models import Kind
from archive.searching import spelling
from tests.reading import whole

pytestmark = pytest.mark.django_db
NAUGHTY = [
    "", " ", "'", '"', "''", '""', '"""', "`", "\\", "\\'", "\\\\", "''''\"", '"\\"', "(", ")", "()", "((((",
    "[x]", "{x}", "it's", "O’Brien", "d'Arcy's", '"unbalanced', 'un"balanced', '"a" "b', "-", "--", "- -",
    "-\"", "-x", "-\"x y\"", "AND", "OR", "NOT", "OR OR OR", "a OR", "OR b", "NEAR(", "NEAR(a b, 3)",
    "a NEAR/2 b", "x*", "*", "* *", "^x", "x^2", "tokens:x", "col : x", "{a b}: c", "+x", "a + b", "a & b",
    "a | b", "!a", "!!", "a <-> b", "a <2> b", "<>", "a:*", "a:A", ":", ";", "%", "%s", "%(q)s", "%%", "_", "?",
    "$1", "{}", "{0}", "{{ 7|add:7 }}", "{% url %}", "'; DROP TABLE x; --", "' OR '1'='1",
    "<script>alert(1)</script>", "<mark>", "&lt;", "&#0;", "\x00", "a\x00b", "\x01\x02\x7f", "\r\n\t", "\u2028",
    "\ud800", "a\udfffb", "\ufeff", "\ufffe", "\u202eabc", "\u200f\u200e", "مرحبا بالعالم", "שלום",
    "日本語のデータ", "नमस्ते", "🎉", "👩‍👩‍👧", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "e\u0301" * 50, "Z͑ͫ̓ͪ̂ͫ̽", "½ ⅔ ²", "ﬀ ﬁ",
    "İstanbul ı", "ß ẞ", "٣٤٥", "1e1000", "-1", "0x1f", "NaN", "null", "undefined", "None", "true",
    "../../etc/passwd", "C:\\x", "http://a.b/c?d=e&f#g", "a@b.c", "1/0", "9" * 400, "x" * 10_000, "x " * 5_000,
    '"' * 10_000, "(" * 10_000, "-x " * 3_000, "a OR " * 2_000, "é" * 10_000, "日" * 10_000,
]  # fmt: skip


def test_every_naughty_string_gives_a_page_that_shows_it(client, archive):
    for text in NAUGHTY:
        sent = urlencode({"q": text}, errors="surrogatepass")
        response = client.get(f"/search/?{sent}", follow=True)
        assert response.status_code == 200, text
        page = whole(response.content)
        assert page.select("main script, main [onerror]") == [], text
        assert len(page.select_one("#q")["value"]) <= 200, text
        assert client.get(f"/search/suggest/?{sent}").status_code == 200, text


def test_other_parts_of_the_address_may_be_anything(client, archive):
    for text in NAUGHTY[::9]:
        for name in ("year", "in", "exact"):
            assert (
                client.get("/search/", {"q": "data", name: text.encode(errors="replace")}, follow=True).status_code
                == 200
            )
        page = urlencode({"q": "data", "in": "answers", "page": text}, errors="surrogatepass")
        assert client.get(f"/search/?{page}", follow=True).status_code == 200, text


def test_ten_thousand_letters_are_cut_with_a_sentence(client, archive):
    page = whole(client.get("/search/", {"q": "zebra " + "x" * 10_000}).content)
    note, instead = page.select(".note")
    assert note.get_text().startswith("That was a lot to look for. We looked for the beginning of it: “zebra xxx")
    assert instead.strong.get_text() == "zebra"


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*NAUGHTY[:80], "data", "OR", '"', "-", "statswales", "(", "NOT", ":*", "&", "|", "'"]),
        max_size=9,
    ).map(" ".join),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_any_text_can_be_put_to_the_database(archive, text):
    query = search.parse(text)
    chosen = Chosen(year="2025", organisation="board-of-tides")
    search.find(query)
    search.find(query, chosen)
    ranked = search.Ranked(query, chosen, Kind.TALK)
    assert len(ranked.in_pages().page(1).object_list) == len(ranked)
    search.suggest(text)


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7))
def test_slips_are_counted_the_same_from_both_sides(one, other):
    assert spelling.distance(one, other) == spelling.distance(other, one)
    assert (spelling.distance(one, other) == 0) == (one == other)
    if other and other in spelling.one_slip(one):
        assert spelling.distance(one, other) == 1


def test_slips_are_counted():
    far = [
        ("statswels", "statswales", 2),
        ("zbera", "zebra", 1),
        ("rivers", "river", 1),
        ("a", "abcd", 3),
        ("kitten", "sitting", 3),
    ]
    assert [spelling.distance(one, other) for one, other, _ in far] == [slips for *_, slips in far]
