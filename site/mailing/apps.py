from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mailing"

    def ready(self) -> None:
        from pages import scheduler

        from . import delivery, retention
        from .keeping import forget_old

        scheduler.LOOPS.append(delivery.run)
        scheduler.JOBS.append(retention.keep_house)
        if forget_old not in scheduler.JOBS:
            scheduler.JOBS.append(forget_old)
