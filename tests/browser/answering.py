"""A browser without a server: the page as the test client got it, and whatever a platform would have sent."""

import mimetypes
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Page, Route

SITE = "https://testserver"


class Reader:
    """A browser in which every request is answered here: the page with its own headers, other hosts with `frame`."""

    def __init__(self, page: Page, response: HttpResponse, frame: str = "") -> None:
        self.page, self.response, self.frame = page, response, frame
        self.path = response.wsgi_request.path
        self.elsewhere: list[str] = []
        self.referrers: list[str | None] = []
        self.complaints: list[str] = []
        page.route("**/*", self._answer)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.netloc != "testserver":
            self.elsewhere.append(route.request.url)
            self.referrers.append(route.request.headers.get("referer"))
            route.fulfill(body=self.frame, content_type="text/html")
        elif address.path.startswith("/static/"):
            found = finders.find(address.path.removeprefix("/static/"))
            route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
        elif address.path == self.path:
            route.fulfill(headers=dict(self.response.items()), body=self.response.content)
        else:
            route.fulfill(status=404)

    def open(self) -> None:
        self.page.goto(SITE + self.path, wait_until="load")

    def playing(self) -> tuple[str, str]:
        """(address, title) of the only frame, which has the focus and is in view."""
        frame = self.page.locator("iframe")
        assert frame.count() == 1
        assert self.page.evaluate("document.activeElement === document.querySelector('iframe')") is True
        self.page.wait_for_function(
            "(box => box.top >= 0 && box.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())"
        )
        return frame.get_attribute("src"), frame.get_attribute("title")
