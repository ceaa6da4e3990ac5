"""What was said at evenings, line by line, as records."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from events.enums import FREES_A_SLOT
from events.models import Chapter, TalkPage
from speakers.models import Contribution
from speakers.terms import licence_of

from ..models import Cue
from ..transcripts import public_transcripts
from .shapes import LicenceRecord, LineRecord


@dataclass(slots=True)
class Evening:
    """Its talks by the second at which they begin, and under which terms their speakers' words may be used again.

    A talk that isn't in `terms` is told by no line of it; what belongs to none is under the site's.
    """

    starts: list[tuple[int, int | None]] = field(default_factory=list)  # (second, the talk's key; None: nobody's)
    terms: dict[int | None, LicenceRecord] = field(default_factory=lambda: {None: _record()})
    shown: set[int] = field(default_factory=set)

    @property
    def is_told(self) -> bool:
        """Words that are kept back, and that no chapter has the place of, may be any words of the evening."""
        return self.shown <= {*self.terms, *(talk for _, talk in self.starts)}

    def talk_at(self, second: int) -> int | None:
        place = bisect_right(self.starts, second, key=lambda start: start[0])
        return self.starts[place - 1][1] if place else None


def lines(keys: Sequence[int]) -> Iterator[LineRecord]:
    """Of these evenings, in order, what may be used again. Five queries whatever the number."""
    transcripts = public_transcripts(at=timezone.now()).filter(event__in=keys).order_by("event", "language")
    known = {transcript.pk: transcript for transcript in transcripts.defer("source")}
    evenings = _evenings({transcript.event_id for transcript in known.values()})
    said: dict[int, list[Cue]] = defaultdict(list)
    for cue in Cue.objects.filter(transcript__in=known):
        said[cue.transcript_id].append(cue)
    for key, transcript in known.items():
        evening = evenings[transcript.event_id]
        for cue in said[key] if evening.is_told else ():
            talk = evening.talk_at(cue.second)
            if (licence := evening.terms.get(talk)) is not None:
                yield LineRecord(
                    event=transcript.event_id,
                    talk=talk,
                    language=transcript.language,
                    starts_milliseconds=cue.starts_ms,
                    ends_milliseconds=cue.ends_ms,
                    voice=cue.voice,
                    text=cue.text,
                    licence=licence,
                )


def _evenings(keys: Collection[int]) -> dict[int, Evening]:
    found = {key: Evening() for key in keys}
    for row in sorted(Chapter.objects.filter(event__in=keys), key=Chapter.sort_key):
        if row.begins_a_part:
            found[row.event_id].starts.append((row.seconds, row.talk_id))
    shown = TalkPage.objects.public().filter(event__in=keys).exclude(state__in=FREES_A_SLOT).order_by()
    talks = list(shown.values_list("pk", "event", "contribution"))
    terms = _terms([contribution for *_, contribution in talks])
    for talk, event, contribution in talks:
        found[event].shown.add(talk)
        if (licence := terms.get(contribution)) is not None:
            found[event].terms[talk] = licence
    return found


def _terms(contributions: Sequence[int | None]) -> dict[int | None, LicenceRecord]:
    """By contribution; none for those whose speakers keep what they said."""
    rows = Contribution.objects.filter(pk__in=[key for key in contributions if key]).allowing_reuse_of_speech()
    found = {key: _record(terms) for key, terms in rows.order_by().values_list("pk", "terms_in_force")}
    return {None: _record(), **found}


def _record(terms: str = "") -> LicenceRecord:
    licence = licence_of(terms)
    return LicenceRecord(name=licence.name, url=licence.url)
