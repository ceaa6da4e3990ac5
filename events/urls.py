from django.urls import path, re_path

from . import feeds, views

SERIES = r"(?P<series>[-\w]+)"
NUMBER = r"(?P<number>[1-9][0-9]{0,8})"

urlpatterns = [
    re_path(r"^(?P<number>[0-9]+)/?$", views.short_address, name="short_address"),
    re_path(r"^(?P<series>[-\w]+)/calendar\.ics$", feeds.series_calendar, name="series_calendar"),
    re_path(r"^(?P<series>[-\w]+)/calendar/$", views.calendar, name="calendar"),
    re_path(
        r"^(?P<series>[-\w]+)/(?P<number>[1-9][0-9]{0,8})/event\.ics$", feeds.event_calendar, name="event_calendar"
    ),
    re_path(r"^(?P<series>[-\w]+)/(?P<number>[1-9][0-9]{0,8})/badge\.png$", views.badge, name="badge"),
    path("slides/<int:pk>/", views.slides, name="slides"),
    path("recordings/<int:pk>/", views.recording, name="recording"),
]
