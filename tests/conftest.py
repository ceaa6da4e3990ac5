"""What every test stands on: no network but this machine's own, and needs that are said instead of guessed."""

import ipaddress
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from tests.database import (  # noqa: F401  fixtures and hooks of the whole suite
    django_db_keepdb,
    django_db_modify_db_settings,
    empties_the_database,
    first_rows,
    pytest_collection_modifyitems,
    pytest_runtest_teardown,
)
from tests.indexes import indexes  # noqa: F401  a fixture of the whole suite
from tests.remembering import memory

# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


class NetworkBlocked(BaseException):
    """A test asked another machine for something. Not an Exception, so that no code under test can swallow it."""


def chromium_path() -> str | None:
    """The browser of the journeys: Debian's own, or what CHROMIUM names."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


def libreoffice_path() -> str | None:
    """LibreOffice with its program for slides, which is a package of its own: or what LIBREOFFICE names."""
    found = shutil.which(os.environ.get("LIBREOFFICE") or "soffice")
    impress = Path(found).resolve().parent / "simpress" if found else None
    return found if impress is not None and impress.exists() else None


# Where `.ci/run`, or you, installed what tests/calendar_readers/package.json names.
NODE_READERS = ROOT / "var" / "calendar_readers"

# The same for tests/html/package.json.
VNU = ROOT / "var" / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def libical_is_here() -> bool:
    """Its headers, and what compiles a program against them."""
    if not (shutil.which("cc") and shutil.which("pkg-config")):
        return False
    return subprocess.run(["pkg-config", "--exists", "libical"], check=False).returncode == 0


# Marker → (is it here, why the test is skipped where it isn't).
NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "needs_chromium": (lambda: chromium_path() is not None, "needs Chromium: install it, or name it with CHROMIUM"),
    "needs_postgres": (
        lambda: "postgresql" in settings.DATABASES["default"]["ENGINE"],
        "needs PostgreSQL: name a server with DATABASE_URL=postgres://…",
    ),
    "needs_node": (
        lambda: shutil.which("node") is not None and (NODE_READERS / "node_modules" / "ical.js").is_dir(),
        "needs Node.js and the programs of tests/calendar_readers/package.json in var/calendar_readers",
    ),
    "needs_vnu": (
        lambda: shutil.which("java") is not None and VNU.is_file(),
        "needs Java and the program of tests/html/package.json in var/html",
    ),
    "needs_libical": (libical_is_here, "needs libical's headers, a C compiler and pkg-config"),
    "needs_libreoffice": (
        lambda: libreoffice_path() is not None,
        "needs LibreOffice Impress: install it, or name its soffice with LIBREOFFICE",
    ),
    "needs_shared": (SHARED.is_dir, "needs the folder `shared` beside the repository"),
}

# What an installation may do without, and 300 MB: `.ci/run` doesn't install it, and a program stands in for it in all
# tests but the one that is skipped there, with its reason in the summary.
NOT_IN_CI = {"needs_libreoffice"}


def unmet_need(marks: set[str]) -> str | None:
    """Why a test with these marks can't run here; None where it can."""
    return next((why for name, (is_here, why) in NEEDS.items() if name in marks and not is_here()), None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """pytest-django's own, in the first test that asks for it: which begins when the migrations' rows are there."""
    memory.begin(in_tree=memory.in_tree)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    marks = {mark.name for mark in item.iter_markers()}
    why = unmet_need(marks)
    if why and IN_CI and not marks & NOT_IN_CI:
        pytest.fail(f"CI must have everything, and this test {why}", pytrace=False)
    elif why:
        pytest.skip(why)
    memory.begin(in_tree=not (empties_the_database(item) or {"transactional_db", "live_server"} & {*item.fixturenames}))
    # The same test pages have the same addresses in each test.
    cache.clear()


def is_this_machine(address: Any) -> bool:
    """Whether a socket's address stays here: a Unix socket's path, or a loopback host and a port."""
    if not isinstance(address, tuple):
        return True
    try:
        return ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback
    except ValueError:
        return address[0] in {"", "localhost"}


def refuse(address: Any) -> NoReturn:
    raise NetworkBlocked(f"A test tried to reach {address}. Tests stay on this machine: use a fake.")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connections, datagrams and look-ups of names end at this machine."""

    def guarded(method: str) -> Callable[..., Any]:
        original = getattr(socket.socket, method)

        def call(self: socket.socket, *args: Any) -> Any:
            return original(self, *args) if is_this_machine(args[-1]) else refuse(args[-1])

        return call

    original_lookup = socket.getaddrinfo

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return original_lookup(host, *args, **kwargs) if is_this_machine((name or "",)) else refuse(name)

    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, guarded(method))
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


@pytest.fixture
def real_write_up() -> Path:
    """The real write-up; a test that asks for it is marked needs_shared."""
    return SHARED / "seeds" / "data-bites-60.txt"
