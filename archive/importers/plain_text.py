"""The shape "plain text of a web page, as pasted": one paragraph, heading or list item a line, no markup."""

import re
from collections.abc import Mapping

from speakers.keys import fold

from .lines import split_lines
from .people import Opening
from .plan import WriteupPlan
from .questions import DEFAULT_QUESTIONS, QuestionReader, StandardQuestion
from .scan import scan
from .sorting import Sorter

_MARKUP = re.compile(
    r"\s*<(?:!doctype\b|\?xml\b|!--|(?:html|head|body|article|main|section|div|p|h[1-6])\b[^<>]{0,500}>)", re.IGNORECASE
)


def recognises(text: str) -> bool:
    """Whether the text can be read in this shape: any text but markup."""
    return _MARKUP.match(text) is None


def parse(
    text: str, *, number: int, questions: Mapping[str, str] = DEFAULT_QUESTIONS, series: str = "Data Bites"
) -> WriteupPlan:
    """The plan of the write-up of evening `number`.

    `questions` maps the standard questions' wordings, current and former, to their slugs; `series` is the series' name
    as the text uses it. Never raises, whatever the text; each non-empty line stands in exactly one place of the plan.
    """
    texts = split_lines(text)
    lines = scan(texts, QuestionReader(questions))
    turning = [i for i, line in enumerate(lines) if isinstance(line.what, (Opening, StandardQuestion))]
    sorter = Sorter(number=number, series=fold(series), last_turn=turning[-1] if turning else len(lines))
    for position, line in enumerate(lines):
        sorter.place(position, line)
    return sorter.plan(taken=frozenset(texts))
