from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from events import publishing
        from pages.scheduler import JOBS

        from .models import Transcript
        from .searching import door, keeping

        publishing.connect_shown(Transcript)
        publishing.LISTENERS.append(door.changed)
        JOBS.append(keeping.sweep)
