from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from django.db.models import DateField
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.admin.widgets import AdminDateInput

        from pages.scheduler import JOBS

        from . import entries, panels, publishing, sending
        from .forms.fields import DayField
        from .models import EventPage, SeriesPage, TalkPage

        publishing.connect()
        register_form_field_override(DateField, override={"form_class": DayField, "widget": AdminDateInput})
        JOBS.extend([entries.sweep, sending.each_minute])
        # Models may not import forms (the arrow inside an app), so the editors are hung in here.
        SeriesPage.edit_handler = panels.SERIES_EDITOR
        EventPage.edit_handler = panels.EVENT_EDITOR
        TalkPage.edit_handler = panels.TALK_EDITOR
