"""Takes away somebody's second factor, when phone and recovery codes are gone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import forget_second_factor
from accounts.models import User


class Command(BaseCommand):
    help = "Removes a person's passkeys, authenticator and recovery codes and signs them out. Be sure who is asking."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="Their e-mail address.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["address"].strip().lower()).first()
        if user is None:
            raise CommandError("Nobody has this address.")
        gone = forget_second_factor(user=user)
        self.stdout.write("Done. They set up a new one when they next open the admin." if gone else "There was none.")
