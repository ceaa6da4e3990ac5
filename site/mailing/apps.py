from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mailing"

    def ready(self) -> None:
        from pages import scheduler

        from . import delivery, retention

        scheduler.LOOPS.append(delivery.run)
        scheduler.JOBS.append(retention.keep_house)
