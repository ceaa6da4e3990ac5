"""What the pages of people, organisations and questions tell search engines, and the way to each page."""

import datetime as dt

import pytest
import time_machine

from speakers.models import SpeakerAlias, SpeakerLink
from tests.archive.answering import CHANGE, WORDING, make_answer
from tests.archive.structured import EVENING, SITE, lacks, make_evening, told
from tests.factories import START, give, make_event, make_organisation, make_speaker, make_talk, make_topic, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE
    with time_machine.travel(START + dt.timedelta(days=20), tick=True):
        yield


@pytest.fixture
def evening():
    return make_evening()


def test_person_is_told_with_what_readers_may_know(client, evening):
    ada = evening.talks.get(title="Tides").talk_speakers.get().speaker
    ada.biography, ada.pronunciation = "<p>Reads <b>water</b>.</p>", "canary-said"
    ada.links = [SpeakerLink(label="Elsewhere", url="https://ada.example.org/")]
    ada.aliases = [SpeakerAlias(name="Ada V.", public=True), SpeakerAlias(name="canary-name", public=False)]
    ada.save()
    nodes = told(client, "/speakers/ada-vale/")
    person = nodes["ProfilePage"]["mainEntity"]
    assert (lacks(nodes["ProfilePage"]), lacks(person)) == (set(), set())
    assert person == {
        "@type": "Person",
        "@id": f"{SITE}/speakers/ada-vale/#person",
        "name": "Ada Vale",
        "alternateName": ["Ada V."],
        "url": f"{SITE}/speakers/ada-vale/",
        "description": "Reads water.",
        "jobTitle": "Chief",
        "worksFor": {
            "@type": "Organization",
            "name": "Board of Tides",
            "url": f"{SITE}/organisations/board-of-tides/",
        },
        "sameAs": ["https://ada.example.org/"],
    }
    assert "canary" not in client.get("/speakers/ada-vale/").content.decode()


def test_organisation_has_its_names_and_what_it_is_part_of(client):
    parent = make_organisation("Ministry")
    board = make_organisation("Board of Tides", short_name="BoT", website="https://tides.example.org/", parent=parent)
    make_talk(speakers=[make_speaker()], organisation=board)
    found = told(client, "/organisations/board-of-tides/")["Organization"]
    assert lacks(found) == set()
    assert (found["alternateName"], found["url"], found["parentOrganization"]["url"]) == (
        ["BoT"],
        "https://tides.example.org/",
        f"{SITE}/organisations/ministry/",
    )
    assert [part["name"] for part in told(client, "/organisations/ministry/")["Organization"]["subOrganization"]] == [
        "Board of Tides"
    ]


def test_question_has_its_answers_and_whose_they_are(client):
    make_answer("Names & “numbers” </script>.", number=60, speakers=[make_speaker("Ada Vale")], title="Tides")
    page = told(client, CHANGE)["QAPage"]
    question = page["mainEntity"]
    assert (lacks(page), lacks(question), [lacks(said) for said in question["suggestedAnswer"]]) == (
        set(),
        set(),
        [set()],
    )
    assert (question["name"], question["answerCount"]) == (WORDING, 1)
    (said,) = question["suggestedAnswer"]
    assert (said["url"], said["author"]) == (
        f"{SITE}/data-bites/60/tides/#change",
        {"@type": "Person", "name": "Ada Vale", "url": f"{SITE}/speakers/ada-vale/"},
    )


def test_question_tells_its_first_page_alone(client):
    event = make_event(number=60)
    for number in range(34):
        give(make_talk(event=event, title=f"Talk {number}"), {"change": f"Answer {number}."})
    question = told(client, CHANGE)["QAPage"]["mainEntity"]
    assert (question["answerCount"], len(question["suggestedAnswer"])) == (34, 32)
    assert set(told(client, f"{CHANGE}?page=2")) == {"BreadcrumbList"}
    assert set(told(client, f"{CHANGE}?year=2025")) == {"BreadcrumbList"}


@pytest.mark.parametrize(
    ("address", "steps"),
    [
        ("/data-bites/", ["Data Bites"]),
        (EVENING, ["Data Bites", "60"]),
        ("/data-bites/60/tides/", ["Data Bites", "60", "Tides"]),
        ("/speakers/ada-vale/", ["Speakers", "Ada Vale"]),
        ("/organisations/board-of-tides/", ["Organisations", "Board of Tides"]),
        ("/hosts/the-hall/", ["Hosts", "The Hall"]),
        ("/topics/maps/", ["Topics", "Maps"]),
        (CHANGE, ["Questions", "Change"]),
    ],
)
def test_each_page_says_the_way_to_it(client, evening, address, steps):
    publish(evening.talks.get(title="Tides"), topics=[make_topic(name="Maps")])
    way = told(client, address)["BreadcrumbList"]
    items = way["itemListElement"]
    assert ([lacks(item) for item in items], lacks(way)) == ([set()] * len(items), set())
    assert [(item["position"], item["name"]) for item in items] == list(enumerate(["Data Bites", *steps], start=1))
    assert items[-1]["item"] == f"{SITE}{address}"


def test_front_page_says_what_the_site_is_and_how_to_search_it(client):
    site = told(client, "/")["WebSite"]
    assert lacks(site) == set()
    assert site["potentialAction"] == {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{SITE}/search/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
