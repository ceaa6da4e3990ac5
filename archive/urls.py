from django.urls import path, re_path

from events.urls import NUMBER, SERIES

from . import calendars
from .api.door import addresses
from .views import (
    asks,
    corrections,
    links,
    names,
    numbers,
    programs,
    promises,
    questions,
    search,
    topics,
    transcripts,
)

EVENING = rf"^{SERIES}/{NUMBER}"

urlpatterns = [
    path("sitemap.xml", names.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", names.sitemap_section, name="sitemap_section"),
    path("speakers/", names.speakers, name="speakers"),
    path("speakers/<slug:slug>/", names.speaker, name="speaker"),
    path("speakers/<slug:slug>/calendar.ics", calendars.speaker_calendar, name="speaker_calendar"),
    path("speakers/<slug:slug>/calendar/", calendars.speaker_calendar_page, name="speaker_calendar_page"),
    path("organisations/", names.organisations, name="organisations"),
    path("organisations/<slug:slug>/", names.organisation, name="organisation"),
    path("questions/", questions.question_list, name="questions"),
    path("questions/<slug:slug>/", questions.question, name="question"),
    path("questions/<slug:slug>/answers.csv", questions.as_csv, name="question_csv"),
    path("questions/<slug:slug>/answers.json", questions.as_json, name="question_json"),
    path("hosts/", names.hosts, name="hosts"),
    path("hosts/<slug:slug>/", names.host, name="host"),
    path("topics/", topics.topic_list, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    re_path(rf"{EVENING}/transcript/$", transcripts.transcript, name="transcript"),
    re_path(rf"{EVENING}/transcript/(?P<part>[-\w]+)/$", transcripts.transcript, name="transcript_part"),
    re_path(rf"{EVENING}/transcript/(?P<language>[a-z]+)\.txt$", transcripts.as_text, name="transcript_text"),
    re_path(
        rf"{EVENING}/captions/(?P<kind>video|audio)-(?P<language>[a-z]+)\.vtt$", transcripts.as_vtt, name="captions_vtt"
    ),
    path("what-happened-next/", promises.promise_list, name="what_happened_next"),
    path("what-happened-next/feed/", promises.feed, name="what_happened_next_feed"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections_feed"),
    path("asks/", asks.ask_list, name="asks"),
    path("asks/feed/", asks.feed, name="asks_feed"),
    path("links/", links.link_list, name="links"),
    path("search/", search.results, name="search"),
    path("search/suggest/", search.suggestions, name="search_suggestions"),
    path("search/opensearch.xml", search.opensearch, name="opensearch"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/<slug:name>.csv", numbers.as_csv, name="numbers_csv"),
    path("open-data/", programs.open_data, name="open_data"),
    path("open-data/data-bites.zip", programs.open_data_file, name="open_data_file"),
    path("open-data/data-bites.zip.sha256", programs.open_data_checksum, name="open_data_checksum"),
    path("api/", programs.api, name="api"),
    *addresses(),
]
