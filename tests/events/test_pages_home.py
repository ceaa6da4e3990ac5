"""The front page: what is next or was last, a question with two answers, the newest evenings."""

import datetime as dt

import pytest
import time_machine

from events import front
from events.front import Recent, choose
from pages.models import HomePage
from tests.factories import START, give, make_event, make_organisation, make_series, make_speaker, make_talk, make_venue
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
NOW = START + dt.timedelta(days=20)
NEXT = START + dt.timedelta(days=70)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


# What is next


def test_new_site_says_what_it_is(client):
    HomePage.objects.update(lede="Short talks.", body="<p>Come along.</p>")
    page = read(client, "/")
    assert lines(page, "h1") == ["Data Bites"]
    assert lines(page, ".lede, .prose") == ["Short talks.", "Come along."]
    assert lines(page, "h2") == []


def test_next_evening_leads_with_running_order_and_clock_times(client):
    event = make_event(
        number=61,
        title="Health data",
        starts_at=NEXT,
        venue=make_venue(),
        booking_url="https://booking.example.org",
        ends_at=NEXT + dt.timedelta(minutes=90),
    )
    make_event(number=62, title="Later", starts_at=NEXT + dt.timedelta(days=30))
    make_talk(event=event, title="Tides", speakers=[make_speaker("Ada")], organisation=make_organisation("Board"))
    make_talk(event=event, title="A secret", live=False)
    page = read(client, "/")
    assert lines(page, "h1") == ["Health data"]
    assert lines(page, ".kicker")[0] == "Next: Data Bites 61"
    assert lines(page, ".when") == ["Wednesday 4 February 2026, 6pm to 7.30pm"]
    assert "The Old Sorting Office, London" in lines(page, "p")
    assert lines(page, ".order li") == ["6.05pm Tides Ada (Board)", "6.21pm To be announced"]
    assert [(a.get_text(strip=True), a["href"]) for a in page.select(".button")] == [
        ("Book a place", "https://booking.example.org"),
        ("How to get there", "/data-bites/61/"),
    ]


def test_evening_called_off_is_not_the_next_one(client):
    make_event(number=61, starts_at=NEXT, status="cancelled")
    make_event(number=62, starts_at=NEXT, status="postponed")
    make_event(number=63, title="It happens", starts_at=NEXT + dt.timedelta(days=30), status="tentative")
    page = read(client, "/")
    assert lines(page, "h1") == ["It happens"]
    assert lines(page, ".note") == ["The date is not certain yet."]


def test_last_write_up_leads_where_nothing_is_planned(client):
    event = make_event(number=58, title="Written", starts_at=START - dt.timedelta(days=60), written_up_on=START.date())
    make_talk(event=event, title="Tides")
    make_event(number=59, title="Only held", starts_at=START - dt.timedelta(days=30))
    make_event(number=60, title="A draft", starts_at=NEXT, live=False)
    page = read(client, "/")
    assert lines(page, "h1") == ["Written"]
    assert lines(page, ".kicker")[0] == "The newest write-up: Data Bites 58"
    assert lines(page, ".when") == ["Saturday 27 September 2025"]
    assert lines(page, ".order li") == ["Tides"]
    assert [(a.get_text(strip=True), a["href"]) for a in page.select(".button")] == [
        ("Read the write-up", "/data-bites/58/")
    ]


def test_last_evening_leads_where_nothing_is_written_up(client):
    make_event(number=59, title="Only held", starts_at=START)
    page = read(client, "/")
    assert lines(page, "h1") == ["Only held"]
    assert lines(page, ".kicker")[0] == "Last time: Data Bites 59"


def test_other_series_do_not_lead(client):
    make_series()
    other = make_series(title="Code Bites", slug="code-bites")
    make_event(series=other, number=1, title="Not this one", starts_at=NEXT)
    assert lines(read(client, "/"), "h1") == ["Data Bites"]


# A question with two answers


def answered(number, words, **more):
    event = make_event(number=number, starts_at=START - dt.timedelta(days=30 * (60 - number)))
    talk = make_talk(event=event, title=f"Talk of {number}", speakers=[make_speaker(f"Speaker of {number}")])
    give(talk, {"change": words, **more})
    return talk


def quotes(page):
    return [(q.blockquote.get_text(strip=True), q.select_one("a")["href"]) for q in page.select(".quote")]


