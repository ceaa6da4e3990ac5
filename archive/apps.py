from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from events import publishing
        from pages.scheduler import JOBS, LOOPS

        from .linking import checking, register
        from .models import Transcript
        from .searching import door, keeping

        publishing.connect_shown(Transcript)
        publishing.LISTENERS.append(door.changed)
        publishing.LISTENERS.append(register.changed)
        JOBS.extend([keeping.sweep, register.sweep])
        LOOPS.append(checking.loop)
