"""What somebody agrees to, word for word. It is on the form, and with each consent it is kept as it was.

Whoever adds a mail under a heading makes these words true first: nobody gets what they were not told about.
"""

import hashlib

from .enums import Heading

WHAT = {
    Heading.EVENINGS: (
        "A mail when an evening is announced, when its programme is complete, a week before and on the day, "
        "and when something changes or it is called off: about four for each evening. Rarely, one more about evenings."
    ),
    Heading.WRITE_UPS: (
        "A mail when the recording or the write-up of an evening is here: one or two for each evening. "
        "Rarely, one more about them."
    ),
}
LEAVING = "You can leave at any time with one press."


def wording_of(heading: Heading) -> str:
    """All that the form says about a heading."""
    return f"{heading.label}. {WHAT[heading]} {LEAVING}"


def version_of(text: str) -> str:
    """A wording's version: other words, another version, whoever forgets to count."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
