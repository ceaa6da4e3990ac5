"""Replies as people send them, about tides; and the questions as every speaker is asked them."""

import re
from collections import Counter

from speakers.importers.asking import Asking
from speakers.importers.replies import Reply, split
from tests.factories import QUESTIONS

ASKED = [Asking(key, (wording,), slug.capitalize()) for key, (slug, wording) in enumerate(QUESTIONS.items(), start=1)]
SLUGS = dict(enumerate(QUESTIONS, start=1))


def answers(text: str, **options) -> dict[str, str]:
    """What was found, by the question's slug."""
    return {SLUGS[key]: found.text for key, found in split(text, ASKED, **options).found.items() if found.text}


def words_in(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text))


def words_of(reply: Reply) -> Counter:
    """The words of every place of a reply."""
    places = [words for found in reply.found.values() for words in [*found.headings, found.text]]
    return words_in("\n".join([*places, *(loose.text for loose in reply.loose), *reply.ours]))
