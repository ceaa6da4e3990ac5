"""Nobody learns from the sign-in page whose addresses are known: not from its words, nor its work, nor its time."""

import re
import statistics
import sys
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mailing.models import OutgoingMail
from tests.accounts.signing import CODE, SIGN_IN, ask, enter
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TRIES = 50


def answers(email):
    """What a browser sees of three steps, without its own number and the address that was typed."""
    client = Client()
    steps = [ask(client, email), client.get(CODE), enter(client, "BBBB-BBBB"), client.get(SIGN_IN)]
    return [(step.status_code, headers_of(step), sorted(step.cookies), words_of(step, email)) for step in steps]


def headers_of(response):
    return sorted((name, value) for name, value in response.headers.items() if name != "Expires")


def words_of(response, email):
    words = response.content.decode().replace(email, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words)


def verbs(email):
    """The kinds of queries that each step makes, in order."""
    client = Client()
    kinds = []
    for step in (lambda: ask(client, email), lambda: client.get(CODE), lambda: enter(client, "BBBB-BBBB")):
        with CaptureQueriesContext(connection) as made:
            step()
        kinds.append([" ".join(query["sql"].split()[:1]) for query in made])
    return kinds


def test_known_and_unknown_addresses_get_the_same_answer():
    make_user("organiser", email="ada@example.org")
    assert answers("ada@example.org") == answers("eda@example.org")


def test_known_and_unknown_addresses_make_the_same_queries():
    make_user("organiser", email="ada@example.org")
    verbs("warm@example.org")
    known, unknown = verbs("ada@example.org"), verbs("eda@example.org")
    assert [sorted(step) for step in known] == [sorted(step) for step in unknown]


def test_unknown_address_is_kept_nowhere_and_gets_nothing():
    ask(Client(), "eda@example.org")
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.state, mail.filling) == ("nobody@example.invalid", "cancelled", {})


@contextmanager
def clock(times):
    began = time.perf_counter()
    yield
    times.append(time.perf_counter() - began)


def test_known_and_unknown_addresses_take_the_same_time(settings):
    """Medians over fifty each, in turn. The bound is generous: a busy machine must not fail us, a missing mail should.

    Writing the mail is about half of the work, so leaving it out shows at once. With `-s` the figures are printed.
    """
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": None}
    for number in range(TRIES):
        make_user("speaker", email=f"known{number}@example.org")
    ask(Client(), "warm@example.org")
    spent, looked, tried = ({"known": [], "other": []} for _ in range(3))
    for number in range(TRIES):
        # Each is first as often as the other: what is second finds a warmer machine.
        for kind in ("known", "other") if number % 2 else ("other", "known"):
            client = Client()
            with clock(spent[kind]):
                ask(client, f"{kind}{number}@example.org")
            with clock(looked[kind]):
                client.get(CODE)
            with clock(tried[kind]):
                enter(client, "BBBB-BBBB")
    for step, times in (("asking for a code", spent), ("the page after it", looked), ("a wrong code", tried)):
        known, other = (statistics.median(times[kind]) * 1000 for kind in ("known", "other"))
        sys.stdout.write(f"{step}: known {known:.2f} ms, unknown {other:.2f} ms, gap {known - other:+.2f} ms\n")
        assert abs(known - other) < max(2.0, 0.25 * known)
