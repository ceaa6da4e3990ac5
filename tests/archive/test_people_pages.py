"""What readers see of people: who they were at the time, what they spoke about, and nothing of a draft."""

import datetime as dt

import pytest
from django.test import RequestFactory

from events.models import TalkSpeaker
from pages.cache import bump
from speakers.actions import merge_speakers
from speakers.models import OrganisationName, SpeakerAlias, SpeakerLink
from tests.archive.answering import make_own
from tests.factories import START, give, make_event, make_organisation, make_series, make_speaker, make_talk
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
YEAR = dt.timedelta(days=365)


# A speaker's page


def test_speaker_is_told_as_they_were_at_each_talk_newest_first(client):
    ada, board = make_speaker("Ada Vale"), make_organisation("Board of Tides")
    council = make_organisation("Harbour Council", became=board)
    early = make_event(number=1, starts_at=START - YEAR)
    make_talk(title="Mud", event=early, speakers=[ada], role="Analyst", organisation=council)
    make_talk(title="Tides", event=make_event(number=2), speakers=[ada], role="Chief", organisation=board)
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, "h1") == ["Ada Vale"]
    assert lines(page, ".lede") == ["Chief, Board of Tides"]
    assert lines(page, ".order time") == ["Nov 2025", "Nov 2024"]
    assert lines(page, ".order h3") == ["Tides", "Mud"]
    assert lines(page, ".order p.fine") == [
        "Data Bites 2, as Chief, Board of Tides",
        "Data Bites 1, as Analyst, Harbour Council",
    ]
    assert [link["href"] for link in page.select(".order a")] == [
        "/data-bites/2/tides/",
        "/data-bites/2/",
        "/organisations/board-of-tides/",
        "/data-bites/1/mud/",
        "/data-bites/1/",
        "/organisations/harbour-council/",
    ]
    assert lines(page, ".facts dt, .facts dd") == ["2025", "Chief, Board of Tides", "2024", "Analyst, Harbour Council"]


def test_many_talks_are_folded_by_year_but_the_newest_dozen_and_the_rest_of_its_year(client):
    ada = make_speaker("Ada Vale")
    for number, year in enumerate([2021, 2023, 2023, *[2024] * 10, *[2025] * 3], start=1):
        event = make_event(number=number, starts_at=START.replace(year=year, day=number))
        make_talk(event=event, title=f"Talk {number}", speakers=[ada])
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, "#talks, #talks ~ ol h3") == ["16 talks", *(f"Talk {number}" for number in range(16, 3, -1))]
    assert lines(page, "details.fold > summary") == ["2023: two talks", "2021: one talk"]
    assert lines(page, "details.fold h3") == ["Talk 3", "Talk 2", "Talk 1"]
    assert not page.select("details[open]")


def test_role_that_stayed_the_same_is_told_once_from_first_to_last(client):
    ada, board = make_speaker("Ada Vale"), make_organisation("Board of Tides")
    for number, (years, role) in enumerate([(4, "Analyst"), (2, "Chief"), (0, "Chief")], start=1):
        event = make_event(number=number, starts_at=START - years * YEAR)
        make_talk(event=event, speakers=[ada], role=role, organisation=board)
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, ".facts dt, .facts dd") == [
        "2023 to 2025",
        "Chief, Board of Tides",
        "2021",
        "Analyst, Board of Tides",
    ]


def test_organisation_has_the_name_it_had_on_the_day(client):
    board = make_organisation("Board of Tides")
    board.former_names = [OrganisationName(name="Tide Office", until=START.date() - dt.timedelta(days=30))]
    board.save()
    ada = make_speaker("Ada Vale")
    make_talk(event=make_event(number=1, starts_at=START - YEAR), speakers=[ada], role="Clerk", organisation=board)
    make_talk(event=make_event(number=2), speakers=[ada], role="Clerk", organisation=board)
    assert lines(read(client, "/speakers/ada-vale/"), ".order p.fine") == [
        "Data Bites 2, as Clerk, Board of Tides",
        "Data Bites 1, as Clerk, Tide Office",
    ]


