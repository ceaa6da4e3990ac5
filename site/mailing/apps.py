from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mailing"

    def ready(self) -> None:
        from anymail.signals import tracking

        from pages import scheduler

        from . import delivery, outcomes, retention
        from .importers.bringing import bring_in_wanted
        from .keeping import forget_old

        tracking.connect(outcomes.note_event, dispatch_uid="mailing.note_event")
        scheduler.LOOPS.append(delivery.run)
        scheduler.JOBS.extend([retention.keep_house, forget_old, bring_in_wanted])
