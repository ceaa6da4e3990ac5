"""Evenings to follow in feeds, and a program that follows them."""

import datetime as dt

import feedparser

from events.models import Topic
from tests.factories import START, give, make_event, make_organisation, make_speaker, make_talk, publish
from tests.remembering import remembered

AFTER = START + dt.timedelta(days=20)
YEAR = dt.timedelta(days=365)
ALL = ("/", "/data-bites/", "/topics/census/", "/organisations/board-of-tides/", "/speakers/ada-vale/")


@remembered
def evening(number=60, *, title="Tides", words="We count waves.", starts_at=START, **fields):
    """An evening with a talk and its write-up, and everything that a feed can be of."""
    fields.setdefault("written_up_on", starts_at.date() + dt.timedelta(days=2))
    event = make_event(number=number, starts_at=starts_at, **fields)
    topic, _ = Topic.objects.get_or_create(name="Census")
    person = make_speaker("Ada Vale") if number == 60 else make_speaker()
    organisation = make_organisation("Board of Tides" if number == 60 else "")
    talk = make_talk(event=event, title=title, speakers=[person], role="Chief", organisation=organisation)
    talk = publish(talk, topics=[topic])
    give(talk, {"summary": words})
    return talk


def get(client, address, **headers):
    response = client.get(address, headers=headers)
    return response, feedparser.parse(response.content)
