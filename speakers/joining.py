"""What becomes of a form that was opened a while ago: what only one side changed is taken, the rest is a clash."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .fields import digest


@dataclass(slots=True)
class Joined:
    """`taken` goes into the draft; of `clashing` fields both sides changed, each in another way."""

    taken: dict[str, str] = field(default_factory=dict)
    clashing: dict[str, str] = field(default_factory=dict)


def join(*, now: Mapping[str, str], sent: Mapping[str, str], base: Mapping[str, str], own: bool = False) -> Joined:
    """`base` gives, for each field, the digest of what the form began from; `now` is what the draft says.

    Three-way, with a digest in the base's place: a revision may have been written over since, a digest can't.
    A field without a base was not there when the form was opened: it is taken only where the draft's is empty.
    `own` says that the draft is the same person's: its answer may have been lost on the way back (a lid was shut, a
    server killed), and where ours holds all of its words, it is what they went on typing.
    """
    joined = Joined()
    for name, mine in sent.items():
        theirs = now[name]
        if mine == theirs or digest(mine) == base.get(name):
            continue
        goes_on = own and theirs in mine
        if base.get(name) == digest(theirs) or theirs in ("", "[]") or goes_on:
            joined.taken[name] = mine
        else:
            joined.clashing[name] = mine
    return joined
