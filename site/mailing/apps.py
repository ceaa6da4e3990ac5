from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mailing"

    def ready(self) -> None:
        from pages import scheduler

        from .keeping import forget_old

        if forget_old not in scheduler.JOBS:
            scheduler.JOBS.append(forget_old)
