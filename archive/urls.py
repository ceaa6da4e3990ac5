from django.urls import path

from . import calendars, views

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap_section"),
    path("speakers/", views.speakers, name="speakers"),
    path("speakers/<slug:slug>/", views.speaker, name="speaker"),
    path("speakers/<slug:slug>/calendar.ics", calendars.speaker_calendar, name="speaker_calendar"),
    path("speakers/<slug:slug>/calendar/", calendars.speaker_calendar_page, name="speaker_calendar_page"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("hosts/", views.hosts, name="hosts"),
    path("hosts/<slug:slug>/", views.host, name="host"),
]
