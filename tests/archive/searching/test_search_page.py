"""Searching as a reader does it: what is found for what was typed, on whichever database the suite runs."""

from urllib.parse import parse_qsl

import pytest

from archive.models import Passage
from tests.archive.searching.finding import found, results
from tests.factories import QUESTIONS
from tests.reading import lines, read, whole

pytestmark = pytest.mark.django_db
ADA = "Ada Vale, Head of Maps, Board of Tides"
TOGETHER = "Bo Wick, Analyst, River Trust; Ada Vale, Analyst, River Trust"
FINDS = {
    "statswales": {"talks": ["StatsWales & rivers"], "answers": [ADA]},
    "standardise": {"answers": [ADA]},
    "standardization": {"answers": [ADA]},
    "place name": {"answers": [ADA]},
    '"place names"': {"answers": [ADA]},
    '"names place"': {},
    '"standardisation of place names took"': {"answers": [ADA]},
    '"place names of standardisation"': {},
    'standardisation -"place names took"': {},
    '"finding out"': {"evenings": ["Finding out"]},
    "rivers -open": {
        "talks": ["StatsWales & rivers"],
        "answers": ["Ada Vale, Analyst, River Trust"],
        "people": ["Bo Wick"],
        "organisations": ["River Trust"],
    },
    "statswales -rivers": {"answers": [ADA]},
    "zebra OR bridges": {"answers": ["Ada Vale, Analyst, River Trust"], "recordings": ["▶ At 1:05"]},
    "lighthouse": {"people": ["Ada Vale"]},
    "Ada Stone": {"people": ["Ada Vale"]},
    "office of harbours": {"organisations": ["Board of Tides"]},
    "BoT": {"talks": ["Where things are"], "organisations": ["Board of Tides"]},
    "what is a place called": {"topics": ["Codes"]},
    "time": {"questions": ["Why <b>now</b>?"]},
    "cardiff rain": {"evenings": ["Finding out"]},
    "60": {"evenings": ["Finding out"]},
    "If you could change one thing": {"asked": [QUESTIONS["change"]]},
    "People's data": {"answers": [TOGETHER]},
    "zebra chart": {"recordings": ["▶ At 1:05"]},
    "gazetteer": {"asks": ["Send us your gazetteers"]},
    "printed atlas": {"promises": ["An atlas will be printed"]},
    "libraries": {"replies": ["Done, says Ada Vale"]},
    "globes": {"replies": ["Done, says Ada Vale"]},
    "dictionary dataset": {"links": ["A dictionary"]},
    "words.example.org": {"links": ["A dictionary"]},
    "otters OR ferry": {"corrections": ["Finding out", "Where things are"]},
    "barn": {"evenings": ["Finding out"], "hosts": ["The Barn"]},
    "corn exchange": {"evenings": ["Finding out"]},
    "canary": {},
}  # fmt: skip


@pytest.mark.parametrize("common", [0, 1000], ids=["along the keys", "sorted"])
def test_words_find_what_has_them(client, archive, monkeypatch, common):
    monkeypatch.setattr("archive.searching.engines.COMMON", common)
    assert {text: found(client, text, exact=1) for text in FINDS} == FINDS


def test_result_says_whose_words_they_are_and_where_and_marks_them(client, archive):
    (answer,) = results(client, "standardise").select("#answers .voice")
    assert lines(answer, "h3, p") == [
        "Where things are, Data Bites 60, November 2025",
        ADA,
        "Everybody uses StatsWales. The standardisation of place names took years.",
        "If you could change one thing about data in government, what would it be?",
    ]
    assert lines(answer, "mark") == ["standardisation"]
    assert [a["href"] for a in answer.select("a")] == [
        "/data-bites/60/where-things-are/",
        "/data-bites/60/where-things-are/#change",
    ]


def test_everything_that_is_found_leads_to_where_it_stands(client, archive):
    addresses = {url.partition("?")[0].partition("#")[::2] for url in Passage.objects.values_list("url", flat=True)}
    stands = {page: whole(client.get(page).content) for page in {page for page, _ in addresses}}
    assert [(page, at) for page, at in addresses if at and stands[page].find(id=at) is None] == []
    assert {"ask-1", "ask-2", "promise-1", "promise-2", "link-1", "corrected"} <= {at for _, at in addresses}


def test_own_answer_has_the_address_of_its_speaker(client, archive):
    (answer,) = results(client, "bridges").select("#answers .voice")
    assert answer.select_one("h3 a")["href"] == "/data-bites/41/statswales-rivers/#change-ada-vale"


def test_what_was_said_opens_the_recording_at_that_moment(client, archive):
    (moment,) = results(client, "zebra").select("#recordings .voice")
    assert lines(moment, "h3, p") == [
        "Where things are, Data Bites 60, November 2025",
        "▶ At 1:05",
        "We drew a zebra on the chart.",
        "Ada",
    ]
    assert [a["href"] for a in moment.select("a")] == [
        "/data-bites/60/",
        "/data-bites/60/?t=65#recording",
    ]


