"""What a file of slides carries besides what it shows."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .kinds import Kind

LONGEST = 200
MOST_SHARES = 5


@dataclass(slots=True)
class Facts:
    """Counts, and texts cut to 200 characters. A plain dictionary of it is kept with the file."""

    kind: str
    slides: int = 0
    notes: int = 0
    hidden: int = 0
    comments: int = 0
    author: str = ""
    last_saved_by: str = ""
    company: str = ""
    title: str = ""
    embedded: int = 0
    media: int = 0
    shares: list[str] = field(default_factory=list)
    scripts: bool = False
    attached: int = 0

    def add_share(self, target: str) -> None:
        """A link to a file on somebody's own machine or network."""
        said = clean(target)
        if is_share(said) and said not in self.shares and len(self.shares) < MOST_SHARES:
            self.shares.append(said)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Facts | None":
        """As it was kept; None where the file was never read."""
        if kept.get("kind") not in Kind:
            return None
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})


def is_share(target: str) -> bool:
    """`file:///…`, `\\\\server\\folder`, `C:\\folder`."""
    plain = target.lower()
    drive = len(plain) > 2 and plain[0].isalpha() and plain[1] == ":" and plain[2] in "\\/"
    return plain.startswith(("file:", "\\\\")) or drive


def clean(text: Any) -> str:
    """One line without control characters, no longer than what is kept."""
    plain = "".join(c if c.isprintable() else " " for c in str(text or ""))
    return " ".join(plain.split())[:LONGEST]
