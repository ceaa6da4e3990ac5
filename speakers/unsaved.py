"""What somebody types in their profile before they save it: one row, joined with what each window of theirs sends.

Words of a profile are live once they are saved (decision 87), so what is half typed can't be in a draft that somebody
else may publish; nor may it be lost.
"""

from collections.abc import Mapping

from .fields import digest
from .joining import Joined, join
from .models import Speaker, UnsavedProfile

Values = Mapping[str, str]


def unsaved_of(speaker: Speaker) -> UnsavedProfile:
    """Their row, or an empty one that isn't in the database."""
    return UnsavedProfile.objects.filter(speaker=speaker).first() or UnsavedProfile(speaker=speaker)


def joined_with(row: UnsavedProfile, *, sent: Values, base: Values) -> Joined:
    """What a window sent of fields that wait already."""
    return join(now=row.values, sent={n: v for n, v in sent.items() if n in row.values}, base=base, own=True)


def take(row: UnsavedProfile, *, values: Values, base: Values, saved: Values) -> None:
    """Let values wait, in memory; one that is what is saved has nothing to wait for."""
    for name, value in values.items():
        row.values[name] = value
        row.base.setdefault(name, base.get(name, ""))
        if value == saved[name]:
            forget(row, {name: value})


def forget(row: UnsavedProfile, settled: Values) -> None:
    """Of each name the value that was dealt with; one that another window typed since goes on waiting."""
    for name, value in settled.items():
        if row.values.get(name) == value.replace("\r\n", "\n"):
            del row.values[name]
            row.base.pop(name, None)


def saved_with(row: UnsavedProfile, *, sent: Values, base: Values) -> Values:
    """Of what waits, what a form that is saved was sent with, or began from."""
    return {n: v for n, v in row.values.items() if n in sent and (sent[n] == v or base.get(n) == digest(v))}


def keep(row: UnsavedProfile) -> None:
    if row.values:
        row.save()
    elif row.pk:
        row.delete()


def drop_typed(*, speaker: Speaker) -> None:
    """They want back what is saved."""
    UnsavedProfile.objects.filter(speaker=speaker).delete()
