from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"

    def ready(self) -> None:
        from accounts.links import when_used

        from .talk_links import KIND, note_opened

        when_used(KIND, note_opened)
        from pages.scheduler import JOBS

        from . import gathering

        JOBS.append(gathering.each_minute)
        from pages import scheduler

        from . import converting, copies

        scheduler.LOOPS.append(converting.run)
        scheduler.JOBS.append(copies.make_missing)
