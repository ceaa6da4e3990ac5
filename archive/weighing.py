"""What a browser loads before anybody scrolls, in bytes: the page, its style, scripts, fonts and pictures."""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from mimetypes import guess_type
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.test import Client

PACKED = ("image/jpeg", "image/png", "image/webp", "image/avif", "font/woff2")  # compressing them again gains nothing
NAMED_IN_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
NAMED_IN_JS = re.compile(r"^\s*import\s[^;]*?[\"']([^\"']+)[\"']", re.MULTILINE)


class FirstView(HTMLParser):
    """Collects what a page names that is loaded at once; a picture that waits until it is seen is not."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.in_picture: str | None = None  # "" until its first source, which every browser of today can show

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "link" and {"stylesheet", "icon", "preload"} & set(had.get("rel", "").split()):
            self.addresses.append(had.get("href", ""))
        elif tag == "script" and "src" in had:
            self.addresses.append(had["src"])
        elif tag == "picture":
            self.in_picture = ""
        elif tag == "source" and self.in_picture == "":
            self.in_picture = largest(had.get("srcset", ""))
        elif tag == "img" and had.get("loading") != "lazy":
            self.addresses.append(self.in_picture or largest(had.get("srcset", "")) or had.get("src", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "picture":
            self.in_picture = None


def largest(srcset: str) -> str:
    """The last address of a srcset, where the widest stands. "" for none."""
    return srcset.split(",")[-1].split()[0] if srcset.strip() else ""


def first_view_bytes(client: Client, address: str, html: bytes) -> int:
    """The page itself and each file of this site that it names, once."""
    view = FirstView()
    view.feed(html.decode())
    waiting, seen, weight = [urljoin(address, named) for named in view.addresses if named], set(), squeezed(html)
    while waiting:
        url = waiting.pop()
        if url in seen or urlsplit(url).netloc or url.startswith("data:"):
            continue
        seen.add(url)
        body, media_type = load(client, url)
        weight += len(body) if media_type in PACKED else squeezed(body)
        waiting += [urljoin(url, named) for named in names_in(body, media_type)]
    return weight


def names_in(body: bytes, media_type: str) -> Iterator[str]:
    if media_type == "text/css":
        yield from NAMED_IN_CSS.findall(body.decode())
    elif media_type.endswith("javascript"):
        yield from NAMED_IN_JS.findall(body.decode())


def load(client: Client, url: str) -> tuple[bytes, str]:
    """A file and its media type: one that a web server sends by itself is read from where it lies."""
    path = urlsplit(url).path
    for prefix, open_file in ((settings.STATIC_URL, _open_static), (settings.MEDIA_URL, default_storage.open)):
        if path.startswith(prefix):
            with open_file(unquote(path.removeprefix(prefix))) as file:
                return file.read(), guess_type(path)[0] or ""
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body, response.headers.get("Content-Type", "").split(";")[0]


def _open_static(name: str) -> IO[bytes]:
    """As it is collected, or where nothing was collected yet as it stands in the source."""
    found = finders.find(name)
    return Path(found).open("rb") if found else staticfiles_storage.open(name)


def squeezed(body: bytes) -> int:
    return len(gzip.compress(body, 6))
