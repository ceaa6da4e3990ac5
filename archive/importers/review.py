"""What a person should look at in a plan, held against what the site knows: one sentence each."""

from collections.abc import Iterator

from events.counts import HostCount
from events.models import Chapter, Host, Recording, SeriesPage, TalkSpeaker
from speakers.doubles import folded
from speakers.models import Organisation, Speaker, TalkLink

from .asks import asks_of
from .evening import EveningFacts
from .fitting import is_address, room
from .matching import Directory
from .plan import HostCountClaim, LinkPlan, LostLink, TalkPlan, WriteupPlan


def find_doubts(
    plan: WriteupPlan, *, facts: EveningFacts, series: SeriesPage | None, directory: Directory | None
) -> list[str]:
    """The plan's own warnings, and what follows from the series, the people and the organisations that are known."""
    doubts = [*plan.warnings, *_host_doubts(plan, facts, series)]
    if facts.written_up_on is None:
        doubts.append("No --written-up-on was given: it counts as written up on the evening’s own day.")
    for talk in plan.talks:
        doubts += _talk_doubts(talk, directory)
    doubts += [
        f"The address {link.url[:80]} can’t be kept as one, so its line is among the leftovers."
        for link in unusable_links(plan)
    ]
    doubts += _cut_words(plan)
    return list(dict.fromkeys(doubts))


def find_lost_links(plan: WriteupPlan) -> list[str]:
    """Words that were links once, with the sentence they stand in."""
    lost = [_lost("The evening", link) for link in plan.lost_links]
    return lost + [_lost(whose(talk), link) for talk in plan.talks for link in talk.lost_links]


def whose(talk: TalkPlan) -> str:
    """ "Ada Okafor and Ravi Penhale"."""
    return " and ".join(speaker.name for speaker in talk.speakers)


def unusable_links(plan: WriteupPlan) -> list[LinkPlan]:
    """Lines whose address no column takes; they go to the leftovers."""
    found = [link for link in plan.recordings if not is_address(link.url, Recording, "url")]
    for talk in plan.talks:
        found += [link for link in [*talk.slides, *talk.links] if not is_usable(link)]
    return found


def leftover_lines(plan: WriteupPlan) -> list[str]:
    """The lines that only organisers see: what fits nowhere, and what would be a link but can't."""
    return [*plan.unplaced, *(link.line for link in unusable_links(plan))]


def is_usable(link: LinkPlan) -> bool:
    return is_address(link.url, TalkLink, "url")


def _lost(place: str, link: LostLink) -> str:
    if link.label == link.sentence:
        return f"{place}: nothing follows “{link.label}”."
    return f"{place}: “{link.label}” in “{link.sentence}”"


def _talk_doubts(talk: TalkPlan, directory: Directory | None) -> Iterator[str]:
    if talk.title_is_ours:
        yield f"{whose(talk)}: the text has no title; “{talk.title}” is ours."
    if directory is not None:
        yield from _people_doubts(talk, directory)
    _, unsure = asks_of(talk)
    for sentence in unsure:
        yield f"{whose(talk)}: this may ask something of readers, and was left in the text alone: “{sentence[:200]}”"


def _people_doubts(talk: TalkPlan, directory: Directory) -> Iterator[str]:
    for speaker in talk.speakers:
        yield from directory.person(speaker.name, organisation=speaker.organisation).doubts
        if speaker.organisation:
            yield from directory.organisation(speaker.organisation).doubts


def _host_doubts(plan: WriteupPlan, facts: EveningFacts, series: SeriesPage | None) -> Iterator[str]:
    count = series.host_count(facts.number) if series else None
    claim = plan.host_count
    if count is None and facts.host is None:
        yield f"No host is known for number {facts.number}: set in the series who hosted which numbers, or give --host."
    if claim is None or claim.ordinal is None:
        return
    if count is None:
        yield (
            f"The text counts this as number {claim.ordinal} at {claim.host}. That can’t be checked: "
            "the series doesn’t say who hosted which numbers."
        )
        return
    if claim.ordinal != count.here or not _same(claim.host, count.host):
        yield (
            f"The text counts this as number {claim.ordinal} at {claim.host}; "
            f"by the series’ hosts it is number {count.here} at {count.host}."
        )
    yield from _earlier_doubts(claim, count)


def _earlier_doubts(claim: HostCountClaim, count: HostCount) -> Iterator[str]:
    if claim.earlier_count is None:
        return
    ours = next(((n, host) for n, host in count.earlier if _same(claim.earlier_host, host)), None)
    if ours is None or ours[0] != claim.earlier_count:
        known = " and ".join(f"{number} at {host}" for number, host in count.earlier) or "none"
        told = f"{claim.earlier_count} at {claim.earlier_host}"
        yield f"The text counts {told} before; by the series’ hosts it is {known}."


def _same(name: str, host: Host) -> bool:
    return folded(name) == folded(host.name)


def _cut_words(plan: WriteupPlan) -> Iterator[str]:
    """Words that are longer than their column; they are cut there, and stand whole in the text they come from."""
    kept = [(s.role, TalkSpeaker, "role") for talk in plan.talks for s in talk.speakers]
    kept += [(s.place, TalkSpeaker, "place") for talk in plan.talks for s in talk.speakers]
    kept += [(s.name, Speaker, "name") for talk in plan.talks for s in talk.speakers]
    kept += [(s.organisation, Organisation, "name") for talk in plan.talks for s in talk.speakers]
    kept += [(chapter.label, Chapter, "label") for chapter in plan.chapters]
    kept += [(link.label, TalkLink, "label") for talk in plan.talks for link in talk.links]
    for words, model, field in kept:
        if len(words) > room(model, field):
            yield f"Too long for its place, so cut: “{words}”"
