"""Prints a way in for somebody, for when mail is away."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
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
        goal = "wagtailadmin_home" if user.has_perm("wagtailadmin.access_admin") else "account"
        expires_at = timezone.now() + HOLDS
        link = make_sign_in_link(user=user, purpose="console", next=reverse(goal), expires_at=expires_at)
        self.stdout.write(link.url)
