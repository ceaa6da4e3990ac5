"""When news stop by themselves: too many bounces or complaints in an hour. And whether the mail server answers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .actions import queue_mail, write_message
from .enums import MailState, Urgency
from .models import Delivery, OutgoingMail

HOUR = dt.timedelta(hours=1)
LATE_AFTER = dt.timedelta(minutes=2)
SHARE = 0.02
# Fewer than this say nothing: in a list of forty, one full mailbox is more than two per cent.
FEWEST = 10
PERMISSION = "mailing.see_outbox"
GONE_WRONG = (MailState.BOUNCED, MailState.COMPLAINED, MailState.SET_ASIDE)


def organisers() -> Any:
    """The people who are told: whoever may decide about mails. By permission, because their model is above us."""
    app, codename = PERMISSION.split(".")
    named = {"content_type__app_label": app, "codename": codename}
    own = Q(**{f"user_permissions__{field}": value for field, value in named.items()})
    by_role = Q(**{f"groups__permissions__{field}": value for field, value in named.items()})
    users = get_user_model()._default_manager.filter(own | by_role | Q(is_superuser=True), is_active=True)
    return users.exclude(email="").order_by("pk").distinct()


def bad_and_all(*, at: dt.datetime, counted_from: dt.datetime | None) -> tuple[int, int]:
    """How many news of the last hour went wrong, and of how many; enough of the latter to tell, and no more."""
    since = max(at - HOUR, counted_from) if counted_from else at - HOUR
    ended = OutgoingMail.objects.filter(urgency=Urgency.NEWS, ended_at__gt=since).exclude(recipient="")
    bad = ended.filter(state__in=GONE_WRONG).count()
    if bad < FEWEST:
        return bad, 0
    gone = ended.filter(state__in=[*GONE_WRONG, MailState.SENT, MailState.UNKNOWN])
    return bad, gone[: int(bad / SHARE) + 1].count()


@transaction.atomic
def pause_if_too_many_come_back(*, at: dt.datetime) -> bool:
    """Pause news where more than 2 % of an hour's went wrong, and tell the organisers; codes and personal mails go on.

    Returns whether news were paused now.
    """
    delivery = Delivery.now()
    if delivery.news_paused_at:
        return False
    bad, gone = bad_and_all(at=at, counted_from=delivery.counted_from)
    if bad < FEWEST or bad <= gone * SHARE:
        return False
    Delivery.objects.get_or_create(pk=1)
    why = f"{bad} of {gone} news in an hour bounced, were refused or were reported as unwanted."
    paused = Delivery.objects.filter(pk=1, news_paused_at=None).update(news_paused_at=at, news_paused_why=why)
    if paused:
        _tell(at=at, why=why)
    return bool(paused)


def _tell(*, at: dt.datetime, why: str) -> None:
    url = f"{settings.SITE_URL}{reverse('outbox:index')}"
    message = write_message(
        template="mailing/email/news_paused",
        context={"why": why, "outbox_url": url, "paused_at": timezone.localtime(at)},
    )
    for user in organisers():
        queue_mail(
            to=user.email,
            message=message,
            purpose=f"news-paused:{at.isoformat()}:{user.pk}",
            urgency=Urgency.PERSONAL,
        )


@transaction.atomic
def resume_news(*, at: dt.datetime) -> bool:
    """Let news leave again; what went wrong before counts no longer. Returns whether they were paused."""
    paused = Delivery.objects.filter(pk=1, news_paused_at__isnull=False)
    return bool(paused.update(news_paused_at=None, news_paused_why="", counted_from=at))


def note_away(*, at: dt.datetime, why: str) -> None:
    """The mail server takes no mail; since when is kept, and why is the newest reason."""
    Delivery.objects.get_or_create(pk=1)
    Delivery.objects.filter(pk=1).update(away_why=why[:300])
    Delivery.objects.filter(pk=1, away_since=None).update(away_since=at)


def note_back() -> None:
    """The mail server takes mails."""
    Delivery.objects.filter(pk=1, away_since__isnull=False).update(away_since=None, away_why="")


def mails_are_late(*, at: dt.datetime) -> bool:
    """Whether somebody who waits for a mail is to be told that it may take a while: no server, or no worker."""
    if Delivery.now().away_since:
        return True
    waited_for = OutgoingMail.objects.waiting(at=at).filter(urgency=Urgency.WAITING, attempts=0)
    return waited_for.filter(due_at__lt=at - LATE_AFTER).exists()
