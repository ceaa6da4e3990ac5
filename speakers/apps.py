from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"

    def ready(self) -> None:
        from pages.scheduler import JOBS

        from .following_up import each_minute

        JOBS.append(each_minute)
