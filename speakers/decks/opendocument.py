"""What an ODP carries (OASIS OpenDocument 1.3, parts 2 and 3)."""

from xml.etree.ElementTree import Element

from .facts import Facts, clean
from .faults import NotSlides
from .kinds import Kind
from .powerpoint import MOST_SLIDES
from .zips import Package

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SHOW = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"
META = {"initial-creator": "author", "creator": "last_saved_by", "title": "title"}
MEDIA = r"(?i)Media/[^/]+"


def read(package: Package) -> Facts:
    """Raises NotSlides: damaged, without slides, or more of them than anybody shows."""
    facts = Facts(Kind.ODP)
    hiding: set[str] = set()
    for element in package.elements("content.xml"):
        _note(element, facts, hiding)
    if not facts.slides:
        raise NotSlides("This presentation has no slides in it. Save it again and upload it anew.")
    if facts.slides > MOST_SLIDES:
        raise NotSlides(f"This presentation has {facts.slides:,} slides, and {MOST_SLIDES:,} is the most we can read.")
    facts.embedded = len(package.like(r"Object [^/]+(?:/content\.xml)?"))
    facts.media = len(package.like(MEDIA))
    if "meta.xml" in package.names:
        for element in package.elements("meta.xml"):
            tag = element.tag.rpartition("}")[2]
            if tag in META:
                setattr(facts, META[tag], clean(element.text))
    return facts


def _note(element: Element, facts: Facts, hiding: set[str]) -> None:
    """Styles stand before the slides that name them."""
    facts.add_share(element.get(LINK) or "")
    if element.tag == f"{STYLE}style":
        properties = element.find(f"{STYLE}drawing-page-properties")
        if properties is not None and properties.get(f"{SHOW}visibility") == "hidden":
            hiding.add(element.get(f"{STYLE}name") or "")
    elif element.tag == f"{OFFICE}annotation":
        facts.comments += 1
    elif element.tag == f"{DRAW}page":
        facts.slides += 1
        facts.hidden += element.get(f"{DRAW}style-name") in hiding
        facts.notes += _has_notes(element)
        element.clear()


def _has_notes(page: Element) -> bool:
    notes = page.find(f"{SHOW}notes")
    frames = notes.iter(f"{DRAW}frame") if notes is not None else []
    notes_alone = (frame for frame in frames if frame.get(f"{SHOW}class") == "notes")
    return any("".join(frame.itertext()).strip() for frame in notes_alone if not frame.get(f"{SHOW}placeholder"))
