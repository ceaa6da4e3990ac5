"""What changes with the clock is right at the minute, without anyone publishing, past what is kept of pages."""

import datetime as dt

import pytest
import time_machine

from speakers.models import Ask
from tests.factories import START, give, make_event, make_speaker, make_talk
from tests.reading import lines, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
MIDNIGHT = START.replace(hour=0)
END = START + dt.timedelta(minutes=90)


@pytest.fixture
def clock():
    with time_machine.travel(MIDNIGHT - 2 * DAY, tick=False) as traveller:
        yield traveller


def around(clock, client, address, moment, look):
    """What a look at a page sees half a minute before a moment, a second before it, and at it."""
    seen = []
    for at in (moment - 30 * SECOND, moment - SECOND, moment):
        clock.move_to(at, tick=False)
        seen.append(look(whole(client.get(address).content)))
    return seen


def closeness(page):
    return lines(page, ".when")[0].partition(":")[0]


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        (MIDNIGHT - DAY, "Wednesday 26 November 2025, 6pm to 7.30pm", "Tomorrow"),
        (MIDNIGHT, "Tomorrow", "Today"),
        (START, "Today", "On now"),
    ],
)
@pytest.mark.parametrize("address", ["/", "/data-bites/7/"])
def test_evening_draws_near_at_the_second(client, clock, address, moment, before, after):
    make_event(number=7, ends_at=END)
    assert around(clock, client, address, moment, closeness) == [before, before, after]


def test_evening_is_over_at_the_second_on_every_page(client, clock):
    talk = make_talk(event=make_event(number=7, ends_at=END), title="Tides")
    make_event(number=8, title="The next one", starts_at=START + 30 * DAY)
    looks = {
        "/": lambda page: lines(page, "h1"),
        "/data-bites/": lambda page: lines(page, ".tiles b"),
        "/data-bites/7/": lambda page: lines(page, "main h2"),
        talk.url: lambda page: lines(page, "main .button"),
        "/speakers/": lambda page: page.select_one(".masthead li a")["href"],
    }
    expected = {
        "/": (["Data Bites 7"], ["The next one"]),
        "/data-bites/": ([], ["7"]),
        "/data-bites/7/": (["Running order"], ["On this page", "Tides"]),
        talk.url: (["More about it"], []),
        "/speakers/": ("/data-bites/7/", "/data-bites/8/"),
    }
    for address, look in looks.items():
        before, after = expected[address]
        assert around(clock, client, address, END, look) == [before, before, after], address


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        (START + 3 * DAY, "Opens on 29 November 2025", "Open until 4 December 2025, 5 days left"),
        (START + 4 * DAY, "Open until 4 December 2025, 5 days left", "Open until 4 December 2025, 4 days left"),
        (START + 8 * DAY, "Open until 4 December 2025, 1 day left", "Open until 4 December 2025, last day today"),
        (START + 9 * DAY, "Open until 4 December 2025, last day today", "Closed on 4 December 2025"),
    ],
)
@pytest.mark.parametrize("address", ["/data-bites/7/", "/data-bites/7/tides/"])
def test_ask_opens_counts_down_and_closes_by_itself_at_midnight(client, clock, address, moment, before, after):
    talk = make_talk(event=make_event(number=7, ends_at=END), title="Tides")
    draft = talk.contribution.get_latest_revision_as_object()
    draft.asks.add(Ask(text="Tell us", opens_on=(START + 3 * DAY).date(), closes_on=(START + 8 * DAY).date()))
    draft.save_revision()
    give(talk)
    seen = around(clock, client, address, moment.replace(hour=0), lambda page: lines(page, ".asks strong")[0])
    assert seen == [f"{before}:", f"{before}:", f"{after}:"]


def test_midnight_is_the_room_s(client, clock):
    summer = dt.datetime(2026, 7, 1, 17, 0, tzinfo=dt.UTC)
    make_event(number=7, starts_at=summer, ends_at=summer + dt.timedelta(minutes=90))
    midnight_in_london = dt.datetime(2026, 6, 30, 23, 0, tzinfo=dt.UTC)
    assert around(clock, client, "/data-bites/7/", midnight_in_london, closeness) == ["Tomorrow", "Tomorrow", "Today"]


def test_speaker_of_a_coming_evening_has_spoken_when_it_is_over(client, clock):
    ada = make_speaker("Ada")
    make_talk(event=make_event(number=6, starts_at=START - 30 * DAY), title="Mud", speakers=[ada])
    make_talk(event=make_event(number=7, ends_at=END), title="Tides", speakers=[ada])
    seen = around(clock, client, "/data-bites/6/", END, lambda page: lines(page, ".people small"))
    coming = ["Speaks again at Data Bites 7 (November 2025)"]
    assert seen == [coming, coming, ["Also spoke at Data Bites 7 (November 2025)"]]


def test_question_of_the_day_changes_at_midnight(client, clock):
    talk = make_talk(event=make_event(number=6, starts_at=START - 30 * DAY), title="Mud")
    give(talk, {"summary": "We count.", "hurdles": "Mud.", "change": "Names."})
    first, same, other = around(clock, client, "/", MIDNIGHT, lambda page: lines(page, "#asked"))
    assert first == same != other
