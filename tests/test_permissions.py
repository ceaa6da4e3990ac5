"""Who gets where: each address of the admin, and of calendars, for each role, as one literal table.

The roles: nobody signed in, somebody without a role (a speaker), moderator, organiser, administrator. 302 is a door
shown: to signing in, or back to the admin's home with a sentence that says no. 403 is for people who have no business
in the admin at all.
"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from events.entries import refresh_calendar
from events.models import Announcement, AudienceQuestion, Topic
from events.viewsets import EveningsViewSet
from mailing.enums import Heading
from mailing.models import AddressList, OutgoingMail, Subscriber
from mailing.outbox_admin import OutboxViewSet
from mailing.viewsets.subscribers import SubscribersViewSet
from tests.admin import sign_in
from tests.factories import make_event, make_host, make_series, make_speaker, make_talk, make_venue
from tests.mailing.conftest import put_in
from tests.mailing.signing import make_subscriber

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "speaker", "moderator", "organiser", "administrator")

# Address → the status of a GET for each role, in their order.
GETS: dict[str, tuple[int, int, int, int, int]] = {
    "/cms/": (302, 403, 200, 200, 200),
    "/cms/login/": (302, 403, 302, 302, 302),
    "/cms/account/": (302, 403, 200, 200, 200),
    # One's own account, for everybody who is signed in; all of them have just shown a second factor
    "/account/": (302, 200, 200, 200, 200),
    "/account/sign-in/": (200, 302, 302, 302, 302),
    "/account/sign-in/code/": (302, 302, 302, 302, 302),
    "/account/sign-in/second-factor/": (302, 302, 302, 302, 302),
    "/account/sign-in/passkey/": (302, 302, 302, 302, 302),
    "/account/sign-out/": (302, 200, 200, 200, 200),
    "/account/sign-out/everywhere/": (405, 405, 405, 405, 405),
    "/account/switched-off/": (200, 200, 200, 200, 200),
    "/account/second-factor/": (302, 302, 302, 302, 302),
    "/account/again/": (302, 302, 302, 302, 302),
    "/account/again/passkey/": (302, 302, 302, 302, 302),
    "/account/authenticator/": (302, 200, 200, 200, 200),
    "/account/authenticator/remove/": (302, 404, 404, 404, 404),
    "/account/recovery-codes/": (302, 404, 404, 404, 404),
    "/account/recovery-codes/new/": (302, 200, 200, 200, 200),
    "/account/recovery-codes/file/": (302, 404, 404, 404, 404),
    "/account/passkeys/new/": (302, 200, 200, 200, 200),
    "/account/passkeys/999999/": (302, 404, 404, 404, 404),
    "/account/passkeys/999999/remove/": (302, 404, 404, 404, 404),
    "/account/link/nothing/": (404, 404, 404, 404, 404),
    "/account/link/nothing/fresh/": (405, 405, 405, 405, 405),
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
    "/cms/series/evening/{event}/mails/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/write/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/html/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/words/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/test/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/approve/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/mails/{plan}/not-yet/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/call-back/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/again/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/throw-away/": (302, 403, 302, 200, 200),
    "/cms/series/talk/{talk}/withdraw/": (302, 403, 302, 200, 200),
    "/cms/series/talk/{talk}/reinstate/": (302, 403, 302, 200, 200),
    "/cms/series/talk/{talk}/introduce/{person}/": (302, 403, 302, 200, 200),
    # What is not there
    "/cms/series/999999/": (302, 403, 404, 404, 404),
    "/cms/series/999999/new/": (302, 403, 302, 404, 404),
    "/cms/series/evening/999999/programme/": (302, 403, 302, 404, 404),
    "/cms/series/evening/999999/mails/": (302, 403, 302, 404, 404),
    "/cms/series/evening/{event}/mails/nonsense/": (302, 403, 302, 404, 404),
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
    # The outbox
    "/cms/mails/": (302, 403, 302, 200, 200),
    "/cms/mails/messages/": (302, 403, 302, 200, 200),
    "/cms/mails/search/": (302, 403, 302, 200, 200),
    "/cms/mails/resume/": (302, 403, 302, 200, 200),
    "/cms/mails/{mail}/": (302, 403, 302, 200, 200),
    "/cms/mails/{mail}/call-back/": (302, 403, 302, 200, 200),
    "/cms/mails/{mail}/try-again/": (302, 403, 302, 200, 200),
    "/cms/mails/{mail}/send-again/": (302, 403, 302, 200, 200),
    "/cms/mails/999999/": (302, 403, 302, 404, 404),
    # The mailing list
    "/cms/subscribers/": (302, 403, 302, 200, 200),
    "/cms/subscribers/find/": (302, 403, 302, 302, 302),
    "/cms/subscribers/let-back/": (302, 403, 302, 405, 405),
    "/cms/subscribers/export/": (302, 403, 302, 405, 405),
    "/cms/subscribers/bring/": (302, 403, 302, 200, 200),
    "/cms/subscribers/bring/{list}/": (302, 403, 302, 200, 200),
    "/cms/subscribers/{subscriber}/": (302, 403, 302, 200, 200),
    "/cms/subscribers/{subscriber}/take-off/": (302, 403, 302, 200, 200),
    "/cms/subscribers/{subscriber}/erase/": (302, 403, 302, 200, 200),
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
    # Calendars, which are everybody's
    "/data-bites/calendar/": (200, 200, 200, 200, 200),
    "/data-bites/calendar.ics": (200, 200, 200, 200, 200),
    "/data-bites/{number}/event.ics": (200, 200, 200, 200, 200),
    "/data-bites/{number}/badge.png": (200, 200, 200, 200, 200),
    "/speakers/ada-vale/calendar/": (200, 200, 200, 200, 200),
    "/speakers/ada-vale/calendar.ics": (200, 200, 200, 200, 200),
    # Feeds, citations and what is shared, which are everybody's
    "/feeds/": (200, 200, 200, 200, 200),
    "/feeds/evenings/": (200, 200, 200, 200, 200),
    "/feeds/write-ups/": (200, 200, 200, 200, 200),
    "/feeds/podcast/": (200, 200, 200, 200, 200),
    "/feeds/podcast.png": (200, 200, 200, 200, 200),
    "/data-bites/feeds/evenings/": (200, 200, 200, 200, 200),
    "/data-bites/feeds/write-ups/": (200, 200, 200, 200, 200),
    "/data-bites/feeds/podcast/": (200, 200, 200, 200, 200),
    "/data-bites/feeds/podcast.png": (200, 200, 200, 200, 200),
    "/speakers/ada-vale/feeds/evenings/": (200, 200, 200, 200, 200),
    "/speakers/ada-vale/feeds/write-ups/": (200, 200, 200, 200, 200),
    "/asks/deadlines/": (200, 200, 200, 200, 200),
    "/asks/deadlines.ics": (200, 200, 200, 200, 200),
    "/data-bites/{number}/cite.bib": (200, 200, 200, 200, 200),
    "/data-bites/{number}/sound/chapters.json": (404, 404, 404, 404, 404),
    "/data-bites/{number}/sound/en.vtt": (404, 404, 404, 404, 404),
    "/data-bites/{number}/nothing/cite.bib": (404, 404, 404, 404, 404),
    "/data-bites/{number}/nothing/answers/change/": (404, 404, 404, 404, 404),
    "/data-bites/{number}/nothing/answers/change/cite.bib": (404, 404, 404, 404, 404),
    "/cards/evenings/{event}/00000000000000000000.png": (302, 302, 302, 302, 302),
    "/cards/evenings/999999/00000000000000000000.png": (404, 404, 404, 404, 404),
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
    "/data-bites/calendar/": (405, 405, 405, 405, 405),
    "/data-bites/calendar.ics": (405, 405, 405, 405, 405),
    "/speakers/ada-vale/calendar.ics": (405, 405, 405, 405, 405),
    "/feeds/evenings/": (405, 405, 405, 405, 405),
    "/feeds/podcast/": (405, 405, 405, 405, 405),
    "/asks/deadlines.ics": (405, 405, 405, 405, 405),
    "/data-bites/{number}/cite.bib": (405, 405, 405, 405, 405),
    "/cms/series/{series}/new/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/slot/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/number/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/programme/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/write-up/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/mails/write/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/words/": (302, 403, 302, 200, 200),
    "/cms/series/evening/{event}/mails/{plan}/test/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/mails/{plan}/approve/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/mails/{plan}/not-yet/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/mails/{plan}/call-back/": (302, 403, 302, 302, 302),
    "/cms/series/evening/{event}/mails/{plan}/again/": (302, 403, 302, 302, 302),
    "/cms/series/talk/{talk}/withdraw/": (302, 403, 302, 302, 302),
    "/cms/series/talk/{talk}/reinstate/": (302, 403, 302, 302, 302),
    "/cms/mails/search/": (302, 403, 302, 200, 200),
    "/cms/mails/resume/": (302, 403, 302, 302, 302),
    "/cms/mails/{mail}/try-again/": (302, 403, 302, 302, 302),
    "/cms/mails/{mail}/send-again/": (302, 403, 302, 302, 302),
    "/cms/mails/{mail}/call-back/": (302, 403, 302, 302, 302),
    "/cms/subscribers/find/": (302, 403, 302, 400, 400),
    "/cms/subscribers/export/": (302, 403, 302, 200, 200),
    "/cms/subscribers/let-back/": (302, 403, 302, 302, 302),
    "/cms/subscribers/bring/": (302, 403, 302, 400, 400),
    "/cms/subscribers/bring/{list}/": (302, 403, 302, 302, 302),
    "/cms/subscribers/{subscriber}/take-off/": (302, 403, 302, 302, 302),
    "/cms/subscribers/{subscriber}/erase/": (302, 403, 302, 302, 302),
    "/cms/series/talk/{talk}/introduce/{person}/": (302, 403, 302, 302, 302),
}


@pytest.fixture
def things():
    """One of each, by the name it has in the table."""
    talk = make_talk(event=make_event(series=make_series()), speakers=[make_speaker("Ada Vale")])
    refresh_calendar(talk.event_id)
    return {
        "series": talk.event.series,
        "event": talk.event,
        "talk": talk,
        "host": make_host(),
        "person": make_speaker(),
        "venue": make_venue(),
        "topic": Topic.objects.create(name="Maps"),
        "question": AudienceQuestion.objects.create(event=talk.event, as_asked="Why?"),
        "mail": put_in(1),
        "plan": Announcement.usual(event=talk.event, kind="write-up"),
        "subscriber": make_subscriber(),
        "list": AddressList.objects.create(filename="a.csv", way="proof", made_at=timezone.now()),
    }


def fill(address, things):
    """Pages and rows are in an address by their key, an evening's mails by their name, the evening by its number."""
    known = {name: thing.name if name == "plan" else thing.pk for name, thing in things.items()}
    known["number"] = things["event"].number
    return re.sub(r"\{(\w+)\}", lambda name: str(known[name[1]]), address)


