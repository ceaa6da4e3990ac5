"""An organiser's rich text in a mail: with whole addresses, and as plain text with the addresses written out."""

import re
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.conf import settings
from wagtail.rich_text import expand_db_html

SPACES = re.compile(r"\s+")


def for_mail(source: str) -> str:
    """Rich text as a mail has it: links to pages resolved, and each with the site's own name in front."""
    soup = BeautifulSoup(expand_db_html(source), "html.parser")
    for link in soup.find_all("a"):
        link.attrs = {"href": urljoin(f"{settings.SITE_URL}/", str(link["href"]))} if link.get("href") else {}
    return soup.decode(formatter="minimal")


def as_text(html: str) -> str:
    """Paragraphs apart, list items with a dash or their number, addresses after the words that link to them."""
    text = ""
    for element in BeautifulSoup(html, "html.parser").find_all(["p", "li"]):
        words = SPACES.sub(" ", "".join(map(_inline, element.children))).strip()
        if words:
            follows = element.name == "li" and element.find_previous_sibling("li") is not None
            text += f"{'' if not text else '\n' if follows else '\n\n'}{_mark(element)}{words}"
    return text


def _mark(element: Tag) -> str:
    if element.name != "li" or element.parent is None:
        return ""
    if element.parent.name == "ol":
        return f"{1 + len(element.find_previous_siblings('li'))}. "
    return "- "


def _inline(node: Any) -> str:
    if isinstance(node, NavigableString):
        return str(node)
    if node.name in ("br", "ul", "ol"):
        return " "
    words = "".join(_inline(child) for child in node.children)
    href = str(node.get("href", "")) if node.name == "a" else ""
    shown = href.removeprefix("mailto:")
    return f"{words} ({shown})" if href and shown not in words else words
