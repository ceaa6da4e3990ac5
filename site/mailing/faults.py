"""What can go wrong with a mail on its way: four things, each with one answer.

It is refused; it may be tried later; the server is away, so that no other mail need be tried either; or it may have
gone, and nobody can say.
"""

import re

ANY_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>]+")


class Refused(Exception):
    """The server won't take this mail. `no_such_mailbox`: because nobody has that address."""

    def __init__(self, why: str, *, no_such_mailbox: bool = False) -> None:
        super().__init__(why)
        self.no_such_mailbox = no_such_mailbox


class TryLater(Exception):
    """The server won't take this mail now."""


class Away(Exception):
    """The server takes no mail now, and this one surely did not leave. `seconds` is how long it asked us to wait."""

    def __init__(self, why: str, *, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class MayHaveGone(Exception):
    """The mail was handed over and the server's answer never came."""


def without_addresses(words: str | bytes) -> str:
    """What a server said, on one line, without the addresses that servers like to repeat."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(ANY_ADDRESS.sub("(address)", text).split())[:280]
