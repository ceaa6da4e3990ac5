"""A real browser before the running site: Debian's Chromium, driven by Playwright."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, sync_playwright

from pages.cache import bump
from tests.conftest import chromium_path
from tests.database import keep_first_rows

from .answering import Reader

# Playwright's synchronous side runs an event loop in this thread, and Django would take our queries for its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium(first_rows: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Beside Playwright's loop Django opens another connection, which knows nothing of those rows.
        keep_first_rows(first_rows)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page in the browser, with what it asked of other hosts and what it complained about."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        host = urlsplit(site).netloc
        page.on("request", lambda r: self.elsewhere.append(r.url) if urlsplit(r.url).netloc not in (host, "") else None)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path, wait_until="load")
        return self.page


@pytest.fixture
def visit(chromium: Browser, live_server: Any, empty_cache: None) -> Iterator[Callable[..., Visit]]:
    """Call it with a window's width, a scheme, whether scripts run; gives a Visit to the running site."""
    contexts = []

    def begin(*, width: int = 1280, scheme: Any = "light", scripts: bool = True) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=scripts
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Visit(context.new_page(), live_server.url)

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def empty_cache() -> None:
    cache.clear()
    bump()


@pytest.fixture
def reader_of(chromium: Browser) -> Iterator[Callable[..., Reader]]:
    contexts = []

    def reader(response: HttpResponse, frame: str = "", **options: Any) -> Reader:
        window: dict[str, Any] = {"viewport": {"width": 390, "height": 700}, "reduced_motion": "reduce"}
        contexts.append(chromium.new_context(**window, **options))
        found = Reader(contexts[-1].new_page(), response, frame)
        found.open()
        return found

    yield reader
    for context in contexts:
        context.close()
