"""Asking another server whether a page is still there: politely, and never a machine of our own network.

Each address that a name stands for is looked at before anything is sent, and it is that address which is connected to:
a name that says one thing when it is checked and another when it is used gains nothing (server-side request forgery,
https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html).
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from django.conf import settings
from django.core.cache import cache
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as NoAnswerInTime
from urllib3.util import Timeout

from ..models import LinkState

NAME = "DataBitesLinks"
SECONDS = Timeout(connect=5, read=10)
MOST_HOPS = 5
ROBOTS_BYTES = 500 * 1024  # RFC 9309, section 2.5
ROBOTS_KEPT_SECONDS = 24 * 60 * 60
FOR_GOOD = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
# The page may well be there: its server wants a person, or more time.
KEEPS_PROGRAMS_OUT = (401, 403, 407, 429, 451, 999)
Allows = Callable[[str, int], bool]


class NotOnTheWeb(HTTPError):
    """A name stands for an address that isn't a public one, or the port is none of the web's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found. `leads_to` is where the page has moved for good."""

    state: LinkState
    status: int | None = None
    reason: str = ""
    leads_to: str = ""


def is_on_the_web(address: str, port: int) -> bool:
    """A public address, and a port on which web pages are."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return port in (80, 443) and found.is_global and not found.is_multicast


class _Guarded:
    """Connects to an address that was looked at, while everything else goes by the name."""

    allows: Allows

    def _new_conn(self: Any) -> socket.socket:
        named = self._dns_host
        try:
            found = socket.getaddrinfo(named, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(named, self, socket.gaierror(str(error))) from error
        addresses = [str(row[4][0]) for row in found]
        if not addresses or not all(self.allows(address, self.port) for address in addresses):
            raise NotOnTheWeb(named)
        self._dns_host = addresses[0]
        try:
            return super()._new_conn()  # type: ignore[misc,no-any-return]
        finally:
            self._dns_host = named


def pools(allows: Allows = is_on_the_web) -> urllib3.PoolManager:
    """Connections that are guarded. No proxy of the environment is used."""
    guard = {"allows": staticmethod(allows)}
    plain: Any = type("GuardedHTTP", (_Guarded, HTTPConnection), guard)
    secure: Any = type("GuardedHTTPS", (_Guarded, HTTPSConnection), guard)
    manager = urllib3.PoolManager(num_pools=4, retries=False, timeout=SECONDS, headers={"User-Agent": agent()})
    manager.pool_classes_by_scheme = {
        "http": type("PlainPool", (urllib3.HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SecurePool", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }
    return manager


def agent() -> str:
    return f"{NAME}/1 (+{settings.SITE_URL}/links/)"


def look(url: str, *, allows: Allows = is_on_the_web) -> Outcome:
    """Ask whether there is a page at an address. At most six requests, and as many for robots.txt."""
    manager = pools(allows)
    try:
        return _follow(manager, url)
    except NotOnTheWeb:
        return Outcome(LinkState.UNASKED, reason="It is on no public address of the web, so we don’t ask.")
    except NameResolutionError:
        return Outcome(LinkState.FAILING, reason="Its name is not known any more.")
    except NewConnectionError:
        return Outcome(LinkState.FAILING, reason="Its server can’t be reached.")
    except NoAnswerInTime:
        return Outcome(LinkState.FAILING, reason="Its server did not answer in time.")
    except SSLError:
        return Outcome(LinkState.FAILING, reason="Its certificate can’t be trusted.")
    except (HTTPError, ValueError, OSError):
        return Outcome(LinkState.FAILING, reason="Its server gave no answer that can be read.")
    finally:
        manager.clear()


def _follow(manager: urllib3.PoolManager, url: str) -> Outcome:
    here, for_good = url, True
    for _ in range(MOST_HOPS + 1):
        if not may_ask(manager, here):
            return Outcome(LinkState.UNASKED, reason="Its robots.txt asks programs to stay away.")
        status, location = _ask(manager, here)
        if status not in REDIRECTS or not location:
            return _outcome(status, here if for_good and here != url else "")
        here, for_good = urljoin(here, location), for_good and status in FOR_GOOD
        if urlsplit(here).scheme not in ("http", "https"):
            return Outcome(LinkState.FAILING, status, "It leads to no web page.")
    return Outcome(LinkState.FAILING, status, "It leads on and on.")


def _outcome(status: int, leads_to: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome(LinkState.MOVED if leads_to else LinkState.WELL, status, leads_to=leads_to)
    if status in KEEPS_PROGRAMS_OUT:
        return Outcome(LinkState.UNASKED, status, "Its server keeps programs out, so we can’t tell.")
    if status in (404, 410):
        return Outcome(LinkState.FAILING, status, "The page is not there any more.")
    return Outcome(LinkState.FAILING, status, f"Its server answers with an error ({status}).")


def _ask(manager: urllib3.PoolManager, url: str) -> tuple[int, str]:
    """Status and Location. Some servers know no HEAD: where it goes wrong, GET decides, of which no body is read."""
    for method in ("HEAD", "GET"):
        response = manager.request(method, url, redirect=False, preload_content=False)
        try:
            status, location = response.status, response.headers.get("Location", "")
        finally:
            response.close()
        if status < 400:
            break
    return status, location


def may_ask(manager: urllib3.PoolManager, url: str) -> bool:
    """What robots.txt says (RFC 9309), kept for a day. One that is missing allows all, one that fails nothing."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    key = f"links.robots.{origin}"[:200]
    lines = cache.get(key)
    if lines is None:
        lines = _robots(manager, f"{origin}/robots.txt")
        cache.set(key, lines, ROBOTS_KEPT_SECONDS)
    rules = RobotFileParser()
    rules.parse(lines)
    return rules.can_fetch(NAME, url)


def _robots(manager: urllib3.PoolManager, url: str) -> list[str]:
    here = url
    for _ in range(MOST_HOPS + 1):
        response = manager.request("GET", here, redirect=False, preload_content=False)
        try:
            if response.status in REDIRECTS and response.headers.get("Location"):
                here = urljoin(here, response.headers["Location"])
                continue
            if response.status >= 500:
                return ["User-agent: *", "Disallow: /"]
            text = b"".join(iter(partial(response.read, 64 * 1024), b"")) if response.status == 200 else b""
            return text[:ROBOTS_BYTES].decode("utf-8", "replace").splitlines()
        finally:
            response.close()
    return []
