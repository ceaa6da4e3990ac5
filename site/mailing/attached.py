"""Files that go with a mail. They are stored once with its words, and are the same for all who get it."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import NamedTuple

# A mail is no way to send large files: many servers refuse it, and each recipient's copy is as large.
LARGEST_BYTES = 256 * 1024


class TooLargeToAttach(ValueError):
    """The files of one mail are larger together than a mail should be."""


class MailFile(NamedTuple):
    """`media_type` is without parameters; a text's bytes are UTF-8."""

    name: str
    media_type: str
    content: bytes

    @property
    def kind(self) -> tuple[str, str]:
        """ "text", "calendar"."""
        main, _, sub = self.media_type.partition("/")
        return main, sub


def kept(files: Iterable[MailFile]) -> list[dict[str, str]]:
    """Files as a message's column has them.

    Raises:
        TooLargeToAttach
    """
    files = list(files)
    if sum(len(file.content) for file in files) > LARGEST_BYTES:
        raise TooLargeToAttach
    return [{**file._asdict(), "content": b64encode(file.content).decode()} for file in files]


def files_of(rows: Iterable[dict[str, str]]) -> list[MailFile]:
    """As `kept` took them."""
    return [MailFile(row["name"], row["media_type"], b64decode(row["content"])) for row in rows]
