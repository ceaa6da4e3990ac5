"""How often a code may be asked for: by address and by source, in all processes together."""

import os
import subprocess
import sys
from collections import Counter

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from mailing.models import OutgoingMail
from tests.accounts.signing import CODE, ask, said
from tests.conftest import ROOT
from tests.factories import START, make_user

pytestmark = pytest.mark.django_db
TOO_MANY = "Those were too many tries. Wait a few minutes, then try again."


@pytest.mark.parametrize("email", ["ada@example.org", "eda@example.org"])
def test_fourth_code_of_a_minute_is_refused_known_or_not(email):
    make_user("speaker", email="ada@example.org")
    with time_machine.travel(START, tick=False) as clock:
        asked = [ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), email.upper()) for number in range(4)]
        assert [response.status_code for response in asked] == [302, 302, 302, 200]
        assert said(asked[3]) == [TOO_MANY]
        clock.shift(61)
        assert ask(Client(), email)["Location"] == CODE


def test_thirteenth_code_of_an_hour_is_refused():
    make_user("speaker", email="ada@example.org")
    statuses = []
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(13):
            statuses.append(ask(Client(), "ada@example.org").status_code)
            clock.shift(61)
    assert statuses == [302] * 12 + [200]
    assert OutgoingMail.objects.count() == 12


def test_one_source_asks_for_thirty_addresses_a_minute_and_another_is_not_held_up():
    statuses = Counter(ask(Client(), f"someone{number}@example.org").status_code for number in range(31))
    assert statuses == {302: 30, 200: 1}
    assert ask(Client(REMOTE_ADDR="192.0.2.9"), "other@example.org").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "statuses"),
    [
        # Nobody in front: the header is the reader's own invention, and is not read.
        (0, {302: 30, 200: 1}),
        # One proxy, which adds what it sees at the end: each reader counts by themselves.
        (1, {302: 31}),
    ],
)
def test_source_behind_a_proxy_is_the_reader(settings, proxies, statuses):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    seen = Counter()
    for number in range(31):
        client = Client(headers={"X-Forwarded-For": f"10.0.0.1, 198.51.100.{number}"})
        seen[ask(client, f"someone{number}@example.org").status_code] += 1
    assert seen == statuses


def test_forged_source_does_not_get_past_a_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    seen = Counter()
    for number in range(31):
        client = Client(headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"})
        seen[ask(client, f"someone{number}@example.org").status_code] += 1
    assert seen == {302: 30, 200: 1}


OTHER_PROCESS = """
import os
import config.settings.test as settings
settings.CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": os.environ["SHARED_CACHE"]
}
import django
django.setup()
from allauth.core import context, ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/account/sign-in/", REMOTE_ADDR="192.0.2.77")
with context.request_context(request):
    print([ratelimit.consume(request, action="request_login_code", key="ada@example.org") for _ in range(2)])
"""


def test_two_processes_count_together(settings, tmp_path):
    """Two asked for here and two in a process of its own, with a cache that both have: the last is refused."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    }
    cache.clear()
    assert [ask(Client(), "ada@example.org").status_code for _ in range(2)] == [302, 302]
    environment = {**os.environ, "SHARED_CACHE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment |= {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", "DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "[True, False]\n", done.stderr
    assert said(ask(Client(), "ada@example.org")) == [TOO_MANY]
