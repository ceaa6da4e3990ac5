"""People and organisations as schema.org's Person and Organization."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import strip_tags

from events.programme import Person
from speakers.models import Organisation, Speaker

from ..appearances import Role
from ..structure import Structure
from . import Node, absolute, node


def someone(person: Person) -> Node:
    """Somebody in a talk, as they were on that day."""
    return node(
        "Person",
        name=person.speaker.name,
        url=absolute(person.speaker.get_absolute_url()) if person.has_page else "",
        jobTitle=person.role,
        worksFor=node("Organization", name=person.organisation_name) if person.organisation_name else None,
    )


def profile(speaker: Speaker, roles: Sequence[Role], portrait: Any) -> Node:
    """A person's own page. Of their other names only those that readers may see."""
    newest = roles[0] if roles else None
    address = absolute(speaker.get_absolute_url())
    person = node(
        "Person",
        at_id=f"{address}#person",
        name=speaker.name,
        alternateName=[alias.name for alias in speaker.aliases.all() if alias.public],
        url=address,
        description=" ".join(strip_tags(speaker.biography).split()),
        jobTitle=newest.role if newest else "",
        worksFor=_employer(newest),
        image=absolute(portrait.url) if portrait else "",
        sameAs=[link.url for link in speaker.links.all()],
    )
    return node("ProfilePage", url=address, mainEntity=person)


def _employer(role: Role | None) -> Node | None:
    if role is None or not role.organisation_name:
        return None
    return node("Organization", name=role.organisation_name, url=absolute(role.organisation.get_absolute_url()))


def organisation(found: Organisation, around: Structure, names: Sequence[tuple[str, str]]) -> Node:
    """An organisation's own page: its names, what it is part of and its parts that have a page."""
    address = absolute(found.get_absolute_url())
    return node(
        "Organization",
        at_id=f"{address}#organisation",
        name=found.name,
        alternateName=[name for name in (found.short_name, *(name for name, _ in names)) if name],
        url=found.website or address,
        mainEntityOfPage=address,
        parentOrganization=named(found.parent) if found.parent else None,
        subOrganization=[named(part.organisation) for part in around.parts],
    )


def named(found: Organisation) -> Node:
    return node("Organization", name=found.name, url=absolute(found.get_absolute_url()))
