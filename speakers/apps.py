from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"

    def ready(self) -> None:
        from pages import scheduler

        from . import converting, copies

        scheduler.LOOPS.append(converting.run)
        scheduler.JOBS.append(copies.make_missing)
