"""How evenings, talks and answers are cited, and an answer on a page of its own."""

import pytest

from events.addresses import lead_on
from pages.cache import bump
from speakers.actions import merge_speakers, withdraw_consent
from tests.archive.answering import make_answer, make_own
from tests.factories import QUESTIONS, START, give, make_event, make_speaker, make_talk, publish, write_answers
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
WORDING = QUESTIONS["change"]
SITE = "https://bites.example.org"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


def file(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    return response["Content-Disposition"], response.content.decode().splitlines()


def test_evening_is_cited_by_whoever_wrote_it_up(client):
    make_event(number=60, title="Maps & 50% more_of #it", byline="the Bites team")
    assert lines(read(client, "/data-bites/60/"), ".cite p")[0] == (
        f"The Bites team (2025). Data Bites 60: Maps & 50% more_of #it, 26 November 2025. {SITE}/data-bites/60/"
    )
    assert file(client, "/data-bites/60/cite.bib") == (
        'attachment; filename="data-bites-60.bib"',
        [
            "@misc{data-bites-60,",
            "  author = {{The Bites team}},",
            "  title = {{Data Bites 60: Maps \\& 50\\% more\\_of \\#it}},",
            "  year = {2025},",
            f"  url = {{{SITE}/data-bites/60/}},",
            "  month = nov",
            "}",
        ],
    )


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ada Vale", "Vale, Ada"),
        ("Ada van der Berg", "van der Berg, Ada"),
        ("Plato", "{Plato}"),
        ("Marks and Spencer", "{Marks and Spencer}"),
        ("R&D {Team}", "\\{Team\\}, R\\&D"),
    ],
)
def test_names_are_written_so_that_lists_sort_them(client, name, author):
    make_talk(event=make_event(number=60), title="Tides", speakers=[make_speaker(name)])
    _, written = file(client, "/data-bites/60/tides/cite.bib")
    assert f"  author = {{{author}}}," in written


def test_talk_is_cited_with_all_its_speakers(client):
    make_talk(event=make_event(number=60), title="Tides", speakers=[make_speaker("Ada Vale"), make_speaker("Bo Dee")])
    cite = f"Ada Vale and Bo Dee (2025). “Tides”, talk at Data Bites 60, 26 November 2025. {SITE}/data-bites/60/tides/"
    page = read(client, "/data-bites/60/tides/")
    assert lines(page, ".cite summary, .cite p") == ["Cite this talk", cite, "Keep it as a BibTeX file"]
    name, written = file(client, page.select_one(".cite a")["href"])
    assert page.select_one(".cite pre").get_text().splitlines() == written
    assert (name, written[1]) == (
        'attachment; filename="data-bites-60-tides.bib"',
        "  author = {Vale, Ada and Dee, Bo},",
    )
    assert "  howpublished = {Talk at Data Bites 60}," in written


def test_answer_has_a_page_of_its_own(client):
    talk = make_answer("Clearer <b>names</b>.", number=60, title="Tides", speakers=[make_speaker("Ada Vale")])
    page = read(client, f"{talk.url}answers/change/")
    assert lines(page, "h1, .people a, .prose") == [WORDING, "Ada Vale", "Clearer names."]
    assert [a["href"] for a in page.select(".reading > p a")] == [f"{talk.url}#change", "/questions/change/"]
    soup = whole(client.get(f"{talk.url}answers/change/").content)
    assert soup.select_one('link[rel="canonical"]')["href"] == f"{SITE}{talk.url}answers/change/"
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"
    _, written = file(client, f"{talk.url}answers/change/cite.bib")
    assert f"  url = {{{SITE}{talk.url}#change}}," in written


def test_answer_of_one_speaker_follows_their_name(client):
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    talk = make_talk(event=make_event(number=60), title="Tides", speakers=[ada, bo])
    give(talk, {"summary": "Words."})
    make_own(talk, ada, "Mine alone.")
    address = f"{talk.url}answers/change-ada-vale/"
    assert lines(read(client, address), ".people a, .prose") == ["Ada Vale", "Mine alone."]
    ada.slug = "ada-vale-moore"
    ada.save()
    bump()
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, f"{talk.url}answers/change-ada-vale-moore/")
    assert client.get(f"{address}cite.bib")["Location"] == f"{talk.url}answers/change-ada-vale-moore/cite.bib"
    kept = make_speaker("Ada Moore")
    merge_speakers(kept=kept, merged=ada)
    bump()
    response = client.get(f"{talk.url}answers/change-ada-vale-moore/")
    assert (response.status_code, response["Location"]) == (301, f"{talk.url}answers/change-ada-moore/")


def test_answer_follows_its_talk(client):
    talk = make_answer("Names.", number=60, title="Tides")
    lead_on(old="/data-bites/59/tides/", new=talk.url)
    lead_on(old="/data-bites/59/", new="/data-bites/60/")
    for part in ("answers/change/", "answers/change/cite.bib", "cite.bib"):
        assert client.get(f"/data-bites/59/tides/{part}")["Location"] == f"{talk.url}{part}"
    assert client.get("/data-bites/59/cite.bib")["Location"] == "/data-bites/60/cite.bib"


def test_what_is_not_public_has_no_page_and_no_citation(client):
    draft = make_talk(event=make_event(number=1), title="Draft")
    write_answers(draft.contribution, {"change": "canary"})
    hidden = make_answer("canary", number=2, title="Hidden")
    taken_back = make_answer("canary", number=3, title="Taken", speakers=[make_speaker("Bo Dee")])
    withdraw_consent(contribution=taken_back.contribution, speaker=make_speaker("Bo Dee"), what="answers", at=START)
    hidden.event.unpublish()
    gone = publish(make_answer("canary", number=4, title="Gone"), state="withdrawn")
    for talk in (draft, hidden, taken_back, gone):
        for part in ("answers/change/", "answers/change/cite.bib"):
            assert client.get(f"{talk.url}{part}").status_code == 404
    assert client.get("/data-bites/2/cite.bib").status_code == 404
    assert client.get(f"{hidden.url}cite.bib").status_code == 404


@pytest.mark.parametrize("part", ["answers/summary/", "answers/change-nobody/", "answers/x/", "answers/x/cite.bib"])
def test_answer_that_was_not_given_is_not_there(client, part):
    talk = make_answer("Names.", number=60)
    assert client.get(f"{talk.url}{part}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_answer_costs_the_same_for_one_speaker_and_for_three(client, django_assert_num_queries, count):
    talk = make_answer("Names.", number=60, speakers=[make_speaker() for _ in range(count)])
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(15):  # one more: whether its words may be used again
        client.get(f"{talk.url}answers/change/")


@pytest.mark.parametrize("part", ["answers/change/", "answers/change/cite.bib", "cite.bib"])
def test_citations_can_only_be_read(client, part):
    talk = make_answer("Names.", number=60)
    methods = ("get", "head", "post", "put")
    assert [getattr(client, name)(f"{talk.url}{part}").status_code for name in methods] == [200, 200, 405, 405]
