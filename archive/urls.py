from django.urls import path, re_path

from . import calendars
from .following import FINDERS, KINDS
from .views import asks, cards, feeds, names, questions, sharing, sound, topics

EVENING = r"(?P<series>[-\w]+)/(?P<number>[1-9][0-9]{0,8})"
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
    path("asks/", asks.ask_list, name="asks"),
    path("feeds/", feeds.feed_list, name="feeds"),
    re_path(rf"^feeds/{KIND}/$", feeds.feed, name="feed"),
    path("feeds/podcast/", sound.feed, name="podcast"),
    path("feeds/podcast.png", sound.podcast_cover, name="podcast_cover"),
    re_path(rf"^{SLUG}/feeds/podcast/$", sound.feed, name="podcast"),
    re_path(rf"^{SLUG}/feeds/podcast\.png$", sound.podcast_cover, name="podcast_cover"),
    re_path(rf"^{EVENING}/sound/chapters\.json$", sound.chapters, name="sound_chapters"),
    re_path(rf"^{EVENING}/sound/(?P<language>[A-Za-z0-9-]{{2,20}})\.vtt$", sound.words, name="sound_words"),
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
]
