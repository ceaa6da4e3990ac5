from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mailing"

    def ready(self) -> None:
        from pages import scheduler

        from .importers.bringing import bring_in_wanted
        from .keeping import forget_old

        scheduler.JOBS.extend(job for job in (forget_old, bring_in_wanted) if job not in scheduler.JOBS)
