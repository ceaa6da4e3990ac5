"""Rich text as plain words."""

from html import unescape

from django.utils.html import strip_tags


def plain_text(html: str) -> str:
    """The words without markup, on one line; empty where only empty paragraphs stand."""
    spaced = html.replace("</p>", "</p> ").replace("</li>", "</li> ").replace("<br/>", "<br/> ")
    return " ".join(unescape(strip_tags(spaced)).split())
