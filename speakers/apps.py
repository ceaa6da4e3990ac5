from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"

    def ready(self) -> None:
        from pages.scheduler import JOBS

        from . import gathering

        JOBS.append(gathering.each_minute)