def test_speaker_has_biography_links_and_public_names_only(client):
    ada = make_speaker("Ada Vale", biography="<p>Counts <b>waves</b>.</p>", pronunciation="canary-VALE")
    ada.aliases = [SpeakerAlias(name="Ada Stone", public=True), SpeakerAlias(name="canary-name", public=False)]
    ada.links = [SpeakerLink(label="Her site", url="https://ada.example.org/")]
    ada.save()
    make_talk(speakers=[ada])
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, ".prose") == ["Counts waves."]
    assert lines(page, "header .fine")[0] == "Also known as Ada Stone"
    assert [(link.get_text(), link["href"]) for link in page.select(".chips a")] == [
        ("Her site", "https://ada.example.org/")
    ]
    assert page.select_one(".avatar")["data-initials"] == "AV"
    assert "canary" not in page.get_text()


def test_speaker_names_those_they_spoke_with(client):
    ada, bo, cy = make_speaker("Ada Vale"), make_speaker("Bo Dee"), make_speaker("Cy Eff")
    make_talk(event=make_event(number=1), speakers=[ada, bo, cy])
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, ".order p.fine") == ["Data Bites 1, with Bo Dee and Cy Eff"]
    assert [link["href"] for link in page.select(".order p.fine a")][1:] == ["/speakers/bo-dee/", "/speakers/cy-eff/"]


def test_speaker_page_leads_to_each_answer_that_is_theirs(client):
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    early = make_event(number=1, starts_at=START - YEAR)
    mud = make_talk(title="Mud", event=early, speakers=[ada])
    give(mud, {"summary": "Mud."})
    make_own(mud, ada, "", question="hurdles")
    both = make_talk(title="Tides", event=make_event(number=2), speakers=[ada, bo])
    give(both, {"summary": "Water."})
    make_own(both, ada, "Free the tide tables.")
    make_own(both, bo, "More boats.")
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, ".answered") == ["Answered: Summary, Change", "Answered: Summary"]
    assert [link["href"] for link in page.select(".answered a")] == [
        "/data-bites/2/tides/#summary",
        "/data-bites/2/tides/#change-ada-vale",
        "/data-bites/1/mud/#summary",
    ]
    tides = read(client, "/data-bites/2/tides/")
    assert len(tides.select("#summary, #change-ada-vale")) == 2


def test_speaker_page_leads_to_no_answer_that_is_not_released(client):
    talk = make_talk(speakers=[make_speaker("Ada Vale")])
    give(talk, {"summary": "Water."})
    assert len(read(client, "/speakers/ada-vale/").select(".answered")) == 1
    talk.contribution.unpublish()
    bump()
    page = read(client, "/speakers/ada-vale/")
    assert (len(page.select(".order > li")), page.select(".answered")) == (1, [])


def test_talk_to_come_and_talk_called_off_say_so(client, time_machine):
    ada = make_speaker("Ada Vale")
    make_talk(title="Late", event=make_event(number=3, starts_at=START + YEAR), speakers=[ada])
    make_talk(title="Off", event=make_event(number=2, status="cancelled"), speakers=[ada])
    make_talk(title="Said", event=make_event(number=1, starts_at=START - YEAR), speakers=[ada])
    time_machine.move_to(START)
    page = read(client, "/speakers/ada-vale/")
    assert [lines(row, "h3, strong") for row in page.select(".order li")] == [
        ["Late", "Still to come"],
        ["Off", "Cancelled"],
        ["Said"],
    ]


def test_withdrawn_talk_is_not_told_and_the_page_stays_where_lists_lead(client):
    ada, cy = make_speaker("Ada Vale"), make_speaker("Cy Chair")
    make_talk(event=make_event(chair=cy, status="cancelled"), title="Tides", speakers=[ada], state="withdrawn")
    page = read(client, "/speakers/ada-vale/")
    assert (lines(page, "h1, .profile-body p"), page.select(".order")) == (
        ["Ada Vale", "Was announced, and has given no talk so far."],
        [],
    )
    for address in ("/speakers/", "/sitemap.xml"):
        text = client.get(address).content.decode()
        assert ("/speakers/ada-vale/" in text, "/speakers/cy-chair/" in text) == (True, True)


def test_chair_has_a_page_with_the_evenings_they_led(client):
    ada = make_speaker("Ada Vale")
    for number in (1, 2):
        make_event(number=number, chair=ada, starts_at=START + number * dt.timedelta(days=30))
    make_event(number=3, chair=ada, live=False)
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, ".tiles b") == ["2", "1"]
    assert lines(read(client, "/speakers/"), ".roll li") == ["Ada Vale led 2 evenings"]


# Who is seen


def draft_speaker():
    make_talk(speakers=[make_speaker("Ada Vale")], live=False)


