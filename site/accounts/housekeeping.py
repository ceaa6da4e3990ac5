"""What nobody needs to remember about signing in: sessions that ended, and links that are long over."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from .models import SignInLink

# So long an old link still offers a fresh one to the person it was sent to.
LINKS_KEPT = dt.timedelta(days=365)


@transaction.atomic
def forget_ended() -> None:
    """Delete sessions that are over, what is known of their browsers, and links a year past their end."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    SignInLink.objects.filter(expires_at__lt=now - LINKS_KEPT).delete()
