"""Whether somebody, or some organisation, may be known already under a similar name."""

import re

from .models import Organisation, OrganisationName, Speaker, SpeakerAlias
from .names import likely_doubles, plain

MOST = 5
LITTLE_WORDS = {"the", "of", "for", "and", "in", "on", "at", "to"}


def likely_people(name: str) -> list[Speaker]:
    """People whose name or former name may be this one, at most five; `known_from` says where each spoke from last."""
    if not name.strip():
        return []
    current = Speaker.objects.current()
    aliases = SpeakerAlias.objects.filter(speaker__in=current)
    known = [*current.values_list("pk", "name"), *aliases.values_list("speaker_id", "name")]
    keys = likely_doubles(name, known)[:MOST]
    found = current.in_bulk(keys)
    return [found[key] for key in keys]


def describe_person(speaker: Speaker) -> str:
    """ "Stephanie Howarth (Welsh Government)": the name, and the organisation of the latest appearance."""
    latest = (
        speaker.appearances.filter(organisation__isnull=False)
        .select_related("organisation")
        .order_by("-talk__event__starts_at")
        .first()
    )
    return f"{speaker.name} ({latest.organisation})" if latest else speaker.name


def folded(name: str) -> str:
    """An organisation's name without capitals, punctuation, “the” and “&”: what two spellings have in common."""
    words = re.findall(r"\w+", plain(name.replace("&", " and ")))
    return " ".join(word for word in words if word != "the")


def initials_of(name: str) -> str:
    """ "ons" for the Office for National Statistics; empty for a single word."""
    words = [word for word in folded(name).split() if word not in LITTLE_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def likely_organisations(name: str, short_name: str = "") -> list[Organisation]:
    """Organisations that go, or went, by this name, this short name or these initials; at most five."""
    wanted = _forms(name) | _forms(short_name)
    if not wanted:
        return []
    known: dict[int, set[str]] = {}
    for pk, full, short in Organisation.objects.values_list("pk", "name", "short_name"):
        known.setdefault(pk, set()).update(_forms(full), _forms(short))
    for pk, former in OrganisationName.objects.values_list("organisation_id", "name"):
        known.setdefault(pk, set()).update(_forms(former))
    keys = [pk for pk, forms in known.items() if _agree(wanted, forms)][:MOST]
    found = Organisation.objects.in_bulk(keys)
    return [found[key] for key in keys]


def describe_organisation(organisation: Organisation) -> str:
    """ "Office for National Statistics (ONS)", and that it is archived where it is."""
    short = f" ({organisation.short_name})" if organisation.short_name else ""
    return f"{organisation.name}{short}{', archived' if organisation.archived else ''}"


def _forms(name: str) -> set[str]:
    """What a name can be known by: in full, and a form marked as initials where it has several words."""
    full, letters = folded(name), initials_of(name)
    return {form for form in (full, f"={letters}" if letters else "") if form}


def _agree(one: set[str], other: set[str]) -> bool:
    """The same full name, or one's full name is the other's initials; initials alone agree by chance."""
    full_one, full_other = ({form for form in forms if not form.startswith("=")} for forms in (one, other))
    return bool(
        full_one & full_other or {f"={form}" for form in full_one} & other or {f"={form}" for form in full_other} & one
    )
