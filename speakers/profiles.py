"""A person as they say it of themselves, on all evenings: what goes live at once, and what waits for the organisers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from accounts.models import User
from pages.english import listed

from . import unsaved
from .fields import Field, Refused, RowKind, RowList, cells, digest, list_of, rows_in
from .joining import Joined, join
from .markup import links_into_the_site, to_html, to_text
from .models import Speaker, SpeakerAlias, SpeakerLink, UnsavedProfile
from .names import sort_name
from .notices import tell_organisers_of
from .parts import Parts
from .saving import Clash, Typed

BIOGRAPHY_LIMIT = 6_000
PLAIN = (
    Field("name", "Your name", limit=120, hint="As it should stand in the programme."),
    Field(
        "sort_name", "Your name in lists", limit=120, hint="Family name first. Left empty, it is made from your name."
    ),
    Field("pronunciation", "How your name is said", limit=120, hint="Such as “ID-ris KWAY”. Never shown to readers."),
    Field(
        "biography",
        "About you",
        kind="rich",
        limit=BIOGRAPHY_LIMIT,
        hint="A few sentences for your page. It stays the same from evening to evening.",
    ),
)
PROFILE_KINDS = {
    "links": RowKind(
        SpeakerLink,
        "link",
        "Where else to find you",
        "Your team, your blog, a profile elsewhere. Shown on your page.",
        cells(("label", "What it is", "line", 80, ()), ("url", "Address", "url", 200, ())),
    ),
    "aliases": RowKind(
        SpeakerAlias,
        "name",
        "Other names",
        "A former name, or another spelling, so that you are found under it too.",
        cells(
            ("name", "Name", "line", 120, ()),
            ("public", "Who sees it", "choice", 0, (("", "Only the organisers"), ("True", "Readers, on your page"))),
        ),
    ),
}
# A name stands in the programme of every evening: it changes when the organisers have seen it.
LOOKED_AT = frozenset({"name", "sort_name"})
CALLED = {
    "name": "the name",
    "sort_name": "the name in lists",
    "pronunciation": "how it is said",
    "biography": "the biography",
    "links": "links",
    "aliases": "other names",
    "photo": "the photo",
}


class Profile(Parts):
    """A draft of a person as a form."""

    def __init__(self, draft: Speaker) -> None:
        self.draft = draft
        self.fields = {}
        for plain in PLAIN:
            value = getattr(draft, plain.name)
            shown = to_text(value) if plain.kind == "rich" else Field.read(Field("", ""), value)
            self.fields[plain.name] = Field(plain.name, plain.label, shown, plain.kind, plain.limit, plain.hint)
        self.lists = {name: list_of(name, getattr(draft, name).all(), PROFILE_KINDS) for name in PROFILE_KINDS}

    def read(self, typed: Mapping[str, str], *, lists: Any = ()) -> dict[str, str]:
        values = super().read(typed, lists=lists)
        if values.get("name") == "":
            self.fields["name"].refuse("", Refused("Give your name."))
            del values["name"]
        if "links" in values and (faults := faulty_links(rows_in(values["links"]))):
            links = self.lists["links"]
            links.errors |= faults
            links.refuse(links.collect(typed), Refused(""))
            del values["links"]
        return values

    def write(self, values: Mapping[str, str]) -> list[str]:
        """Put values into the draft, in memory. Returns what changed."""
        changed = {name: value for name, value in values.items() if value != self.parts[name].value}
        before = self.draft.name
        for name, value in changed.items():
            self.parts[name].value = value
            if name in self.lists:
                setattr(self.draft, name, _rows(self.lists[name]))
            else:
                setattr(self.draft, name, value)
        if "biography" in changed:
            kept = links_into_the_site(self.draft.biography)
            self.draft.biography = to_html(changed["biography"], keep=kept)
        if "name" in changed and self.draft.sort_name in ("", sort_name(before)):
            self.draft.sort_name = ""
        self.draft.sort_name = self.draft.sort_name or sort_name(self.draft.name)
        return list(changed)


def faulty_links(rows: list[dict[str, str]]) -> dict[str, str]:
    """What is wrong with links, by field: an address has to be one that a reader can open."""
    faults = {}
    check = URLValidator(schemes=["http", "https"])
    for at, row in enumerate(rows):
        try:
            check(row.get("url", ""))
        except ValidationError:
            faults[f"links-{at}-url"] = "Give the whole address, such as https://example.org/."
    return faults


def _rows(rows: RowList) -> list[Any]:
    made = rows.objects()
    for row in made:
        row.pk = int(row.pk) if row.pk else None
        if isinstance(row, SpeakerAlias):
            row.public = bool(row.public)
        elif not row.label:
            row.label = (urlsplit(row.url).hostname or row.url).removeprefix("www.")[:80]
    return made


@dataclass(frozen=True, slots=True)
class SavedProfile:
    """What a save did. `waits` says that a new name waits for the organisers; clashes are with `who`, of `when`."""

    profile: Profile
    written: list[str]
    clashes: list[Clash]
    who: User | None
    when: dt.datetime | None
    waits: bool = False

    @property
    def errors(self) -> dict[str, str]:
        return self.profile.errors


@transaction.atomic
def save_profile(
    *, speaker: Speaker, by: User, typed: Typed, at: dt.datetime, settled: Mapping[str, str] | None = None
) -> SavedProfile:
    """Keep what somebody says of themselves. What was changed elsewhere since is left, and shown beside theirs.

    Biography, links, other names and how a name is said go live at once, where the person is; a name waits as a draft.
    `settled` are words of theirs that a clash was about.

    Side effects: revisions; Wagtail's `published` signal; a mail to each organiser, one a day, and one for a new name.
    What they had typed of it waits no more.
    """
    fresh = _locked(speaker)
    profile, waiting = Profile(draft_of(fresh)), unsaved.unsaved_of(fresh)
    sent = profile.read(typed.values, lists=typed.lists)
    unsaved.forget(waiting, settled or {})
    over = unsaved.joined_with(waiting, sent=sent, base=typed.base)
    base = {**typed.base, **{name: began for name, began in waiting.base.items() if name not in over.clashing}}
    own = fresh.latest_revision is not None and fresh.latest_revision.user_id == by.pk
    others = {name: value for name, value in sent.items() if name not in over.clashing}
    joined = join(now=profile.values, sent=others, base=base, own=own)
    clashes = [*_clashes(profile, over, waiting.values), *_clashes(profile, joined, profile.values)]
    other = (by, waiting.at) if over.clashing else _last_saved(fresh)
    written = profile.write(joined.taken)
    unsaved.forget(waiting, unsaved.saved_with(waiting, sent=others, base=typed.base))
    unsaved.take(waiting, values=joined.clashing, base=base, saved=profile.values)
    _keep_unsaved(profile, waiting, at=at)
    if written:
        keep_person(fresh=fresh, draft=profile.draft, changed=written, by=by, at=at)
    return SavedProfile(profile, written, clashes, *other, waits=fresh.live and bool(LOOKED_AT & set(written)))


@transaction.atomic
def keep_typed(*, speaker: Speaker, by: User, typed: Typed, at: dt.datetime) -> SavedProfile:
    """Keep what somebody is typing until they save it; nobody else sees it. Another window's words are left."""
    fresh = _locked(speaker)
    profile, waiting = Profile(draft_of(fresh)), unsaved.unsaved_of(fresh)
    sent = profile.read(typed.values, lists=typed.lists)
    over = unsaved.joined_with(waiting, sent=sent, base=typed.base)
    others = {name: value for name, value in sent.items() if name not in waiting.values}
    joined = join(now=profile.values, sent=others, base=typed.base)
    clashes = [*_clashes(profile, over, waiting.values), *_clashes(profile, joined, profile.values)]
    other = (by, waiting.at) if over.clashing else _last_saved(fresh)
    unsaved.take(waiting, values=over.taken | joined.taken, base=typed.base, saved=profile.values)
    _keep_unsaved(profile, waiting, at=at)
    return SavedProfile(profile, [], clashes, *other)