def speaker_without_a_talk():
    make_speaker("Ada Vale")


def unpublished_speaker():
    make_talk(speakers=[make_speaker("Ada Vale", live=False)])


def speaker_of_an_unpublished_evening():
    make_talk(speakers=[make_speaker("Ada Vale")]).event.unpublish()


def speaker_of_an_unpublished_series():
    series = make_series(slug="closed")
    make_talk(speakers=[make_speaker("Ada Vale")], event=make_event(series=series))
    series.unpublish()


def chair_of_a_draft():
    make_event(chair=make_speaker("Ada Vale"), live=False)


UNSEEN = [
    draft_speaker,
    speaker_without_a_talk,
    unpublished_speaker,
    speaker_of_an_unpublished_evening,
    speaker_of_an_unpublished_series,
    chair_of_a_draft,
]


@pytest.mark.parametrize("make", UNSEEN)
def test_speaker_who_is_not_public_is_seen_by_nobody(client, make):
    make_talk(speakers=[make_speaker("Bo Dee")], event=make_event(series=make_series(slug="other")))
    make()
    assert client.get("/speakers/ada-vale/").status_code == 404
    for address in ("/speakers/", "/sitemap.xml"):
        text = client.get(address).content.decode()
        assert "bo-dee" in text
        assert "ada-vale" not in text


def test_draft_of_a_speaker_is_seen_by_nobody(client):
    ada = make_speaker("Ada Vale", biography="<p>Counts waves.</p>")
    make_talk(speakers=[ada])
    ada.biography, ada.name = "<p>canary</p>", "canary"
    ada.save_revision()
    page = read(client, "/speakers/ada-vale/")
    assert (lines(page, "h1"), lines(page, ".prose")) == (["Ada Vale"], ["Counts waves."])


def test_draft_row_of_a_talk_that_is_not_live_is_seen_by_nobody(client):
    talk = make_talk(live=False)
    TalkSpeaker.objects.create(talk=talk, speaker=make_speaker("Ada Vale"), role="canary")
    assert client.get("/speakers/ada-vale/").status_code == 404


def test_merged_speaker_leads_to_the_kept_one(client):
    kept, merged = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    make_talk(speakers=[merged])
    merge_speakers(kept=kept, merged=merged)
    response = client.get("/speakers/steph-howe/")
    assert (response.status_code, response["Location"]) == (301, "/speakers/stephanie-howe/")
    assert client.get(response["Location"]).status_code == 200


def test_merged_speaker_leads_nowhere_while_the_kept_one_is_not_public(client):
    kept, merged = make_speaker("Canary Howe"), make_speaker("Steph Howe")
    make_talk(speakers=[merged], live=False)
    merge_speakers(kept=kept, merged=merged)
    response = client.get("/speakers/steph-howe/")
    assert response.status_code == 404
    assert "anary" not in response.content.decode()


def test_preview_shows_the_draft(client):
    ada = make_speaker("Ada Vale")
    ada.biography = "<p>Second thoughts.</p>"
    ada.aliases = [SpeakerAlias(name="Ada Stone", public=True)]
    request = RequestFactory().get("/")
    response = ada.make_preview_request(request, "")
    page = whole(response.rendered_content)
    assert (lines(page, "h1"), lines(page, ".prose")) == (["Ada Vale"], ["Second thoughts."])


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_speaker_page_costs_the_same_for_one_talk_and_for_three(client, django_assert_num_queries, count):
    ada = make_speaker("Ada Vale")
    for number in range(1, count + 1):
        others = [make_speaker() for _ in range(number)]
        event = make_event(number=number, chair=ada)
        talk = make_talk(event=event, speakers=[ada, *others], organisation=make_organisation())
        give(talk, {"summary": "Water."})
    client.get("/hosts/")
    bump()
    # Four of them ask what became of promises and asks.
    with django_assert_num_queries(19):
        read(client, "/speakers/ada-vale/")


@pytest.mark.parametrize("address", ["/speakers/", "/speakers/ada-vale/"])
def test_people_pages_can_only_be_read_and_set_no_cookie(client, address):
    make_talk(speakers=[make_speaker("Ada Vale")])
    response = client.get(address)
    assert (response.status_code, dict(response.cookies), response["Vary"]) == (200, {}, "Accept-Encoding")
    assert client.head(address).status_code == 200
    assert [getattr(client, method)(address).status_code for method in ("post", "put", "delete")] == [405] * 3
