"""HTML for programs that know nothing of this site: only plain elements, only absolute addresses."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from lxml import html

from .atom import writable

# Element → the attributes that it keeps.
KEPT: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "p h2 h3 h4 ul ol li dl dt dd blockquote b strong i em br hr bdi small code pre".split(), frozenset()
    ),
    "a": frozenset({"href", "hreflang"}),
    "time": frozenset({"datetime"}),
}
# Elements that go with everything in them; of all others the words stay.
DROPPED = {"script", "style", "iframe", "object", "embed", "template", "noscript", "form", "svg", "math", "title"}
SCHEMES = {"http", "https", "mailto"}


def clean(markup: str) -> str:
    """The markup with nothing in it that a feed reader shouldn't be given."""
    root = html.fragment_fromstring(writable(markup), create_parent="div")
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in DROPPED:
            element.drop_tree()
        elif element.tag not in KEPT:
            element.drop_tag()
        else:
            _keep(element)
    inner = html.tostring(root, encoding="unicode")
    return inner.removeprefix("<div>").removesuffix("</div>").strip()


def _keep(element: html.HtmlElement) -> None:
    for name in set(element.attrib) - KEPT[element.tag]:
        del element.attrib[name]
    if "href" in element.attrib and (address := _address(element.attrib["href"])) is not None:
        element.attrib["href"] = address
    elif "href" in element.attrib:
        del element.attrib["href"]


def _address(href: str) -> str | None:
    """Absolute; None for one that is no address of the web or of a mailbox."""
    try:
        found = urljoin(f"{settings.SITE_URL}/", href.strip())
        return found if urlsplit(found).scheme in SCHEMES else None
    except ValueError:
        return None
