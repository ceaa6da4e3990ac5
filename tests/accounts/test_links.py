"""One-time links: scanners open them and nothing happens, a person presses the button and is in, once."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from accounts.links import NotOurs, make_sign_in_link, use_link, withdraw_links
from accounts.models import SignInLink, User
from mailing.models import OutgoingMail
from tests.accounts.signing import SECOND, app_shows, ask, give_authenticator, who
from tests.factories import START, make_user
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
OPENED = "/account/link/"


@pytest.fixture
def ada():
    return make_user("speaker", email="ada@example.org")


def make_link(user, *, goal="/account/second-factor/", hours=1, purpose="invitation:12"):
    expires_at = timezone.now() + dt.timedelta(hours=hours)
    return make_sign_in_link(user=user, purpose=purpose, next=goal, expires_at=expires_at)


def path(link):
    return f"{OPENED}{link.token}/"


def test_link_signs_in_once_and_leads_where_it_should(client, ada):
    link = make_link(ada)
    page = whole(client.get(path(link)).content)
    assert lines(page, "main button") == ["Sign in and go on"]
    assert page.select_one("main form")["action"] == path(link)
    entered = client.post(path(link))
    assert (entered.status_code, entered["Location"]) == (302, "/account/second-factor/")
    assert who(client) == "ada@example.org"
    assert link.url == f"http://127.0.0.1:8000{path(link)}"


@pytest.mark.parametrize("times", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_scanners_change_nothing(client, ada, times):
    link = make_link(ada)
    before = SignInLink.objects.values().get()
    client.get(path(link))
    with CaptureWrites() as written:
        for number in range(times):
            scanner = Client()
            assert (scanner.get if number % 2 else scanner.head)(path(link)).status_code == 200
    assert written == []
    assert SignInLink.objects.values().get() == before
    assert who(client) == ""
    client.post(path(link))
    assert who(client) == ada.email


class CaptureWrites(list):
    """Every statement that isn't a look."""

    def __enter__(self):
        self.wrapper = connection.execute_wrapper(self.note)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *args):
        self.wrapper.__exit__(*args)

    def note(self, execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith("SELECT"):
            self.append(sql)
        return execute(sql, params, many, context)


def test_used_link_says_so_and_offers_a_fresh_one_to_the_same_address(ada):
    with time_machine.travel(START, tick=False) as clock:
        link = make_link(ada)
        Client().post(path(link))
        clock.shift(60)
        late = Client()
        for response in (late.get(path(link)), late.post(path(link))):
            page = whole(response.content)
            assert response.status_code == 410
            assert lines(page, "h1") == ["This link no longer works"]
            assert "It was used on Wednesday 26 November 2025, 6pm, and a link works once." in lines(page, "main p")
            assert ada.email not in response.content.decode()
        assert who(late) == ""
        sent = late.post(f"{path(link)}fresh/")
        assert lines(whole(sent.content), "h1") == ["A new link is on its way"]
        assert ada.email not in sent.content.decode()
        mail = OutgoingMail.objects.get()
        fresh = SignInLink.objects.latest("pk")
        assert (mail.recipient, mail.urgency, mail.filling) == (
            ada.email,
            0,
            {"link": fresh.url, "until": "Thursday 27 November 2025, 6.01pm"},
        )
        assert (fresh.purpose, fresh.leads_to) == (link.purpose, link.leads_to)
        late.post(path(fresh))
        assert who(late) == ada.email


def test_old_link_says_until_when_it_worked(client, ada):
    with time_machine.travel(START, tick=False) as clock:
        link = make_link(ada)
        clock.shift(3600)
        assert client.post(path(link)).status_code == 410
        assert "It worked until Wednesday 26 November 2025, 7pm." in lines(
            whole(client.get(path(link)).content), "main p"
        )
        assert who(client) == ""


def test_fresh_links_are_counted(client, ada):
    link = make_link(ada, hours=-1)
    statuses = [client.post(f"{path(link)}fresh/").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert OutgoingMail.objects.count() == 3
    assert lines(whole(client.post(f"{path(link)}fresh/").content), "h1") == ["Too many tries"]


def test_link_that_still_works_is_not_replaced(client, ada):
    link = make_link(ada)
    assert client.post(f"{path(link)}fresh/")["Location"] == path(link)
    assert client.get(f"{path(link)}fresh/").status_code == 405
    assert OutgoingMail.objects.count() == 0


def test_withdrawn_link_offers_nothing(client, ada):
    link, other = make_link(ada), make_link(ada, purpose="invitation:13")
    assert withdraw_links(user=ada, purpose="invitation:12") == 1
    response = client.post(path(link))
    assert (response.status_code, lines(whole(response.content), "main button")) == (410, [])
    assert client.post(f"{path(link)}fresh/").status_code == 410
    assert OutgoingMail.objects.count() == 0
    client.post(path(other))
    assert who(client) == ada.email


def test_link_of_somebody_switched_off_offers_nothing(client, ada):
    link = make_link(ada)
    User.objects.update(is_active=False)
    assert client.get(path(link)).status_code == 410
    assert client.post(path(link)).status_code == 410
    assert client.post(f"{path(link)}fresh/").status_code == 410
    assert who(client) == ""


@pytest.mark.parametrize(
    "change",
    [lambda t: t[:-1], lambda t: "g" + t[1:], lambda t: t.split(".")[0], lambda t: "x"],
    ids=["shortened", "altered", "unsigned", "invented"],
)
def test_link_that_is_not_whole_says_so(client, ada, change):
    token = change(make_link(ada).token)
    for response in (
        client.get(f"{OPENED}{token}/"),
        client.post(f"{OPENED}{token}/"),
        client.post(f"{OPENED}{token}/fresh/"),
    ):
        assert (response.status_code, lines(whole(response.content), "h1")) == (404, ["This link is not whole"])


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/", "/\\evil.example", "account/", ""])
def test_link_leads_to_a_path_of_ours_or_is_not_made(ada, goal):
    with pytest.raises(NotOurs):
        make_link(ada, goal=goal)
    assert SignInLink.objects.count() == 0


def test_second_factor_is_asked_for_behind_a_link_too(client):
    olive = make_user("organiser")
    give_authenticator(olive)
    link = make_link(olive, goal="/cms/")
    assert client.post(path(link))["Location"] == SECOND
    assert client.get("/cms/").status_code == 302
    assert client.post(SECOND, {"code": app_shows()})["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_link_of_somebody_else_asks_before_it_changes_who_is_signed_in(client, ada):
    ben = make_user("speaker", email="ben@example.org")
    client.post(path(make_link(ben)))
    link = make_link(ada)
    note = lines(whole(client.get(path(link)).content), ".note")[0]
    assert note.startswith("You are signed in as ben@example.org, and this link was sent to somebody else.")
    assert who(client) == ben.email
    client.post(path(link))
    assert who(client) == ada.email


def test_link_of_ones_own_leads_on_and_is_used(client, ada):
    client.post(path(make_link(ada)))
    link = make_link(ada, goal="/about/")
    session = client.session.session_key
    assert client.post(path(link))["Location"] == "/about/"
    assert client.session.session_key == session
    link.refresh_from_db()
    assert link.used_at is not None


def test_link_ends_a_sign_in_that_was_halfway(client, ada):
    ask(client, "somebody@example.org")
    client.post(path(make_link(ada)))
    assert who(client) == ada.email


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_presses_at_the_same_time_are_one():
    link = make_link(make_user("speaker"))
    outcomes = []
    gate = threading.Barrier(2)

    def press():
        gate.wait()
        try:
            outcomes.append(use_link(link=SignInLink.objects.get()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    assert link.used_at is None
