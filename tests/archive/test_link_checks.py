"""Asking other servers: what counts as an answer, who is never asked, and how often."""

import datetime as dt
import socket

import pytest
import time_machine
from django.core.cache import cache

from archive.linking.checking import check_some
from archive.linking.fetching import Outcome, agent, is_on_the_web, look
from archive.linking.finding import host_of, key_of
from archive.models import Link, LinkState, Mention
from tests.archive.web import a_web
from tests.factories import START, make_event

UNASKED, WELL, FAILING, MOVED = LinkState.UNASKED, LinkState.WELL, LinkState.FAILING, LinkState.MOVED


def anywhere(address, port):
    return True


@pytest.fixture
def web():
    cache.clear()
    with a_web() as web:
        yield web


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (200, WELL, ""),
        (204, WELL, ""),
        (299, WELL, ""),
        (404, FAILING, "The page is not there any more."),
        (410, FAILING, "The page is not there any more."),
        (500, FAILING, "Its server answers with an error (500)."),
        (403, UNASKED, "Its server keeps programs out, so we can’t tell."),
        (429, UNASKED, "Its server keeps programs out, so we can’t tell."),
        (302, FAILING, "Its server answers with an error (302)."),
    ],
)
def test_answer_is_understood(web, status, state, reason):
    web.pages["/a"] = (status, {})
    assert look(f"{web.origin}/a", allows=anywhere) == Outcome(state, status, reason)


def test_page_that_is_there_is_asked_for_once_and_by_name(web):
    web.pages["/a"] = (200, {})
    look(f"{web.origin}/a", allows=anywhere)
    look(f"{web.origin}/a", allows=anywhere)
    assert web.asked == [("GET", "/robots.txt"), ("HEAD", "/a"), ("HEAD", "/a")]
    assert web.agents == {agent()} == {"DataBitesLinks/1 (+http://127.0.0.1:8000/links/)"}


def test_server_that_knows_no_head_is_asked_with_get(web):
    web.pages["/a"] = (299, {})
    look(f"{web.origin}/a", allows=anywhere)
    assert web.asked[1:] == [("HEAD", "/a"), ("GET", "/a")]


@pytest.mark.parametrize(("status", "state", "leads_to"), [(301, MOVED, "/b"), (308, MOVED, "/b"), (302, WELL, "")])
def test_only_what_has_moved_for_good_has_moved(web, status, state, leads_to):
    web.pages |= {"/a": (status, {"Location": "/b"}), "/b": (200, {})}
    expected = Outcome(state, 200, "", f"{web.origin}{leads_to}" if leads_to else "")
    assert look(f"{web.origin}/a", allows=anywhere) == expected


def test_circle_ends(web):
    web.pages |= {"/a": (301, {"Location": "/b"}), "/b": (301, {"Location": "/a"})}
    assert look(f"{web.origin}/a", allows=anywhere) == Outcome(FAILING, 301, "It leads on and on.")
    assert len(web.asked) == 7


@pytest.mark.parametrize("leads_to", ["ftp://example.org/", "javascript:alert(1)", "file:///etc/passwd"])
def test_page_that_leads_off_the_web_is_not_followed(web, leads_to):
    web.pages["/a"] = (301, {"Location": leads_to})
    assert look(f"{web.origin}/a", allows=anywhere) == Outcome(FAILING, 301, "It leads to no web page.")


@pytest.mark.parametrize(
    ("robots", "state"),
    [
        ("User-agent: *\nDisallow: /private", WELL),
        ("User-agent: *\nDisallow: /", UNASKED),
        ("User-agent: *\nDisallow: /\n\nUser-agent: DataBitesLinks\nAllow: /", WELL),
        ("\x00\xff nothing that can be read", WELL),
    ],
)
def test_robots_txt_is_followed(web, robots, state):
    web.robots, web.pages["/a"] = robots, (200, {})
    assert look(f"{web.origin}/a", allows=anywhere).state == state
    assert (("HEAD", "/a") in web.asked) == (state == WELL)


