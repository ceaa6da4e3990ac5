"""Who is known already: people and organisations of a write-up, found among those that the site has.

A name is somebody's if it is theirs, or another name of theirs, whatever its capitals, accents and titles. A name that
is only like somebody's makes a new row and a doubt: an organiser can merge two people, and nobody can take one apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from events.models import TalkSpeaker
from speakers.doubles import describe_person, folded, likely_organisations, likely_people
from speakers.models import Organisation, OrganisationName, Speaker, SpeakerAlias
from speakers.names import SUFFIXES, TITLES, plain

from .fitting import fit, room


@dataclass(frozen=True, slots=True)
class Match[Row]:
    """The row that a name stands for; None for a new one. `doubts` are sentences for a person."""

    row: Row | None
    doubts: tuple[str, ...] = ()


class Directory:
    """Everybody who is known, and every organisation, read once. What is made is known from then on."""

    def __init__(self) -> None:
        self._matched: dict[tuple[str, str], Match[Speaker]] = {}
        self._people: dict[int, Speaker] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_other_name: dict[str, list[int]] = defaultdict(list)
        self._read_people()
        self._organisations = Organisation.objects.in_bulk()
        self._bodies: list[dict[str, list[int]]] = [defaultdict(list) for _ in range(3)]
        self._read_organisations()

    def person(self, name: str, *, organisation: str = "") -> Match[Speaker]:
        """Who has this name. Of several, one who spoke for that organisation."""
        key = person_key(name)
        if (key, organisation) not in self._matched:
            self._matched[key, organisation] = self._find_person(name, key, organisation)
        return self._matched[key, organisation]

    def _find_person(self, name: str, key: str, organisation: str) -> Match[Speaker]:
        found = self._by_name.get(key) or self._by_other_name.get(key) or []
        rows = [self._people[pk] for pk in dict.fromkeys(found)]
        if len(rows) > 1:
            return self._one_of(rows, name, organisation)
        if rows:
            return Match(rows[0])
        alike = [describe_person(speaker) for speaker in likely_people(name)]
        doubt = f"{name} is new here, and may be {_either(alike)}. If it is one person, merge the two."
        return Match(None, (doubt,) if alike else ())

    def make_person(self, name: str) -> Speaker:
        speaker: Speaker = Speaker.objects.create(name=fit(name, room(Speaker, "name")))
        self._people[speaker.pk] = speaker
        self._by_name[person_key(name)].append(speaker.pk)
        self._matched.clear()
        return speaker

    def organisation(self, name: str) -> Match[Organisation]:
        """Which organisation goes, or went, by this name, its short name, or its initials if they are one's alone."""
        for names in self._bodies:
            rows = [self._organisations[pk] for pk in dict.fromkeys(names.get(folded(name), ()))]
            if rows:
                return Match(min(rows, key=lambda row: (row.archived, row.pk)))
        likely = likely_organisations(name)
        initials = [row for row in likely if _is_acronym(name) or _is_acronym(row.name)]
        if len(initials) == 1:
            return Match(initials[0], (f"“{name}” was taken for {initials[0].name}.",))
        doubt = f"{name} is new here, and may be {_either(row.name for row in likely)}. If it is, choose that instead."
        return Match(None, (doubt,) if likely else ())

    def make_organisation(self, name: str) -> Organisation:
        made = Organisation.objects.create(name=fit(name, room(Organisation, "name")))
        self._organisations[made.pk] = made
        self._bodies[0][folded(name)].append(made.pk)
        return made

    def _read_people(self) -> None:
        rows = Speaker.objects.in_bulk()
        stands_for = {pk: _root(row, rows) for pk, row in rows.items()}
        self._people = {pk: rows[pk] for pk in set(stands_for.values())}
        for pk, row in sorted(rows.items()):
            names = self._by_name if stands_for[pk] == pk else self._by_other_name
            names[person_key(row.name)].append(stands_for[pk])
        for pk, name in SpeakerAlias.objects.order_by("pk").values_list("speaker_id", "name"):
            self._by_other_name[person_key(name)].append(stands_for[pk])

    def _read_organisations(self) -> None:
        full, short, former = self._bodies
        for pk, row in sorted(self._organisations.items()):
            full[folded(row.name)].append(pk)
            if row.short_name:
                short[folded(row.short_name)].append(pk)
        for pk, name in OrganisationName.objects.order_by("pk").values_list("organisation_id", "name"):
            former[folded(name)].append(pk)

    def _one_of(self, rows: list[Speaker], name: str, organisation: str) -> Match[Speaker]:
        body = self.organisation(organisation).row if organisation else None
        spoke = TalkSpeaker.objects.filter(speaker__in=rows, organisation=body).values_list("speaker_id", flat=True)
        there = [row for row in rows if body is not None and row.pk in set(spoke)]
        if len(there) == 1:
            return Match(there[0])
        taken = (there or rows)[0]
        doubt = f"There are {len(rows)} people called {name}. The talk names {describe_person(taken)}: check that."
        return Match(taken, (doubt,))


def person_key(name: str) -> str:
    """What two spellings of a name have in common: no capitals, accents, hyphens, “Dr” or “OBE”."""
    words = plain(name).replace("-", " ").split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return " ".join(words)


def _root(row: Speaker, rows: dict[int, Speaker]) -> int:
    """Whom a row was merged into, however often."""
    seen = set()
    while row.merged_into_id in rows and row.pk not in seen:
        seen.add(row.pk)
        row = rows[row.merged_into_id]
    return int(row.pk)


def _is_acronym(name: str) -> bool:
    """ "ONS", "DfT"."""
    return " " not in name.strip() and sum(map(str.isupper, name)) > 1


def _either(names: Iterable[str]) -> str:
    return " or ".join(names)
