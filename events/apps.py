from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from . import publishing
        from .forms import EventForm, TalkForm
        from .models import EventPage, TalkPage

        publishing.connect()
        # Models may not import forms (the arrow inside an app), so the editors' forms are hung in here.
        EventPage.base_form_class = EventForm
        TalkPage.base_form_class = TalkForm
