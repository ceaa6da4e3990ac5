"""What speakers ask of readers, from the hints of a plan: only where it is certain."""

import datetime as dt
import re

from speakers.enums import DatePrecision
from speakers.models import Ask

from .fitting import is_address, room, without_controls
from .plan import AskHint, TalkPlan

_WISH = re.compile(
    r"\b(?:you can (?:also |now |still )?"
    r"|(?:invit|encourag|urg|ask)(?:e|es|ed|s)? (?:you|everyone|everybody|people|readers) to |please )(?P<wish>\S.+)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r",? before (?:it|this|the consultation) closes (?:on|in) (?:\d{1,2} )?[A-Z][a-z]+ \d{4}")
_LEAST_WORDS = 3


def asks_of(talk: TalkPlan) -> tuple[list[Ask], list[str]]:
    """The asks of a talk, and sentences that may be one but don't fit.

    A day and its month are one ask: "open until February" and "before 4 February" say the same, and the day says more.
    """
    asks: list[Ask] = []
    unsure: list[str] = []
    for hint in talk.asks:
        ask = _read(hint)
        if ask is None:
            unsure.append(hint.sentence)
            continue
        same = next((known for known in asks if known.text == ask.text or _close_together(known, ask)), None)
        if same is None:
            asks.append(ask)
        else:
            _join(same, ask)
    return asks, unsure


def _read(hint: AskHint) -> Ask | None:
    """The ask that one sentence makes; None where it is too long for one, or its address or date doesn't exist."""
    text = without_controls(hint.sentence)
    if len(text) > room(Ask, "text") or (hint.email and not is_address(hint.email, Ask, "email")):
        return None
    text = _wish(text)
    if not hint.closes:
        return Ask(text=text, email=hint.email)
    is_month = hint.closes.count("-") == 1
    try:
        closes_on = dt.date.fromisoformat(f"{hint.closes}-01" if is_month else hint.closes)
    except ValueError:
        return None
    return Ask(text=text, closes_on=closes_on, closes_precision=DatePrecision.MONTH if is_month else DatePrecision.DAY)


def _wish(sentence: str) -> str:
    """ "We invite you to complete our survey, before it closes on 4 May 2031." → "Complete our survey." """
    found = _WISH.search(sentence)
    wish = _CLOSING.sub("", found["wish"]) if found else ""
    return wish[:1].upper() + wish[1:] if len(wish.split()) >= _LEAST_WORDS else sentence


def _close_together(one: Ask, other: Ask) -> bool:
    """Whether both close on the same day, or one on a day of the other's month."""
    if one.closes_on is None or other.closes_on is None:
        return False
    days = {ask.closes_on for ask in (one, other) if ask.closes_precision == DatePrecision.DAY}
    return len(days) < 2 and (one.closes_on.year, one.closes_on.month) == (other.closes_on.year, other.closes_on.month)


def _join(ask: Ask, other: Ask) -> None:
    """Take over what the other says more exactly."""
    ask.email = ask.email or other.email
    if ask.closes_on is None or other.closes_precision == DatePrecision.DAY != ask.closes_precision:
        ask.text = other.text
        ask.closes_on, ask.closes_precision = other.closes_on, other.closes_precision
