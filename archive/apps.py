from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from pages.scheduler import JOBS

        from . import deadlines

        JOBS.append(deadlines.each_minute)
