"""A speaker's words into the draft: saved whenever they come, joined with what others wrote, refused by no rule."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.models import Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User

from .enums import Baton, KeptBecause
from .joining import Joined, join
from .manuscript import Manuscript
from .models import Contribution, Handover, KeptText, Speaker

TRIES = 4


class WithTheOrganisers(Exception):
    """The organisers hold this contribution; what was typed is kept beside the draft."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form sent: fields by name, which lists are in it, and what it began from."""

    values: Mapping[str, str]
    lists: tuple[str, ...] = ()
    base: Mapping[str, str] = field(default_factory=dict)
    revision: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed, each in another way. `mine` and `theirs` are values of that field."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did. `manuscript` is the draft as it is now, with the faults of what was refused."""

    manuscript: Manuscript
    revision: Revision | None
    written: list[str]
    clashes: list[Clash]

    @property
    def errors(self) -> dict[str, str]:
        return self.manuscript.errors


def stamp(revision: Revision | None) -> str:
    """A draft as a form names it. Its moment is part: a person's autosaves write over their own revision."""
    return f"{revision.pk}.{revision.created_at.timestamp():.6f}" if revision else "none"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with what was typed read against it, and the state of the draft that this holds for."""

    began: str
    manuscript: Manuscript
    joined: Joined


def save_words(*, contribution: Contribution, me: Speaker, by: User, typed: Typed, at: dt.datetime) -> Saved:
    """Keep what a speaker typed. What somebody else changed since is left as it is, and ours kept beside it.

    Most of the work is done before the row is locked, and done again where the draft has moved meanwhile: while one
    person's save holds the database, others wait.

    Side effects: a revision, or a newer state of their own; kept texts.

    Raises:
        WithTheOrganisers: they hold it. The words are kept beside the draft first.
    """
    for left in reversed(range(TRIES)):
        prepared = _prepare(contribution, me=me, by=by, typed=typed)
        with transaction.atomic():
            fresh = _locked(contribution)
            if not left:
                prepared = _prepare(contribution, me=me, by=by, typed=typed)
            if stamp(fresh.latest_revision) == prepared.began:
                saved = _finish(fresh, prepared, by=by, page=typed.page, at=at)
                break
    if saved is None:
        raise WithTheOrganisers("The organisers have this now, so the draft was not changed.")
    return saved


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("latest_revision")
    return rows.get(pk=contribution.pk)


def _prepare(contribution: Contribution, *, me: Speaker, by: User, typed: Typed) -> Prepared:
    fresh = Contribution.objects.select_related("latest_revision").get(pk=contribution.pk)
    manuscript = Manuscript(fresh.get_latest_revision_as_object(), me=me)
    sent = manuscript.read(typed.values, lists=typed.lists)
    own = fresh.latest_revision is not None and fresh.latest_revision.user_id == by.pk
    joined = join(now=manuscript.values, sent=sent, base=_base(typed, fresh, manuscript), own=own)
    return Prepared(stamp(fresh.latest_revision), manuscript, joined)


def _finish(contribution: Contribution, prepared: Prepared, *, by: User, page: str, at: dt.datetime) -> Saved | None:
    """Within the transaction. None where the organisers hold it."""
    manuscript, joined = prepared.manuscript, prepared.joined
    is_theirs = contribution.held_by == Baton.SPEAKERS
    aside = joined.clashing if is_theirs else {**joined.taken, **joined.clashing}
    if aside:
        because = KeptBecause.CLASH if is_theirs else KeptBecause.TAKEN
        keep_aside(manuscript=manuscript, values=aside, by=by, page=page, because=because, at=at)
    if not is_theirs:
        return None
    parts = manuscript.parts
    clashes = [Clash(name, parts[name].label, mine, parts[name].value) for name, mine in joined.clashing.items()]
    revision, written = _save(contribution, manuscript, joined.taken, by=by)
    return Saved(manuscript, revision, written, clashes)


def _base(typed: Typed, contribution: Contribution, manuscript: Manuscript) -> Mapping[str, str]:
    """Nobody saved since: what the form doesn't say it began from is what is there now."""
    if typed.revision != stamp(contribution.latest_revision):
        return typed.base
    return {**{name: part.digest for name, part in manuscript.parts.items()}, **typed.base}


def _save(
    contribution: Contribution, manuscript: Manuscript, values: Mapping[str, str], *, by: User
) -> tuple[Revision | None, list[str]]:
    written = manuscript.write(values)
    if not written:
        return contribution.latest_revision, []
    mine = _own_latest(contribution, by)
    # The index of references is of what is released, and a draft changes nothing in it.
    with disable_reference_index_auto_update():
        revision = manuscript.draft.save_revision(
            user=by, clean=False, log_action=mine is None, overwrite_revision=mine
        )
    return revision, written


def _own_latest(contribution: Contribution, by: User) -> Revision | None:
    """The latest revision where it may be written over: one's own, neither live, scheduled nor handed over."""
    latest = contribution.latest_revision
    if latest is None or latest.user_id != by.pk or latest.approved_go_live_at:
        return None
    if latest.pk == contribution.live_revision_id or Handover.objects.filter(revision=latest).exists():
        return None
    return latest


@transaction.atomic
def keep_aside(
    *,
    manuscript: Manuscript,
    values: Mapping[str, str],
    by: User,
    page: str,
    because: KeptBecause,
    at: dt.datetime,
) -> None:
    """Keep words beside a draft, one row for each field of an opened page; the newest words of it count."""
    for name, value in values.items():
        part = manuscript.parts[name]
        KeptText.objects.update_or_create(
            contribution_id=manuscript.draft.pk,
            by=by,
            page=page[:32],
            field=name,
            defaults={"because": because, "label": part.label, "text": part.readable(value), "at": at},
        )


@transaction.atomic
def keep_loose(
    *, contribution: Contribution, texts: Iterable[tuple[str, str]], by: User, page: str, at: dt.datetime
) -> None:
    """Keep words of a pasted reply that belong to no field; `texts` are pairs of where they stood and the words."""
    for place, (label, text) in enumerate(texts):
        KeptText.objects.update_or_create(
            contribution=contribution,
            by=by,
            page=page[:32],
            field=f"reply-{place}",
            defaults={"because": KeptBecause.REPLY, "label": label[:300], "text": text, "at": at},
        )


def drop_kept(*, contribution: Contribution, by: User, keys: Iterable[int]) -> None:
    """Throw away words that were kept for somebody; only their own."""
    KeptText.objects.filter(contribution=contribution, by=by, pk__in=list(keys)).delete()


def drop_settled(*, contribution: Contribution, by: User, page: str, names: Iterable[str]) -> None:
    """A clash was settled: what was kept of it from that page is in the draft now, or was decided against."""
    KeptText.objects.filter(
        contribution=contribution, by=by, page=page, field__in=list(names), because=KeptBecause.CLASH
    ).delete()
