"""Makes somebody an administrator, the first one too, and prints a way in."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from accounts.actions import make_administrator
from accounts.links import make_sign_in_link

HOLDS = dt.timedelta(hours=24)


class Command(BaseCommand):
    help = "Makes the person with this address an administrator, and prints a link that signs them in once, for a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="Their e-mail address.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["address"])
        except ValidationError as fault:
            raise CommandError("That is not an e-mail address.") from fault
        user = make_administrator(email=options["address"])
        link = make_sign_in_link(
            user=user,
            purpose="console",
            next=reverse("wagtailadmin_home"),
            expires_at=timezone.now() + HOLDS,
        )
        self.stdout.write(link.url)
