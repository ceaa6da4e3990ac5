from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from pages import scheduler

        from .opendata import making

        scheduler.LOOPS.append(making.run)
