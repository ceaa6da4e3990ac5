"""Where else a talk's links were named, on the talk's own page."""

import pytest

from tests.archive.test_links import link_in
from tests.factories import START, make_event, make_talk
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


def test_talk_names_the_other_evenings_that_named_its_link(client):
    for number in (41, 52):
        link_in(make_talk(event=make_event(number=number, starts_at=START.replace(year=2000 - number))))
    talk = make_talk(title="Tides", event=make_event(number=60))
    link_in(talk)
    page = read(client, talk.url)
    assert lines(page, ".reading li.named") == ["The report was named at Data Bites 41, Data Bites 52 too"]


def test_talk_whose_links_are_its_own_says_nothing(client):
    talk = make_talk(title="Tides", event=make_event(number=60))
    link_in(talk)
    assert read(client, talk.url).select(".named") == []