@pytest.mark.parametrize(("place", "role"), list(enumerate(ROLES)))
def test_each_role_gets_where_the_table_says(client, things, place, role):
    if role != "anonymous":
        sign_in(client, role)
    answers = {address: client.get(fill(address, things)).status_code for address in GETS}
    assert answers == {address: statuses[place] for address, statuses in GETS.items()}


@pytest.mark.parametrize(("place", "role"), list(enumerate(ROLES)))
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
    things["mail"].refresh_from_db()
    assert (things["talk"].state, things["event"].written_up_on) == ("planned", None)
    assert things["mail"].state == "queued"
    assert (Announcement.objects.count(), OutgoingMail.objects.count()) == (0, 1)
    assert Subscriber.objects.get().headings() == list(Heading)


def test_table_has_each_address_of_an_account():
    from accounts.urls import urlpatterns

    filled = {"<int:pk>": "999999", "<str:token>": "nothing"}
    for pattern in urlpatterns:
        assert "/account/" + re.sub(r"<\w+:\w+>", lambda name: filled[name[0]], str(pattern.pattern)) in GETS


@pytest.mark.parametrize(
    "viewset", [EveningsViewSet(), OutboxViewSet(), SubscribersViewSet()], ids=["series", "mails", "subscribers"]
)
def test_table_has_each_address_of_our_menus(viewset):
    """A new view of ours is refused here until the table says who may open it."""
    known = {re.sub(r"\{\w+\}", "#", address) for address in GETS}
    root = reverse("wagtailadmin_home")
    for pattern in viewset.get_urlpatterns():
        assert f"{root}{viewset.url_prefix}/" + re.sub(r"<\w+:\w+>", "#", str(pattern.pattern)) in known