def test_result_that_shows_none_of_the_words_says_under_what_it_was_found(client, archive):
    assert lines(results(client, "BoT"), ".voice .fine mark, .voice .flow .fine:last-child") == [
        "Found under “BoT”",
        "BoT",
        "Found under “BoT”",
        "BoT",
    ]
    assert lines(results(client, "codes"), "#talks .flow .fine:last-child") == ["Found under “Codes”"]


def test_titles_come_before_other_words_and_newest_before_older(client, archive):
    assert found(client, "rivers OR names")["talks"] == ["StatsWales & rivers", "Where things are"]
    assert found(client, "finding OR standing")["evenings"] == ["Finding out", "Standing water"]


def test_words_are_marked_and_everything_else_is_text(client, archive):
    page = results(client, "now <b> &")
    (question,) = page.select("#questions h3")
    assert (lines(question, "mark"), question.select("b")) == (["b", "now", "b"], [])
    assert page.select_one("#q")["value"] == "now <b> &"
    assert lines(whole(client.get("/search/?q=rivers").content), "#talks mark") == ["rivers", "River", "River"]


def test_what_is_called_just_that_comes_first(client, archive):
    assert [list(found(client, text)) for text in ("the barn", "water", "bot", "office of harbours", "bo")] == [
        ["hosts", "evenings"],
        ["topics", "evenings", "talks"],
        ["organisations", "talks"],
        ["organisations"],
        ["people", "evenings", "talks", "answers"],
    ]


def test_where_nothing_has_all_words_most_are_enough_and_that_is_said(client, archive):
    page = results(client, "who spoke about a zebra on the chart with accordions")
    assert lines(page, "#some, .voice h3") == [
        "Nothing has all of these words. Here is what has at least 2 of them.",
        "▶ At 1:05",
    ]
    asked = {"in": "recordings", "some": "2"}
    assert lines(results(client, "zebra chart accordions", **asked), "#some + *, .voice h3") == ["▶ At 1:05"]
    assert found(client, "zebra chart accordions", exact=1) == {}


def test_link_says_what_it_is_in_the_words_of_its_talk(client, archive):
    assert "Dataset, in another language, words.example.org" in lines(results(client, "dictionary"), "#links .fine")


HEADS = {
    "/questions/change/?q=zzz&year=&kind=": ("/questions/change/", None),
    "/questions/change/?q=zzz&year=2025": ("/questions/change/?year=2025", "noindex"),
    "/search/?q=&year=&x=1": ("/search/", None),
    "/search/?year=2025": ("/search/?year=2025", "noindex"),
    "/search/?x=1&q=rivers&kind=": ("/search/?q=rivers", "noindex"),
    "/search/?page=9&in=answers&q=rivers&year=2023": ("/search/?q=rivers&year=2023&in=answers", "noindex"),
    "/asks/?q=zzz&year=": ("/asks/", None),
    "/organisations/?q=zzz&kind=": ("/organisations/", None),
}


def test_page_is_known_by_what_chooses_it_alone(client, archive, settings):
    said = {}
    for address in HEADS:
        page = whole(client.get(address, follow=True).content)
        robots = page.select_one("meta[name=robots]")
        canonical = page.select_one("link[rel=canonical]")["href"].removeprefix(settings.SITE_URL)
        said[address] = (canonical, robots and robots["content"])
    assert said == HEADS


def test_address_of_a_search_keeps_no_empty_field(client, archive):
    """What is suggested is asked elsewhere, with whatever was typed so far."""
    assert client.get("/search/?q=rivers&year=&topic=")["Location"] == "/search/?q=rivers"
    assert client.get("/search/?q=&year=")["Location"] == "/search/"


NARROWED = {
    "year=2023": {"talks": ["StatsWales & rivers"]},
    "year=2025": {"answers": [ADA]},
    "kind=charity": {"talks": ["StatsWales & rivers"]},
    "organisation=board-of-tides": {"answers": [ADA]},
    "topic=water": {"talks": ["StatsWales & rivers"]},
    "host=the-barn": {"answers": [ADA]},
    "host=the-barn&topic=water": {},
}


def test_results_are_narrowed_by_what_the_address_says(client, archive):
    assert {query: found(client, "statswales", **dict(parse_qsl(query))) for query in NARROWED} == NARROWED


def test_form_keeps_what_was_chosen(client, archive):
    page = results(client, "statswales", year="2023", kind="charity", host="nowhere")
    form = page.select_one("form[role=search]")
    assert [option["value"] for option in form.select("option[selected]")] == ["2023", "charity"]
    assert (form["method"], form["action"], form.select_one("#q")["value"]) == ("get", "/search/", "statswales")
    assert form.select_one("details").has_attr("open")
    assert lines(page, ".note") == ["We don’t know the host “nowhere”, so we left it out."]
    assert lines(page, "#results") == ["Results 2023, Charity or think tank"]


