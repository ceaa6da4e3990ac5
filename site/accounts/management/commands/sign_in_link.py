"""Prints a way in for somebody, for when mail is away."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.shortcuts import resolve_url
from django.utils import timezone

from accounts.links import make_sign_in_link
from accounts.models import User

HOLDS = dt.timedelta(hours=1)


class Command(BaseCommand):
    help = "Prints a link that signs the person with this address in once, within the hour. Hand it to nobody else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="Their e-mail address.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.who_may_sign_in(options["address"])
        if user is None:
            raise CommandError("Nobody with this address may sign in.")
        goal = "wagtailadmin_home" if user.has_perm("wagtailadmin.access_admin") else settings.LOGIN_REDIRECT_URL
        expires_at = timezone.now() + HOLDS
        link = make_sign_in_link(user=user, purpose="console", next=resolve_url(goal), expires_at=expires_at)
        self.stdout.write(link.url)
