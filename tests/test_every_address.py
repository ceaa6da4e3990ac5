"""Every address of ours stands in a table of who may open it: a new one is refused here until it does.

Most stand in tests/test_permissions.py (the admin, accounts, calendars), tests/speakers/test_permissions.py (the
speakers' side of the admin) and tests/speakers/portal/test_doors.py (the portal). What is left is here.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from events.models import AudienceQuestion
from speakers.models import Contribution, StandardQuestion
from tests import test_permissions as house
from tests.admin import sign_in, sign_in_as
from tests.factories import make_organisation, make_speaker, make_user, write_answers
from tests.mailing.signing import make_subscriber
from tests.speakers import test_permissions as admin
from tests.speakers.portal import test_doors as portal
from tests.speakers.portal.forms import make_helper, make_my_talk

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "subscriber", "speaker", "other", "moderator", "organiser", "administrator")
EVERYBODY, NOBODY, LED_ON = (200,) * 7, (404,) * 7, (302,) * 7
DESK = (302, 302, 403, 403, 200, 200, 200)
ORGANISERS = (302, 302, 403, 403, 302, 200, 200)
SPEAKERS, CHOOSE = "/cms/snippets/speakers/", "/cms/snippets/choose/speakers/"
# Address → the status of a GET for each role. "speaker" speaks in the talk, "other" in another one.
GETS: dict[str, tuple[int, ...]] = {
    # Readers’ pages are everybody’s
    "/robots.txt": EVERYBODY,
    "/subscribe/": EVERYBODY,
    "/subscribe/sent/": EVERYBODY,
    "/sitemap.xml": EVERYBODY,
    "/sitemap-evenings.xml": EVERYBODY,
    "/speakers/": EVERYBODY,
    "/speakers/ada-vale/": EVERYBODY,
    "/organisations/": EVERYBODY,
    "/organisations/board-of-tides/": EVERYBODY,
    "/questions/": EVERYBODY,
    "/questions/summary/": EVERYBODY,
    "/questions/summary/answers.csv": EVERYBODY,
    "/questions/summary/answers.json": EVERYBODY,
    "/hosts/": EVERYBODY,
    "/topics/": EVERYBODY,
    "/asks/": EVERYBODY,
    "/asks/feed/": EVERYBODY,
    "/{number}": LED_ON,
    "/_util/login/": LED_ON,
    "/subscribe/link/": LED_ON,
    "/api/v1/speakers": EVERYBODY,
    "/corrections/": EVERYBODY,
    "/corrections/feed/": EVERYBODY,
    "/links/": EVERYBODY,
    "/organisations/board-of-tides/feeds/evenings/": EVERYBODY,
    "/what-happened-next/": EVERYBODY,
    "/what-happened-next/feed/": EVERYBODY,
    # What needs a token or is not there
    "/api/v1/nothing": NOBODY,
    "/api/v1/speakers/nothing": NOBODY,
    "/data-bites/{number}/captions/audio-en.vtt": NOBODY,
    "/data-bites/{number}/chapters/video.vtt": NOBODY,
    "/data-bites/{number}/transcript/": NOBODY,
    "/data-bites/{number}/transcript/en.txt": NOBODY,
    "/data-bites/{number}/transcript/nothing/": NOBODY,
    "/open-data/data-bites.zip.sha256": NOBODY,
    "/recordings/999999/sound.mp3": NOBODY,
    "/topics/nothing/feeds/evenings/": NOBODY,
    "/subscribe/confirm/nothing/": NOBODY,
    "/subscribe/preferences/nothing/": NOBODY,
    "/subscribe/leave/nothing/": NOBODY,
    "/subscribe/data/nothing/": NOBODY,
    "/subscribe/data/nothing/file/": NOBODY,
    "/subscribe/data/nothing/erase/": NOBODY,
    "/data-bites/{number}/mail/programme/": NOBODY,
    "/slides/999999/": NOBODY,
    "/recordings/999999/": NOBODY,
    "/hosts/nothing/": NOBODY,
    "/topics/nothing/": NOBODY,
    "/cms/links/999999/again/": (302, 302, 403, 403, 405, 405, 405),
    "/cms/links/999999/aside/": (302, 302, 403, 403, 405, 405, 405),
    # The admin’s own data, by which it shows pages
    "/cms/api/main/pages/": DESK,
    "/cms/api/main/pages/{talk}/": DESK,
    "/cms/api/main/pages/find/?html_path=/": (302, 302, 403, 403, 302, 302, 302),
    "/cms/api/main/pages/{talk}/action/copy/": (302, 302, 403, 403, 405, 405, 405),
    # Looking is for the desk; changing, and what was before, for organisers
    "/cms/audience-questions/results/": DESK,
    "/cms/audience-questions/usage/{question}/": ORGANISERS,
    "/cms/audience-questions/history/{question}/": ORGANISERS,
    "/cms/audience-questions/history-results/{question}/": ORGANISERS,
    "/cms/audience-questions/inspect/{question}/": DESK,
    f"{SPEAKERS}speaker/preview/": ORGANISERS,
    f"{SPEAKERS}speaker/preview/{{person}}/": ORGANISERS,
    f"{SPEAKERS}speaker/unpublish/{{person}}/": ORGANISERS,
}
# Wagtail’s views of each noun of the speakers’ side, by its name and its key; and of the versions of what has some.
NOUNS = {
    "contribution": "{contribution}",
    "speaker": "{person}",
    "organisation": "{organisation}",
    "standardquestion": "{standard}",
}
for noun, key in NOUNS.items():
    GETS |= {
        f"{SPEAKERS}{noun}/results/": DESK,
        f"{SPEAKERS}{noun}/usage/{key}/": ORGANISERS,
        f"{SPEAKERS}{noun}/history/{key}/": ORGANISERS,
        f"{SPEAKERS}{noun}/history-results/{key}/": ORGANISERS,
        f"{CHOOSE}{noun}/": DESK,
        f"{CHOOSE}{noun}/results/": DESK,
        f"{CHOOSE}{noun}/chosen/{key}/": DESK,
        f"{CHOOSE}{noun}/chosen-multiple/?id={key}": DESK,
        # Nobody makes a contribution but with its slot
        f"{CHOOSE}{noun}/create/": (302, 302, 403, 403, 302, 302, 302) if noun == "contribution" else ORGANISERS,
    }
for noun, key, version in (("contribution", "{contribution}", "{revision}"), ("speaker", "{person}", "{profile}")):
    history = f"{SPEAKERS}{noun}/history/{key}/revisions"
    GETS |= {
        f"{history}/{version}/view/": ORGANISERS,
        f"{history}/{version}/revert/": ORGANISERS,
        f"{history}/compare/earliest...latest/": ORGANISERS,
        # A contribution that its speakers hold is theirs: the organiser is led back to its editor
        f"{history}/{version}/unschedule/": (
            (302, 302, 403, 403, 302, 302, 302) if noun == "contribution" else ORGANISERS
        ),
    }
OURS = ("accounts.", "speakers.", "events.", "mailing.", "archive.", "pages.", "config.")


def walk(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address as a route, as `resolve` names it."""
    for entry in resolver.url_patterns:
        part = str(entry.pattern)
        route = above + (part.removeprefix("^") if above else part)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry


def is_ours(route: str, entry: URLPattern) -> bool:
    """Our own views, and Wagtail's and allauth's of what is ours."""
    view = getattr(entry.callback, "view_class", entry.callback)
    ours = view.__module__.startswith(OURS) or "speakers" in route
    return ours or route.startswith(("account/", "cms/audience-questions/"))


def in_tables() -> set[str]:
    filled = {"plan": "write-up"}
    paths = [*GETS, *house.GETS, *house.POSTS, *portal.GETS, *portal.POSTS]
    paths += [
        admin.at(view, *([] if view in ("list", "add") else [1]), model=model) for _, model, view, _ in admin.TABLE
    ]
    return {
        resolve(re.sub(r"\{(\w+)\}", lambda name: filled.get(name[1], "1"), path.partition("?")[0])).route
        for path in paths
    }


def test_every_address_of_ours_stands_in_a_table():
    routes = {route for route, entry in walk(get_resolver()) if is_ours(route, entry)}
    assert routes - in_tables() == set()


@pytest.fixture
def ada():
    return make_speaker("Ada Vale", user=make_user())


@pytest.fixture
def things(ada):
    """One of each, by the name it has in the table."""
    board = make_organisation("Board of Tides")
    talk = make_my_talk(ada, organisation=board)
    write_answers(talk.contribution, {"summary": "Words."})
    contribution = Contribution.objects.get(pk=talk.contribution_id)
    return {
        "talk": talk,
        "contribution": contribution,
        "revision": contribution.latest_revision,
        "person": ada,
        "profile": ada.save_revision(),
        "organisation": board,
        "standard": StandardQuestion.objects.get(slug="summary"),
        "question": AudienceQuestion.objects.create(event=talk.event, as_asked="Why?"),
    }


def window_of(role: str, things: dict) -> Client:
    client = Client()
    if role == "subscriber":
        make_subscriber()
    elif role == "speaker":
        sign_in_as(client, things["person"].user)
    elif role == "other":
        sign_in_as(client, make_user())
        make_my_talk(make_speaker("Ben Wick", user=make_user()), title="Ben’s talk")
    elif role != "anonymous":
        sign_in(client, role)
    return client


def fill(path: str, things: dict) -> str:
    known = {name: thing.pk for name, thing in things.items()} | {"number": things["talk"].event.number}
    return re.sub(r"\{(\w+)\}", lambda name: str(known[name[1]]), path)


@pytest.mark.parametrize(("place", "role"), list(enumerate(ROLES)))
def test_each_role_opens_what_the_table_says(things, place, role):
    cache.clear()
    client = window_of(role, things)
    found = {path: client.get(fill(path, things)).status_code for path in GETS}
    assert found == {path: statuses[place] for path, statuses in GETS.items()}


@pytest.mark.parametrize("role", ["speaker", "helper"])
def test_somebody_of_the_portal_opens_nothing_of_the_admin(things, role):
    """The admin's tables have somebody without a talk for a speaker; one who has a talk, or helps, gets no further."""
    client = window_of("speaker", things)
    if role == "helper":
        helper = make_helper(things["talk"], things["person"])[1]
        sign_in_as(client, helper.user)
    paths = [path for path in (*GETS, *house.GETS) if path.startswith("/cms/")]
    known = {"talk", *things}
    paths = [path for path in paths if set(re.findall(r"\{(\w+)\}", path)) <= known]
    assert len(paths) > 100
    assert {path: client.get(fill(path, things)).status_code for path in paths} == dict.fromkeys(paths, 403)


def test_route_that_is_in_no_table_is_seen(monkeypatch):
    """The walk itself: it comes to views of every app, and misses what a table leaves out."""
    routes = {route for route, entry in walk(get_resolver()) if is_ours(route, entry)}
    assert {"portal/<int:talk_pk>/save/", "account/sign-in/", "cms/series/talk/<int:talk_pk>/invite/"} <= routes
    monkeypatch.delitem(GETS, "/asks/feed/")
    assert routes - in_tables() == {"asks/feed/"}