def test_question_stands_with_two_answers_of_two_evenings(client):
    answered(58, "Fewer portals.")
    answered(59, "Better names.")
    page = read(client, "/")
    assert lines(page, "#asked") == ["If you could change one thing about data in government, what would it be?"]
    assert sorted(quotes(page)) == [
        ("Better names.", "/data-bites/59/talk-of-59/#change"),
        ("Fewer portals.", "/data-bites/58/talk-of-58/#change"),
    ]
    assert sorted(lines(page, "figcaption")) == [
        "Speaker of 58 Talk of 58, Data Bites 58",
        "Speaker of 59 Talk of 59, Data Bites 59",
    ]


def test_one_answer_stands_alone_and_none_leaves_no_gap(client):
    talk = answered(59, "Better names.")
    assert [words for words, _ in quotes(read(client, "/"))] == ["Better names."]
    talk.unpublish()
    assert read(client, "/?gone").select("#asked") == []


def test_long_answer_is_cut_for_the_front_page(client):
    answered(59, "word " * 200)
    ((words, _),) = quotes(read(client, "/"))
    assert words == "word " * 44 + "word …"


def test_answers_that_are_not_released_are_not_quoted(client):
    talk = answered(59, "Better names.")
    talk.contribution.refresh_from_db()
    talk.contribution.unpublish()
    assert read(client, "/").select("#asked") == []


def test_question_changes_with_the_day_and_stays_the_same_within_it(client, clock):
    for number in (58, 59):
        answered(number, "Better names.", summary="We count.", hurdles="Mud.")
    seen = []
    for _ in range(3):
        page = read(client, "/")
        clock.shift(3600)
        assert lines(read(client, "/?later"), "#asked") == lines(page, "#asked")
        seen += lines(page, "#asked")
        clock.shift(23 * 3600)
    assert len(set(seen)) == 3


def test_choose_prefers_a_question_that_two_talks_answered():
    alone = Recent(1, 1, 10, 100, "<p>Alone.</p>")
    empty = Recent(2, 1, 11, 101, "<p> </p>")
    pair = [
        Recent(3, 2, 10, 100, "<p>One.</p>"),
        Recent(4, 2, 11, 100, "<p>Two.</p>"),
        Recent(5, 2, 12, 101, "<p>Three.</p>"),
    ]
    for turn in range(6):
        keys = choose([alone, empty, *pair], turn=turn)
        assert len(keys) == 2
        assert {answer.event for answer in pair if answer.key in keys} == {100, 101}
    assert choose([alone, empty], turn=0) == [1]
    assert choose([], turn=0) == []


# The grid


def test_grid_has_the_newest_evenings_first_and_no_drafts(client, monkeypatch):
    monkeypatch.setattr(front, "NEWEST", 2)
    for number, fields in [
        (56, {"title": ""}),
        (57, {"title": "Called off", "status": "cancelled"}),
        (58, {"live": False}),
    ]:
        make_event(number=number, starts_at=START - dt.timedelta(days=60 - number), **fields)
    make_event(number=55, starts_at=START - dt.timedelta(days=90))
    make_event(number=61, starts_at=NEXT)
    page = read(client, "/")
    assert lines(page, "#evenings") == ["The newest two evenings"]
    assert [(" ".join(a.get_text().split()), a["href"]) for a in page.select(".tiles a")] == [
        ("57 Called off Cancelled", "/data-bites/57/"),
        ("56 November 2025", "/data-bites/56/"),
    ]
    assert lines(page, ".ends p") == ["All three evenings, year by year"]


def test_front_page_has_no_band_and_other_pages_have_the_next_evening(client):
    make_event(number=60, starts_at=START)
    make_event(number=61, title="Health data", starts_at=NEXT, booking_url="https://booking.example.org")
    assert whole(client.get("/").content).select(".band") == []
    band = whole(client.get("/data-bites/60/").content).select_one(".band")
    assert lines(band, "h2") == ["Health data"]
    assert lines(band, "time") == ["Wednesday 4 February 2026, 6pm"]
    assert [a["href"] for a in band.select("a")] == ["https://booking.example.org", "/data-bites/61/"]
    assert whole(client.get("/data-bites/61/").content).select(".band") == []
