"""Every kind of page that readers have is among those that a browser looks at: a new one is refused until it is."""

from django.urls import resolve

import archive.urls
import events.urls
from tests.browser.test_reader import PAGES
from tests.browser.test_states import HUGE

# Addresses that end like a page's, and give a program or a player what it asks for.
NO_PAGES = {"podcast", "search_suggestions", "slides", "recording"}
# Looked at with a transcript of its own (test_transcript), and with a mail that went (tests/events/test_mails_page).
ELSEWHERE = {"transcript_part", "sent_mail"}


def test_each_kind_of_page_is_looked_at_in_a_browser():
    routes = {
        (entry.name, str(entry.pattern).rstrip("$")) for entry in (*archive.urls.urlpatterns, *events.urls.urlpatterns)
    }
    kinds = {name for name, route in routes if route.endswith("/") and not name.endswith("feed")}
    seen = {resolve(path.partition("?")[0]).url_name for path in PAGES.values()}
    assert kinds - NO_PAGES - ELSEWHERE - seen == set()
    # What depends on the day stands in the huge archive's own list.
    huge = {resolve(path.partition("?")[0]).url_name for path in HUGE.values()}
    assert kinds - NO_PAGES - ELSEWHERE - huge == {"transcript", "answer", "deadlines_page", "open_data", "api"}
