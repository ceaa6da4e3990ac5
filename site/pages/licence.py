"""Under which terms the archive's words may be used again, where the organisers have said so."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Licence:
    """`name` is empty where nothing was said."""

    name: str
    url: str

    @property
    def words(self) -> str:
        """ "Creative Commons Attribution 4.0, https://…", on one line."""
        return ", ".join(part for part in (self.name, self.url) if part)


NOTHING_SAID = Licence("", "")


def data_licence() -> Licence:
    return Licence(settings.DATA_LICENCE, settings.DATA_LICENCE_URL)
