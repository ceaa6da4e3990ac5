"""What a PPTX carries (ECMA-376, part 1: presentationml and packages)."""

import posixpath
import re
from collections.abc import Iterator

from .facts import Facts, clean
from .faults import NotSlides
from .kinds import Kind
from .zips import DAMAGED, Package

MOST_SLIDES = 2_000
SLIDE, NOTES = "/slide", "/notesSlide"
NOT_WORDS = {"sldNum", "dt", "hdr", "ftr", "sldImg"}
MEDIA = r"(?i)ppt/media/[^/]+\.(?:mp4|m4v|mov|wmv|avi|mkv|webm|mpe?g|mp3|m4a|wav|wma|aac|ogg)"
CORE = {"creator": "author", "lastModifiedBy": "last_saved_by", "title": "title"}


def read(package: Package) -> Facts:
    """Raises NotSlides: damaged, or more slides than anybody shows."""
    facts = Facts(Kind.PPTX)
    slides = list(_slides(package))
    if not slides:
        raise NotSlides("This presentation has no slides in it. Save it again and upload it anew.")
    if len(slides) > MOST_SLIDES:
        raise NotSlides(f"This presentation has {len(slides):,} slides, and {MOST_SLIDES:,} is the most we can read.")
    facts.slides = len(slides)
    for name in slides:
        facts.hidden += _is_hidden(package, name)
        facts.notes += any(_has_words(package, notes) for notes in _related(package, name, NOTES))
    for name in package.like(r"ppt/comments/[^/]+\.xml"):
        facts.comments += sum(1 for element in package.elements(name) if element.tag.endswith("}cm"))
    for name in package.like(r"ppt/(?:.+/)?_rels/[^/]+\.rels"):
        for _, target, external in _rows(package, name):
            if external:
                facts.add_share(target)
    facts.embedded = len(package.like(r"ppt/embeddings/[^/]+"))
    facts.media = len(package.like(MEDIA))
    _who(package, facts)
    return facts


def _slides(package: Package) -> Iterator[str]:
    """The parts of the slides that are in the show, in its order."""
    main = next((target for kind, target, _ in _rows(package, "_rels/.rels") if kind.endswith("/officeDocument")), "")
    name = _at("", main)
    if name not in package.names:
        raise NotSlides(DAMAGED)
    targets = {}
    for kind, target, _, key in _relations(package, _relations_of(name)):
        if kind.endswith(SLIDE):
            targets[key] = _at(name, target)
    for element in package.elements(name):
        if element.tag.endswith("}sldId"):
            key = next((value for attribute, value in element.attrib.items() if attribute.endswith("}id")), "")
            if targets.get(key) in package.names:
                yield targets[key]


def _related(package: Package, name: str, kind: str) -> list[str]:
    rows = _rows(package, _relations_of(name))
    targets = [_at(name, target) for type_, target, _ in rows if type_.endswith(kind)]
    return [target for target in targets if target in package.names]


def _relations_of(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels".lstrip("/")


def _at(name: str, target: str) -> str:
    """Where a target that stands in a part leads, as a name in the package."""
    base = "/" + name.rpartition("/")[0]
    return posixpath.normpath(posixpath.join(base, target)).lstrip("/")


def _rows(package: Package, name: str) -> Iterator[tuple[str, str, bool]]:
    """Type, target and whether it leads out of the package."""
    for kind, target, external, _ in _relations(package, name):
        yield kind, target, external


def _relations(package: Package, name: str) -> Iterator[tuple[str, str, bool, str]]:
    if name not in package.names:
        return
    for element in package.elements(name):
        if element.tag.endswith("}Relationship"):
            kind, target = element.get("Type") or "", element.get("Target") or ""
            yield kind, target, element.get("TargetMode") == "External", element.get("Id") or ""


def _is_hidden(package: Package, name: str) -> bool:
    hidden = False
    for element in package.elements(name):
        if element.tag.endswith("}sld"):
            hidden = element.get("show") in ("0", "false")
        elif element.tag.endswith("}sp"):
            element.clear()
    return hidden


def _has_words(package: Package, name: str) -> bool:
    """Whether a page of notes says something; its number, date, header and footer aren't notes."""
    for element in package.elements(name):
        if element.tag.endswith("}sp"):
            place = next((one.get("type") for one in element.iter() if one.tag.endswith("}ph")), "")
            words = "".join(one.text or "" for one in element.iter() if one.tag.endswith("}t"))
            if place not in NOT_WORDS and words.strip():
                return True
            element.clear()
    return False


def _who(package: Package, facts: Facts) -> None:
    for name in package.like(r"docProps/(?:core|app)\.xml"):
        for element in package.elements(name):
            tag = re.sub(r"\{.*\}", "", element.tag)
            if name.endswith("core.xml") and tag in CORE:
                setattr(facts, CORE[tag], clean(element.text))
            elif name.endswith("app.xml") and tag == "Company":
                facts.company = clean(element.text)
