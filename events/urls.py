from django.urls import path, re_path

from . import feeds, sent, views

SERIES = r"(?P<series>[-\w]+)"
NUMBER = r"(?P<number>[1-9][0-9]{0,8})"
MAIL = r"(?P<name>[a-z]+(?:-[a-z0-9]+)*)"

urlpatterns = [
    re_path(r"^(?P<number>[0-9]+)/?$", views.short_address, name="short_address"),
    re_path(rf"^{SERIES}/calendar\.ics$", feeds.series_calendar, name="series_calendar"),
    re_path(rf"^{SERIES}/calendar/$", views.calendar, name="calendar"),
    re_path(rf"^{SERIES}/{NUMBER}/event\.ics$", feeds.event_calendar, name="event_calendar"),
    re_path(rf"^{SERIES}/{NUMBER}/badge\.png$", views.badge, name="badge"),
    re_path(
        rf"^{SERIES}/{NUMBER}/mail/{MAIL}/$",
        sent.sent_mail,
        name="sent_mail",
    ),
    re_path(rf"^{SERIES}/{NUMBER}/chapters/(?P<kind>video|audio)\.vtt$", views.chapters, name="chapters_vtt"),
    path("slides/<int:pk>/", views.slides, name="slides"),
    path("recordings/<int:pk>/", views.recording, name="recording"),
    # The same by a name with an ending, for programs that look at it; whatever the name says, the key decides.
    path("recordings/<int:pk>/<str:name>", views.recording, name="recording_file"),
]
