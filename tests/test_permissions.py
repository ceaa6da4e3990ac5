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

from archive.models import Transcript
from archive.recording_screen import RecordingViewSet
from events.entries import refresh_calendar
from events.models import Announcement, AudienceQuestion
from events.viewsets import EveningsViewSet
from mailing.enums import Heading
from mailing.models import AddressList, OutgoingMail, Subscriber
from mailing.outbox_admin import OutboxViewSet
from mailing.viewsets.subscribers import SubscribersViewSet
from speakers.models import Invitation, Promise, PromiseReply
from speakers.views.promises import PromisesViewSet
from tests.admin import sign_in
from tests.archive.transcribing import transcribe
from tests.factories import make_event, make_host, make_series, make_speaker, make_talk, make_topic, make_venue
from tests.mailing.conftest import put_in
from tests.mailing.signing import make_subscriber
from tests.permission_table import GETS, POSTS, ROLES
from tests.speakers.promises.making import make_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def things():
    """One of each, by the name it has in the table."""
    talk = make_talk(event=make_event(series=make_series()), speakers=[make_speaker("Ada Vale")])
    refresh_calendar(talk.event_id)
    invitation = Invitation.objects.create(
        contribution=talk.contribution,
        speaker=make_speaker("Ben Ek"),
        address="ben@example.org",
        sent_at=timezone.now(),
    )
    transcribe(talk.event)
    promised = make_promise(number=999)
    said = {"contribution": promised.contribution, "said": "A map.", "outcome": "done"}
    return {
        "invitation": invitation,
        "series": talk.event.series,
        "event": talk.event,
        "talk": talk,
        "host": make_host(),
        "person": make_speaker(),
        "venue": make_venue(),
        "topic": make_topic(name="Maps"),
        "question": AudienceQuestion.objects.create(event=talk.event, as_asked="Why?"),
        "mail": put_in(1),
        "plan": Announcement.usual(event=talk.event, kind="write-up"),
        "subscriber": make_subscriber(),
        "promise": Promise.objects.get(),
        "reply": PromiseReply.objects.create(**said, replied_on="2026-01-01", at=timezone.now()),
        "list": AddressList.objects.create(filename="a.csv", way="proof", made_at=timezone.now()),
    }


def fill(address, things):
    """Pages and rows are in an address by their key, an evening's mails by their name, the evening by its number."""
    known = {name: thing.name if name == "plan" else thing.pk for name, thing in things.items()}
    known |= {"number": things["event"].number, "kind": "video", "language": "en"}
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
    assert Invitation.objects.standing().count() == 1
    assert (Announcement.objects.count(), OutgoingMail.objects.count()) == (0, 1)
    assert Subscriber.objects.get().headings() == list(Heading)
    assert Transcript.objects.count() == 1
    assert [reply.is_waiting for reply in PromiseReply.objects.all()] == [True]


def test_table_has_each_address_of_an_account():
    from accounts.urls import urlpatterns

    filled = {"<int:pk>": "999999", "<str:token>": "nothing"}
    for pattern in urlpatterns:
        assert "/account/" + re.sub(r"<\w+:\w+>", lambda name: filled[name[0]], str(pattern.pattern)) in GETS


@pytest.mark.parametrize(
    "viewset",
    [EveningsViewSet(), RecordingViewSet(), PromisesViewSet(), OutboxViewSet(), SubscribersViewSet()],
    ids=["series", "recording", "promises", "mails", "subscribers"],
)
def test_table_has_each_address_of_our_menus(viewset):
    """A new view of ours is refused here until the table says who may open it."""
    known = {re.sub(r"\{\w+\}", "#", address) for address in GETS}
    root = reverse("wagtailadmin_home")
    for pattern in viewset.get_urlpatterns():
        assert f"{root}{viewset.url_prefix}/" + re.sub(r"<\w+:\w+>", "#", str(pattern.pattern)) in known
