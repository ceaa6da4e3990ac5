"""Somebody at a talk: one of its speakers, or whoever helps one of them, and what each may do."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.models import User
from pages.english import short_day

from ..models import Contribution, Helper, Speaker

ENDED = "{speaker} ended your help with this talk on {day}. If that is a mistake, ask them."
GONE = "{speaker} no longer speaks in this talk, so it is not open to you any more."
ONLY_THEY = "Only {speaker} can do that, since you help with this talk and do not give it. Ask them to."
ONLY_READ = "You can read this talk and comment on it, not change it. Ask {speaker} if you should write in it."


class Rank(IntEnum):
    """What somebody may do at a talk; each may do what the one before may."""

    COMMENTER = 1
    EDITOR = 2
    SPEAKER = 3


@dataclass(slots=True)
class Refusal(Exception):
    """A request that goes no further: a status, a short name of the reason, and the words for a person."""

    status: int
    reason: str
    words: str


@dataclass(frozen=True)
class Visit:
    """A speaker at one of their talks; with a `helper` it is somebody who helps them, and `me` is whom they help."""

    request: HttpRequest
    user: User
    me: Speaker
    contribution: Contribution
    helper: Helper | None = None

    @property
    def talk(self) -> Any:
        return self.contribution.talk  # type: ignore[attr-defined]

    @cached_property
    def mine(self) -> set[int]:
        """The keys of the rows of people that are this speaker."""
        return {self.me.pk, *self.me.merged_from.values_list("pk", flat=True)}

    @property
    def rank(self) -> Rank:
        if self.helper is None:
            return Rank.SPEAKER
        return Rank.EDITOR if self.helper.may_write else Rank.COMMENTER

    @property
    def is_speaker(self) -> bool:
        return self.helper is None

    @property
    def may_write(self) -> bool:
        return self.rank >= Rank.EDITOR

    @property
    def called(self) -> str:
        """Who this is to the others at this talk."""
        return self.me.name if self.helper is None else str(self.helper)

    def must_be(self, least: Rank) -> None:
        """Raises Refusal, in words, where this person may not do so much."""
        if self.rank < least:
            words = ONLY_THEY if self.may_write or least == Rank.SPEAKER else ONLY_READ
            raise Refusal(403, "not-theirs", words.format(speaker=self.me.name))


def visit_of(request: HttpRequest, talk_pk: int) -> Visit:
    """Who helps with a talk that they also speak in is a speaker.

    Raises:
        Http404: the talk isn't theirs; nobody learns what else there is. Refusal: they helped with it, and do no more.
    """
    user: Any = request.user
    found = Contribution.objects.filter(talk=talk_pk).select_related("talk__event__series", "latest_revision__user")
    me = Speaker.objects.filter(user=user).first()
    if me is not None and (mine := found.of(user).first()) is not None:
        return Visit(request, user, me, mine)
    helper = _helper(user, talk_pk)
    if helper is not None and (helped := found.open_to(user).first()) is not None:
        return Visit(request, user, helper.speaker, helped, helper)
    if helper is not None:
        day = short_day(timezone.localtime(helper.ended_at)) if helper.ended_at else ""
        raise Refusal(403, "ended", (ENDED if day else GONE).format(speaker=helper.speaker.name, day=day))
    raise Http404("No such talk of theirs.")


@dataclass(frozen=True)
class AtHome:
    """A speaker at what is said of them on all evenings."""

    request: HttpRequest
    user: User
    me: Speaker


def at_home(request: HttpRequest) -> AtHome:
    """Raises Http404 where the account belongs to no speaker."""
    user: Any = request.user
    me = Speaker.objects.current().filter(user=user).select_related("latest_revision__user").first()
    if me is None:
        raise Http404("This account belongs to no speaker.")
    return AtHome(request, user, me)


def _helper(user: Any, talk_pk: int) -> Helper | None:
    """Their newest row at this talk, the one that isn't ended before others."""
    rows = Helper.objects.filter(user=user, contribution__talk=talk_pk).select_related("speaker", "user")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-pk").first()
