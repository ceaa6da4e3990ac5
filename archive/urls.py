from django.urls import path, re_path

from events.urls import NUMBER, SERIES

from . import calendars
from .api.door import addresses
from .following import FINDERS, KINDS
from .views import (
    asks,
    cards,
    corrections,
    feeds,
    links,
    names,
    numbers,
    programs,
    promises,
    questions,
    search,
    sharing,
    sound,
    topics,
    transcripts,
)

EVENING = rf"{SERIES}/{NUMBER}"
TALK = rf"{EVENING}/(?P<talk>[-\w]+)"
ANSWER = rf"{TALK}/answers/(?P<fragment>[-\w]+)"
KIND = f"(?P<kind>{'|'.join(KINDS)})"
SLUG = r"(?P<slug>[-\w]+)"

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
    re_path(rf"^{EVENING}/transcript/$", transcripts.transcript, name="transcript"),
    re_path(rf"^{EVENING}/transcript/(?P<part>[-\w]+)/$", transcripts.transcript, name="transcript_part"),
    re_path(rf"^{EVENING}/transcript/(?P<language>[a-z]+)\.txt$", transcripts.as_text, name="transcript_text"),
    re_path(
        rf"^{EVENING}/captions/(?P<kind>video|audio)-(?P<language>[a-z]+)\.vtt$",
        transcripts.as_vtt,
        name="captions_vtt",
    ),
    path("what-happened-next/", promises.promise_list, name="what_happened_next"),
    path("what-happened-next/feed/", promises.feed, name="what_happened_next_feed"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections_feed"),
    path("asks/", asks.ask_list, name="asks"),
    path("feeds/", feeds.feed_list, name="feeds"),
    re_path(rf"^feeds/{KIND}/$", feeds.feed, name="feed"),
    path("feeds/podcast/", sound.feed, name="podcast"),
    path("feeds/podcast.png", sound.podcast_cover, name="podcast_cover"),
    re_path(rf"^{SLUG}/feeds/podcast/$", sound.feed, name="podcast"),
    re_path(rf"^{SLUG}/feeds/podcast\.png$", sound.podcast_cover, name="podcast_cover"),
    re_path(rf"^{EVENING}/sound/chapters\.json$", sound.chapters, name="sound_chapters"),
    *(
        re_path(rf"^{noun}/{SLUG}/feeds/{KIND}/$", feeds.feed, {"noun": noun}, name=f"{noun}_feed")
        for noun in FINDERS
        if noun != "series"
    ),
    re_path(rf"^{SLUG}/feeds/{KIND}/$", feeds.feed, {"noun": "series"}, name="series_feed"),
    re_path(r"^cards/(?P<place>[a-z]+(?:/[-\w]+)*)/(?P<digest>[0-9a-f]{20})\.png$", cards.card, name="card"),
    re_path(rf"^{EVENING}/cite\.bib$", sharing.cite_evening, name="cite_evening"),
    re_path(rf"^{TALK}/cite\.bib$", sharing.cite_talk, name="cite_talk"),
    re_path(rf"^{ANSWER}/$", sharing.answer, name="answer"),
    re_path(rf"^{ANSWER}/cite\.bib$", sharing.cite_answer, name="cite_answer"),
    path("asks/deadlines/", calendars.deadlines_page, name="deadlines_page"),
    path("asks/deadlines.ics", calendars.deadlines, name="deadlines"),
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
