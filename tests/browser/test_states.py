"""Each kind of page where there is nothing yet, and where there is far too much; test_reader has what lies between."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.archive.test_empty_site import EMPTY
from tests.browser.looking import faults_of_length, walk
from tests.factories import make_series
from tests.factories.huge import make_huge_archive
from tests.factories.long_words import PLACE

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
# Of a series without an evening.
A_SERIES = {
    "home": "/",
    "series": "/data-bites/",
    "calendar": "/data-bites/calendar/",
    "question": "/questions/change/",
}
HUGE = {
    "home": "/",
    "series": "/data-bites/",
    "series, last page": "/data-bites/?page=2",
    "series of another name": "/another/",
    "text": "/about/",
    "speaker": "/speakers/person-0/",
    "speaker in a calendar": "/speakers/person-0/calendar/",
    "speakers": "/speakers/",
    "organisation": "/organisations/organisation-0/",
    "organisations": "/organisations/",
    "host": "/hosts/host-0/",
    "hosts": "/hosts/",
    "topic": "/topics/topic-0/",
    "topics": "/topics/",
    "questions": "/questions/",
    "question": "/questions/change/",
    "question narrowed": "/questions/change/?organisation=organisation-1&topic=topic-0",
    "asks": "/asks/",
    "what happened next": "/what-happened-next/",
    "corrections": "/corrections/",
    "links": "/links/",
    "search": "/search/?q=tide",
    "search, one kind": "/search/?q=tide&in=answers",
    "search, naughty": f"/search/?q=%22%3Cscript%3E%F0%9F%8C%8A{PLACE * 4}",
    "numbers": "/numbers/",
    "feeds": "/feeds/",
    "calendar": "/data-bites/calendar/",
    "nothing": f"/{PLACE * 4}/",
}


def test_pages_of_an_empty_site_have_no_fault(visit):
    reader = visit()
    assert walk(reader, EMPTY) == {}
    make_series()
    assert walk(reader, A_SERIES) == {}
    assert (reader.elsewhere, reader.complaints) == ([], [])


def test_pages_of_a_huge_archive_have_no_fault_and_fold_what_is_too_much(visit):
    made = make_huge_archive(at=timezone.now())
    reader = visit()
    assert walk(reader, HUGE | made, faults_of_length) == {}
    page = reader.go(made["talk"])
    expect(page.locator(".chips > li:visible")).to_have_count(12)
    page.get_by_text("188 more links").press("Enter")
    expect(page.locator(".chips > li:visible")).to_have_count(200)
    assert [said for said in reader.complaints if "404" not in said] == []
    assert reader.elsewhere == []
