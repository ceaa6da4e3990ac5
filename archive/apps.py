from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from events import publishing
        from pages.scheduler import JOBS, LOOPS

        from . import deadlines
        from .linking import checking, register
        from .models import Transcript
        from .opendata import making, withdrawing
        from .searching import door, keeping

        publishing.connect_shown(Transcript)
        publishing.LISTENERS.extend([withdrawing.changed, door.changed, register.changed])
        JOBS.extend([keeping.sweep, register.sweep, deadlines.each_minute])
        LOOPS.extend([checking.loop, making.run])