def _keep_unsaved(profile: Profile, waiting: UnsavedProfile, *, at: dt.datetime) -> None:
    waiting.at = at
    unsaved.keep(waiting)
    profile.lay_over(waiting.values)


def _clashes(profile: Profile, joined: Joined, theirs: Mapping[str, str]) -> list[Clash]:
    return [Clash(name, profile.parts[name].label, mine, theirs[name]) for name, mine in joined.clashing.items()]


def _last_saved(speaker: Speaker) -> tuple[User | None, dt.datetime | None]:
    latest = speaker.latest_revision
    return (latest.user, latest.created_at) if latest is not None else (None, None)


def _locked(speaker: Speaker) -> Speaker:
    return Speaker.objects.select_for_update(of=("self",)).select_related("latest_revision").get(pk=speaker.pk)


def profile_of(speaker: Speaker, waiting: UnsavedProfile) -> Profile:
    """The form as it was left: the newest draft, and over it what was typed and not saved."""
    profile = Profile(speaker.get_latest_revision_as_object())
    profile.lay_over(waiting.values)
    return profile


def draft_of(speaker: Speaker) -> Speaker:
    """The newest draft, apart from the row itself, also where there never was a draft."""
    draft: Speaker = speaker.get_latest_revision_as_object()
    return Speaker.objects.get(pk=speaker.pk) if draft is speaker else draft


def keep_person(*, fresh: Speaker, draft: Speaker, changed: list[str], by: User, at: dt.datetime) -> None:
    """Within the transaction that holds the row: `changed` of a draft goes live at once, but for names.

    What else waits in the draft goes on waiting. Somebody who isn't live stays a draft.
    """
    at_once = [name for name in changed if name not in LOOKED_AT] if fresh.live else []
    waits = fresh.has_unpublished_changes or len(at_once) < len(changed)
    was = fresh.name
    if at_once:
        for name in at_once:
            setattr(fresh, name, list(getattr(draft, name).all()) if name in PROFILE_KINDS else getattr(draft, name))
        revision = fresh.save_revision(user=by, clean=False, log_action=True)
        revision.publish(user=by, skip_permission_checks=True)
        draft.live_revision = revision
    if waits or not fresh.live:
        draft.save_revision(user=by, clean=False, log_action=True)
    _tell(draft, was=was, changed=changed, is_live=fresh.live, at=at)


def _tell(draft: Speaker, *, was: str, changed: list[str], is_live: bool, at: dt.datetime) -> None:
    waits = is_live and bool(LOOKED_AT & set(changed))
    about = digest(f"{draft.name}:{draft.sort_name}") if waits else str(at.date())
    tell_organisers_of(
        speaker=draft,
        what="profile_changed",
        purpose=f"{draft.pk}:{about}",
        was=was,
        changed=listed([CALLED[name] for name in changed]),
        waits=waits,
        is_live=is_live,
    )
