"""Makes the file of open data now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.opendata.making import SomebodyElse, TakenBack, make_open_data


class Command(BaseCommand):
    help = (
        "Make the file of open data now, without waiting for the worker. The last one is served until the new one is "
        "whole. Prints its SHA-256 checksum and its size."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_open_data()
        except SomebodyElse as error:
            raise CommandError("A worker is making it. Try again in a few minutes.") from error
        except TakenBack as error:
            raise CommandError("Something was taken back meanwhile. Make it again.") from error
        self.stdout.write(f"{made.sha256}  {made.size_bytes} bytes, {'new' if made.is_new else 'as it was'}")