def test_group_is_cut_into_pages_that_keep_the_place(client, archive, monkeypatch):
    monkeypatch.setattr("archive.searching.results.PER_PAGE", 1)
    monkeypatch.setattr("archive.searching.results.PER_GROUP", 1)
    page = results(client, "rivers OR names")
    assert lines(page, "#talks .voice h3") == ["StatsWales & rivers"]
    more = page.select_one("#talks > p a")
    assert (more.get_text(), more["href"]) == ("More talks", "?q=rivers+OR+names&in=talks#talks")
    first, second = (results(client, "rivers OR names", **{"in": "talks", "page": number}) for number in (1, 2))
    assert [lines(page, ".voice h3") for page in (first, second)] == [["StatsWales & rivers"], ["Where things are"]]
    assert first.select_one("nav[aria-label=Pages] a")["href"] == "?q=rivers+OR+names&in=talks&page=2#talks"
    assert lines(results(client, "rivers OR names", **{"in": "talks", "page": 99999}), ".voice h3") == [
        "Where things are"
    ]


MEANT = {"statswels": "statswales", "statwales": "statswales", "statsw": "statswales", "zbera": "zebra"}


def test_typing_error_is_forgiven_and_said(client, archive):
    for typed, shown in MEANT.items():
        page = results(client, typed)
        assert lines(page, "#instead") == [
            f"Nothing for “{typed}”. Showing results for “{shown}”. Search for “{typed}” itself"
        ]
        assert set(map(str.lower, lines(page, "mark"))) == {shown}
        exact = read(client, f"/search/{page.select_one('#instead a')['href']}")
        assert lines(exact, "#help") == [f"Nothing was found for “{typed}”"]


def test_little_is_shown_and_another_spelling_offered(client, archive, index):
    archive["maps"].title = "Statswels"
    archive["maps"].save()
    index()
    page = results(client, "statswels rivers")
    assert lines(page, "#instead strong, .voice h3") == ["statswels", "Statswels"]
    page = results(client, "chartt OR bridges")
    assert lines(page, "#answers h3") == ["Ada Vale, Analyst, River Trust"]
    assert [(a.get_text(), a["href"]) for a in page.select(".note a")] == [
        ("chart OR bridges", "?q=chart%20OR%20bridges")
    ]


def test_page_helps_before_anything_is_asked_and_where_nothing_is_found(client, archive):
    page = read(client, "/search/")
    assert lines(page, "h1, h2") == ["Search", "What you can search", "How to search"]
    assert lines(page, "#help + p") == [
        "Two evenings, two talks, six questions asked of every speaker, three answers, one question from the audience, "
        "three moments in recordings, two things asked of you, one promise, two replies about promises, one link, "
        "two corrected pages, two people, two organisations, two topics, two hosts."
    ]
    assert [(a.get_text(), a["href"]) for a in page.select(".chips a")] == [
        ("Codes", "?q=Codes"),
        ("Water", "?q=Water"),
    ]
    for text, heading in [
        ("xylophone", "Nothing was found for “xylophone”"),
        ("-rivers", "Say what to look for"),
        ("?!", "There is no word in “?!”"),
    ]:
        assert lines(results(client, text), "#help") == [heading]


def test_empty_archive_can_be_asked(client, index):
    index()
    assert lines(read(client, "/search/"), "#help + p")[0].startswith("Six questions") is False
    assert lines(results(client, "rivers"), "#help") == ["Nothing was found for “rivers”"]


def test_results_are_for_readers_and_not_for_search_engines(client, archive):
    def robots(address):
        found = whole(client.get(address).content).select_one("meta[name=robots]")
        return found and found["content"]

    assert (robots("/search/"), robots("/search/?q=rivers")) == (None, "noindex")


def test_nobody_fills_the_cache_by_asking(client, archive, django_assert_num_queries):
    client.get("/search/")
    with django_assert_num_queries(0):
        client.get("/search/")
    first = client.get("/search/?q=rivers")
    assert set(first["Cache-Control"].split(", ")) == {"max-age=60", "private"}
    assert first.headers.get("Content-Encoding") is None
    assert client.post("/search/").status_code == 405


def test_results_travel_compressed(client, archive):
    response = client.get("/search/?q=places+OR+vale", headers={"accept-encoding": "gzip"})
    assert (response["Content-Encoding"], response["Cache-Control"]) == ("gzip", "private, max-age=60")
    plain = client.get("/search/?q=places+OR+vale")
    assert "Content-Encoding" not in plain
    assert len(response.content) < len(plain.content) / 2
