"""Who gets where: each address of the admin, for each role, as one literal table.

The roles: nobody signed in, somebody without a role (a speaker), moderator, organiser, administrator. 302 is a door
shown: to signing in, or back to the admin's home with a sentence that says no. 403 is for people who have no business
in the admin at all.
"""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from events.models import AudienceQuestion, Topic
from tests.admin import sign_in
from tests.factories import make_event, make_host, make_series, make_speaker, make_talk, make_venue

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "speaker", "moderator", "organiser", "administrator")

# Address → the status of a GET for each role, in their order.
GETS: dict[str, tuple[int, int, int, int, int]] = {
    "/cms/": (302, 403, 200, 200, 200),
    "/cms/login/": (200, 403, 302, 302, 302),
    # The series' own
    "/cms/series/": (302, 403, 302, 302, 302),
    "/cms/series/{series}/": (302, 403, 200, 200, 200),
    "/cms/series/{series}/results/": (302, 403, 200, 200, 200),
    "/cms/series/{series}/new/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/next/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/slot/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/number/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/programme/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/write-up/": (302, 403, 302, 200, 200),
    "/cms/series/talk/{talk}/withdraw/": (302, 403, 302, 200, 200),
    "/cms/series/talk/{talk}/reinstate/": (302, 403, 302, 200, 200),
    "/cms/series/talk/{talk}/introduce/{person}/": (302, 403, 302, 200, 200),
    # What is not there
    "/cms/series/999999/": (302, 403, 404, 404, 404),
    "/cms/series/999999/new/": (302, 403, 302, 404, 404),
    "/cms/series/evening/999999/programme/": (302, 403, 302, 404, 404),
    "/cms/series/talk/999999/withdraw/": (302, 403, 302, 404, 404),
    # Nouns
    "/cms/hosts/": (302, 403, 200, 200, 200),
    "/cms/hosts/add/": (302, 403, 302, 200, 200),
    "/cms/hosts/edit/{host}/": (302, 403, 302, 200, 200),
    "/cms/hosts/inspect/{host}/": (302, 403, 200, 200, 200),
    "/cms/hosts/delete/{host}/": (302, 403, 302, 200, 200),
    "/cms/venues/": (302, 403, 200, 200, 200),
    "/cms/venues/add/": (302, 403, 302, 200, 200),
    "/cms/venues/edit/{venue}/": (302, 403, 302, 200, 200),
    "/cms/venues/delete/{venue}/": (302, 403, 302, 200, 200),
    "/cms/topics/": (302, 403, 200, 200, 200),
    "/cms/topics/add/": (302, 403, 302, 200, 200),
    "/cms/topics/edit/{topic}/": (302, 403, 302, 200, 200),
    "/cms/topics/delete/{topic}/": (302, 403, 302, 200, 200),
    "/cms/audience-questions/": (302, 403, 200, 200, 200),
    "/cms/audience-questions/add/": (302, 403, 302, 200, 200),
    "/cms/audience-questions/edit/{question}/": (302, 403, 302, 200, 200),
    "/cms/audience-questions/delete/{question}/": (302, 403, 302, 200, 200),
    # Pages, as Wagtail has them
    "/cms/pages/": (302, 403, 200, 200, 200),
    "/cms/pages/{event}/": (302, 403, 200, 200, 200),
    "/cms/pages/{event}/edit/": (302, 403, 200, 200, 200),
    "/cms/pages/{talk}/edit/": (302, 403, 200, 200, 200),
    "/cms/pages/{series}/edit/": (302, 403, 200, 200, 200),
    "/cms/pages/{event}/history/": (302, 403, 200, 200, 200),
    "/cms/pages/{event}/unpublish/": (302, 403, 200, 200, 200),
    "/cms/pages/{event}/copy/": (302, 403, 302, 302, 302),
    "/cms/pages/{talk}/copy/": (302, 403, 302, 302, 302),
    "/cms/pages/{series}/copy/": (302, 403, 302, 302, 302),
    "/cms/pages/{series}/add_subpage/": (302, 403, 302, 302, 302),
    "/cms/pages/add/events/eventpage/{series}/": (302, 403, 302, 302, 302),
    "/cms/pages/add/events/talkpage/{event}/": (302, 403, 302, 302, 302),
    "/cms/pages/{talk}/delete/": (302, 403, 200, 200, 200),
    "/cms/pages/{talk}/move/": (302, 403, 200, 200, 200),
    # The rest of the house
    "/cms/images/": (302, 403, 200, 200, 200),
    "/cms/documents/": (302, 403, 200, 200, 200),
    "/cms/redirects/": (302, 403, 302, 200, 200),
    "/cms/users/": (302, 403, 302, 302, 200),
    "/cms/groups/": (302, 403, 302, 302, 200),
    "/cms/sites/": (302, 403, 302, 302, 200),
    "/cms/workflows/list/": (302, 403, 302, 302, 200),
    "/cms/reports/site-history/": (302, 403, 200, 200, 200),
}
# A POST that isn't allowed changes nothing; what it answers says who may.
POSTS: dict[str, tuple[int, int, int, int, int]] = {
    "/cms/series/{series}/new/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/slot/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/number/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/programme/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/write-up/": (302, 403, 302, 302, 302),
    "/cms/series/talk/{talk}/withdraw/": (302, 403, 302, 302, 302),
    "/cms/series/talk/{talk}/reinstate/": (302, 403, 302, 302, 302),
    "/cms/series/talk/{talk}/introduce/{person}/": (302, 403, 302, 302, 302),
}


