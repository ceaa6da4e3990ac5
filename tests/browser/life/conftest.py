"""A stage: the site in its own process, a mail server, an organiser at the desk, and a talk three weeks away."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from events.models import TalkPage
from tests.admin import sign_in
from tests.browser.life.house import Post, Site
from tests.factories import make_event, make_speaker, make_talk, make_venue
from tests.mailing.sink import Sink, running

ADA = "ada@example.org"


@dataclass
class Stage:
    site: Site
    post: Post
    talk: TalkPage
    organiser: str
    open: Callable[..., BrowserContext]
    cookie: dict[str, Any]
    complaints: list[str] = field(default_factory=list)

    def desk(self) -> Page:
        """The organiser's window."""
        context = self.open()
        context.add_cookies([self.cookie])  # type: ignore[list-item]
        return context.new_page()

    @property
    def talk_url(self) -> str:
        return f"{self.site.url}/portal/{self.talk.pk}/"


@pytest.fixture
def stage(chromium: Browser, tmp_path: Path, transactional_db: None) -> Iterator[Stage]:
    event = make_event(number=61, starts_at=timezone.now() + dt.timedelta(weeks=3), venue=make_venue())
    talk = make_talk(event=event, title="Tides in open data", speakers=[make_speaker("Ada Vale")])
    client = Client()
    user = sign_in(client)
    contexts: list[BrowserContext] = []

    def begin(**options: Any) -> BrowserContext:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 844}, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context

    with running(Sink(pipelining=True)) as sink, Site(tmp_path, sink) as site:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}
        yield Stage(site, Post(sink), talk, user.email, begin, cookie)
        for context in contexts:
            context.close()
