from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"

    def ready(self) -> None:
        from accounts.links import when_used
        from pages.scheduler import JOBS, LOOPS

        from . import converting, copies, following_up, gathering
        from .talk_links import KIND, note_opened

        when_used(KIND, note_opened)
        JOBS.extend([gathering.each_minute, copies.make_missing, following_up.each_minute])
        LOOPS.append(converting.run)