@pytest.fixture
def things():
    """One of each, by the name it has in the table."""
    talk = make_talk(event=make_event(series=make_series()))
    return {
        "series": talk.event.series,
        "event": talk.event,
        "talk": talk,
        "host": make_host(),
        "person": make_speaker(),
        "venue": make_venue(),
        "topic": Topic.objects.create(name="Maps"),
        "question": AudienceQuestion.objects.create(event=talk.event, as_asked="Why?"),
    }


def fill(address, things):
    return re.sub(r"\{(\w+)\}", lambda name: str(things[name[1]].pk), address)


@pytest.mark.parametrize(("place", "role"), enumerate(ROLES))
def test_each_role_gets_where_the_table_says(client, things, place, role):
    if role != "anonymous":
        sign_in(client, role)
    answers = {address: client.get(fill(address, things)).status_code for address in GETS}
    assert answers == {address: statuses[place] for address, statuses in GETS.items()}


@pytest.mark.parametrize(("place", "role"), enumerate(ROLES))
def test_each_role_does_what_the_table_says(client, things, place, role):
    if role != "anonymous":
        sign_in(client, role)
    before = Page.objects.count()
    answers = {address: client.post(fill(address, things)).status_code for address in POSTS}
    assert answers == {address: statuses[place] for address, statuses in POSTS.items()}
    assert Page.objects.count() == before + (1 if role in ("organiser", "administrator") else 0)


@pytest.mark.parametrize("role", ["speaker", "moderator"])
def test_refused_post_changes_nothing(client, things, role):
    sign_in(client, role)
    for address in POSTS:
        client.post(fill(address, things))
    things["talk"].refresh_from_db()
    things["event"].refresh_from_db()
    assert (things["talk"].state, things["event"].written_up_on) == ("planned", None)


def test_table_has_each_address_of_the_series_menu():
    """A new view of ours is refused here until the table says who may open it."""
    from events.viewsets import EveningsViewSet

    known = {re.sub(r"\{\w+\}", "#", address) for address in GETS}
    root = reverse("wagtailadmin_home")
    for pattern in EveningsViewSet().get_urlpatterns():
        assert root + "series/" + re.sub(r"<\w+:\w+>", "#", str(pattern.pattern)) in known
