from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from pages.scheduler import JOBS

        from . import entries, panels, publishing, sending
        from .models import EventPage, SeriesPage, TalkPage

        publishing.connect()
        JOBS.extend([entries.sweep, sending.each_minute])
        # Models may not import forms (the arrow inside an app), so the editors are hung in here.
        SeriesPage.edit_handler = panels.SERIES_EDITOR
        EventPage.edit_handler = panels.EVENT_EDITOR
        TalkPage.edit_handler = panels.TALK_EDITOR
