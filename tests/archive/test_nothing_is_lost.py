"""Whatever a write-up says stands somewhere in the drafts, where an organiser finds it."""

import re

import pytest

from events.models import AudienceQuestion
from speakers.prose import plain_text
from tests.factories import make_series

from .importing import OPENING, Importer, evening, given, talks
from .texts import WRITEUP

pytestmark = pytest.mark.django_db
MARK = re.compile(r"[•*–-] |\d{1,2}[.)] ")


def words_kept():
    """All words of an evening's drafts."""
    event = evening()
    html = [event.introduction, event.sign_off, *(talk.account for talk in talks())]
    plain = [event.leftovers, *(f"{row.clock} {row.label}" for row in event.chapters.all())]
    plain += [row.url for row in event.recordings.all()]
    for contribution in given():
        plain += [f"{row.wording} {row.plain_text}" for row in contribution.answers.all()]
        plain += [f"{row.label} {row.url}" for row in contribution.links.all()] + [contribution.slides_url]
        plain += [note.text for note in contribution.notes.all()]
    for row in AudienceQuestion.objects.all():
        plain.append(row.as_asked)
        html.append(row.answer)
    return as_compared(" ".join([*plain, *map(plain_text, html)]))


def as_compared(words):
    return words.casefold().replace("’", "'").replace(": http", " http")


def missing_from_drafts(text):
    """Lines of the text that stand nowhere, but for marks of lists, colons before addresses, and capitals."""
    kept = words_kept()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [line for line in lines if as_compared(MARK.sub("", line, count=1)) not in kept]


def test_each_line_stands_in_the_drafts(tmp_path):
    make_series()
    Importer(tmp_path)()
    # Words that say no more than the place says where the rest of them went.
    labels = ["Watch on YouTube: ", "Slides: ", "Useful links:"]
    missing = missing_from_drafts(WRITEUP)
    assert [line.split("https://")[0] for line in missing] == labels
    addresses = [f"https://{line.split('https://')[1]}" for line in missing[:2]]
    assert [address for address in addresses if address not in words_kept()] == []


def test_heading_of_lost_links_is_kept_for_organisers(tmp_path):
    make_series()
    text = f"{OPENING}\nSome key links include:\nOdile was also asked about wax."
    Importer(tmp_path)(text)
    assert missing_from_drafts(text) == []