# Who is never asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "::",
    ],
)
def test_address_of_a_network_of_our_own_is_not_on_the_web(address):
    assert is_on_the_web(address, 443) is False


@pytest.mark.parametrize(("port", "expected"), [(80, True), (443, True), (22, False), (6379, False), (8080, False)])
def test_only_ports_of_the_web_are_asked(port, expected):
    assert is_on_the_web("93.184.215.14", port) is expected


def test_machine_of_our_own_is_not_connected_to(web):
    web.pages["/a"] = (200, {})
    words = "It is on no public address of the web, so we don’t ask."
    assert look(f"{web.origin}/a") == Outcome(UNASKED, None, words)
    assert web.asked == []


def test_redirect_to_a_machine_of_our_own_is_not_followed(web):
    """The first hop may be asked here and the second not, as a page on the web may lead into our network."""
    with a_web() as inside:
        inside.pages["/secret"] = (200, {})
        web.pages["/a"] = (302, {"Location": f"{inside.origin}/secret"})
        port = int(web.origin.rpartition(":")[2])
        assert look(f"{web.origin}/a", allows=lambda _, asked: asked == port).state == UNASKED
        assert inside.asked == []


def test_name_that_changes_its_mind_gains_nothing(web, monkeypatch):
    """What was looked at is what is connected to: the name is asked for once."""
    answers = iter(["127.0.0.1"])
    real = socket.getaddrinfo

    def once(host, *args, **kwargs):
        return real(next(answers) if host == "rebinding.example" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    port = web.origin.rpartition(":")[2]
    web.robots = ""
    assert look(f"http://rebinding.example:{port}/a", allows=lambda *_: False).state == UNASKED
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://nowhere.invalid/", "Its name is not known any more."),
        ("http://127.0.0.1:1/", "Its server can’t be reached."),
        ("http://" + "a" * 70 + ".example/", "Its name is not known any more."),
    ],
)
def test_server_that_is_not_there_is_told_in_words(web, monkeypatch, url, reason):
    real = socket.getaddrinfo

    def unknown(host, *args, **kwargs):
        if host.endswith(".invalid"):
            raise socket.gaierror("Name or service not known")
        if len(host) > 63:
            raise UnicodeError("label empty or too long")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert look(url, allows=anywhere) == Outcome(FAILING, None, reason)


# How often


@pytest.fixture
def links(db):
    cache.clear()
    event = make_event(number=60)
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1"]
    rows = [Link(url=url, key=key_of(url), host=host_of(url), due_at=START, named_at=START) for url in urls]
    for link in Link.objects.bulk_create(rows):
        Mention.objects.create(link=link, event=event, label="A link")
    return rows


def checked(look):
    with time_machine.travel(START + dt.timedelta(days=1)):
        return check_some(look=look)


def test_host_is_asked_once_a_minute(links):
    asked = []

    def well(url):
        asked.append(url)
        return Outcome(LinkState.WELL, 200)

    assert (checked(well), checked(well)) == (2, 0)
    assert asked == ["https://a.example/1", "https://b.example/1"]
    cache.clear()
    assert (checked(well), checked(well)) == (1, 0)
    assert asked[2:] == ["https://a.example/2"]
    assert set(Link.objects.values_list("state", flat=True)) == {"well"}


def test_link_that_is_named_nowhere_or_was_put_aside_is_left_alone(links):
    Mention.objects.filter(link=links[0]).delete()
    Link.objects.filter(pk__in=[links[1].pk, links[2].pk]).update(ignored_at=START)
    assert checked(lambda url: pytest.fail(url)) == 0


def test_link_that_another_worker_has_is_left_to_it(links):
    def slow(url):
        cache.clear()  # as if a minute had passed
        assert check_some(look=lambda other: Outcome(LinkState.WELL, 200) if other != url else pytest.fail(url)) >= 0
        return Outcome(LinkState.WELL, 200)

    checked(slow)
    assert Link.objects.filter(state="well").count() == 3
