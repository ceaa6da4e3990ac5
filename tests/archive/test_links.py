"""The register of links: what is in it, what readers and organisers are shown of it."""

import datetime as dt

import pytest

from archive.linking import register
from archive.linking.checking import record
from archive.linking.fetching import Outcome
from archive.linking.finding import settled
from archive.models import Link, LinkState, Mention
from events.models import AudienceQuestion
from speakers.models import Ask, Contribution, TalkConsent, TalkLink
from tests.admin import sign_in
from tests.factories import START, give, make_event, make_speaker, make_talk, publish
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
REPORT = "https://www.example.org/report"


def link_in(talk, url=REPORT, label="The report", kind="report", **fields):
    talk.contribution = Contribution.objects.get(pk=talk.contribution_id)
    draft = talk.contribution.get_latest_revision_as_object()
    draft.links.add(TalkLink(label=label, url=url, kind=kind))
    draft.save_revision()
    talk.contribution.refresh_from_db()
    give(talk, **fields)
    register.refresh([talk.event_id])


@pytest.fixture
def talk():
    return make_talk(title="Tides", event=make_event(number=60), speakers=[make_speaker("Ada Vale")])


def places():
    return sorted(Mention.objects.values_list("link__url", "event__number", "talk__title", "label", "kind"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("HTTP://example.org:80/a?b=1#c", "http://example.org/a?b=1"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://ada:secret@example.org/", ""),
        ("ftp://example.org/", ""),
        ("javascript:alert(1)", ""),
        ("mailto:ada@example.org", ""),
        ("/data-bites/60/", ""),
        ("https://", ""),
        ("https://exa mple.org/", ""),
        ("https://example.org:port/", ""),
        ("https://example.org/" + "a" * 2001, ""),
        ("https://[::1/", ""),
    ],
)
def test_one_address_has_one_spelling(url, expected):
    assert settled(url) == expected


def test_every_place_where_a_link_stands_is_in_the_register(talk):
    publish(talk, account='<p>See <a href="https://example.org/account">the account</a>.</p>')
    sign_off = '<p><a href="https://example.org/bye">Bye</a> and <a linktype="page" id="3">ours</a></p>'
    publish(talk.event, sign_off=sign_off, related_title="A blog", related_url="https://example.org/blog")
    AudienceQuestion.objects.create(
        event=talk.event, talk=talk, as_asked="?", text="Where?", state="on_the_night",
        answer='<p><a href="https://example.org/where">Here</a></p>',
    )  # fmt: skip
    draft = talk.contribution.get_latest_revision_as_object()
    draft.asks.add(Ask(text="Tell us", url="https://example.org/ask"))
    draft.save_revision()
    answers = {
        "summary": '<a href="https://example.org/said">said</a> and <a href="https://example.org/said">again</a>'
    }
    link_in(talk, answers=answers, slides_url="https://example.org/slides")
    assert places() == [
        ("https://example.org/account", 60, "Tides", "the account", "other"),
        ("https://example.org/ask", 60, "Tides", "Tell us", "consultation"),
        ("https://example.org/blog", 60, None, "A blog", "article"),
        ("https://example.org/bye", 60, None, "Bye", "other"),
        ("https://example.org/said", 60, "Tides", "said", "other"),
        ("https://example.org/slides", 60, "Tides", "Slides of “Tides”", "other"),
        ("https://example.org/where", 60, "Tides", "Here", "other"),
        (REPORT, 60, "Tides", "The report", "report"),
    ]


def test_register_follows_what_is_released_and_taken_back(talk, django_capture_on_commit_callbacks):
    draft = talk.contribution.get_latest_revision_as_object()
    draft.links.add(TalkLink(label="The report", url=REPORT, kind="report"))
    draft.save_revision()
    register.refresh([talk.event_id])
    assert places() == []
    with django_capture_on_commit_callbacks(execute=True):
        given = give(talk)
    assert places() == [(REPORT, 60, "Tides", "The report", "report")]
    with django_capture_on_commit_callbacks(execute=True):
        TalkConsent.objects.create(
            contribution=given, speaker=make_speaker(), what="answers", wording="Yes.",
            given_at=START, withdrawn_at=START + dt.timedelta(days=1),
        )  # fmt: skip
    assert places() == []
    assert Link.objects.get().named_at is None


def test_sweep_mends_what_was_left_behind(talk):
    link_in(talk)
    Mention.objects.all().delete()
    assert register.refresh([talk.event_id]) == 1
    assert register.refresh([talk.event_id]) == 0


def test_page_tells_who_named_a_link_and_where_else(client, talk):
    for number in (41, 52):
        earlier = make_talk(
            title=f"Talk at {number}", event=make_event(number=number, starts_at=START.replace(year=2024))
        )
        link_in(earlier, label="An early report", kind="other")
    link_in(talk)
    page = read(client, "/links/")
    assert lines(page, "#links li") == [
        "The report Report or paper, www.example.org Named at Data Bites 60, Tides; also at 41 and 52"
    ]
    assert lines(page, "#links-heading") == ["1 link"]
    assert lines(page, "#kind option") == ["All kinds", "Report or paper (1)"]


def test_page_of_one_kind_and_of_none(client, talk):
    link_in(talk)
    link_in(talk, url="https://example.org/code", label="Code", kind="code")
    assert lines(read(client, "/links/?kind=code"), "#links li a")[0] == "Code"
    assert lines(read(client, "/links/?kind=nothing"), ".note, #links-heading") == [
        "We don’t know the kind “nothing”, so we left it out.",
        "2 links",
    ]
    assert client.get("/links/?page=9").status_code == 404


def test_page_without_links_says_so(client):
    assert lines(read(client, "/links/"), ".lede") == [
        "No talk has linked to anything yet. The first dataset, report or service will stand here."
    ]


def test_dead_link_leads_to_the_web_archive(client, talk):
    link_in(talk)
    Link.objects.update(state=LinkState.DEAD)
    page = read(client, "/links/")
    assert page.select("#links a")[1]["href"] == f"https://web.archive.org/web/20251126/{REPORT}"


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_for_one_link_and_for_three(client, number, django_assert_num_queries):
    for place in range(number):
        talk = make_talk(event=make_event(number=60 + place))
        link_in(talk, url=f"https://example.org/{place}")
    assert client.get("/links/").status_code == 200
    with django_assert_num_queries(11):
        client.get("/links/?kind=report")


# What a check found


@pytest.fixture
def link(talk):
    link_in(talk)
    return Link.objects.get()


MISSING = Outcome(LinkState.FAILING, 404, "The page is not there any more.")


def states(link, *checks):
    found = []
    for outcome, days in checks:
        record(link=link, outcome=outcome, at=START + dt.timedelta(days=days))
        found.append((link.state, (link.due_at - START).days))
    return found


def test_link_is_dead_after_three_failures_over_two_days(link):
    checks = [(MISSING, 0), (MISSING, 1), (MISSING, 2), (Outcome(LinkState.WELL, 200), 9)]
    assert states(link, *checks) == [("failing", 1), ("failing", 2), ("dead", 9), ("well", 39)]
    assert (link.failures, link.failing_since) == (0, None)


def test_three_failures_in_one_evening_are_no_death(link):
    assert [state for state, _ in states(link, *[(MISSING, 0)] * 5)] == ["failing"] * 5


# The organisers' side


def test_organiser_sees_dead_links_with_the_places_to_change(client, link):
    for outcome in (MISSING,):
        for days in (0, 1, 2):
            record(link=link, outcome=outcome, at=START + dt.timedelta(days=days))
    sign_in(client, "organiser")
    page = read(client, "/cms/links/")
    row = page.select_one("tbody tr")
    assert lines(row, "ul li") == [
        "Data Bites 60: Tides: what was given to Data Bites 60: Tides, the page Data Bites 60: Tides"
    ]
    assert "No longer answers since 26 November 2025. The page is not there any more." in " ".join(
        row.get_text().split()
    )
    assert row.select_one("td:last-child input")["value"] == f"https://web.archive.org/web/20251126/{REPORT}"


def test_organiser_puts_a_link_aside_and_takes_it_up_again(client, link):
    Link.objects.update(state=LinkState.DEAD)
    sign_in(client, "organiser")
    client.post(f"/cms/links/{link.pk}/aside/")
    assert read(client, "/cms/links/").select("tbody tr") == []
    assert len(read(client, "/cms/links/?state=aside").select("tbody tr")) == 1
    before = Link.objects.get().due_at
    client.post(f"/cms/links/{link.pk}/again/", {"state": "aside"})
    assert len(read(client, "/cms/links/").select("tbody tr")) == 1
    assert Link.objects.get().due_at > before


def test_page_of_the_organisers_without_dead_links_says_so(client):
    sign_in(client, "organiser")
    assert "Every link answers" in lines(read(client, "/cms/links/"), "h2")


@pytest.mark.parametrize("number", [1, 3])
def test_organisers_page_asks_the_same_for_one_link_and_for_three(client, talk, number, django_assert_num_queries):
    for place in range(number):
        link_in(talk, url=f"https://example.org/{place}")
    Link.objects.update(state=LinkState.DEAD)
    sign_in(client, "organiser")
    client.get("/cms/links/")
    with django_assert_num_queries(12):
        client.get("/cms/links/")
