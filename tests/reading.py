"""A page as a reader has it: its main part, and the words of its elements."""

from bs4 import BeautifulSoup, Tag
from django.test import Client


def read(client: Client, address: str) -> Tag:
    """The main part of a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = whole(response.content).select_one("main")
    assert main is not None
    return main


def whole(content: bytes | str) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


def lines(soup: Tag, selector: str) -> list[str]:
    """The words of each element, with single spaces between them."""
    return [" ".join(found.get_text().split()) for found in soup.select(selector)]


def facts(page):
    """What stands under each term of a page's facts."""
    terms, said = lines(page, ".facts dt"), lines(page, ".facts dd")
    return dict(zip(terms, said, strict=True))
