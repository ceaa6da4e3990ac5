"""Takes the demo away again, and what was added to it."""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import storages
from django.db import transaction

from accounts.models import User
from events.models import AudienceQuestion, EventPage, Host, SeriesPage, TalkPage, Topic, Venue
from pages.models import HomePage, Picture, StandardPage
from speakers.models import Contribution, Organisation, SlideDeck, Speaker, StandardQuestion

from .reading import read_content


def remove(*, say: Callable[[str], None]) -> None:
    """Every series, evening, talk, person and organisation; the demo's accounts and plain pages."""
    site = read_content().site
    files = list(SlideDeck.objects.values_list("file", flat=True))
    pictures = list(Speaker.objects.exclude(photo=None).values_list("photo", flat=True))
    with transaction.atomic():
        Contribution.objects.all().delete()
        pages: tuple[Any, ...] = (TalkPage, EventPage, SeriesPage)
        for model in pages:
            model.objects.all().delete()
        StandardPage.objects.filter(slug__in=[row["slug"] for row in site["pages"]]).delete()
        nouns: tuple[Any, ...] = (
            AudienceQuestion,
            SlideDeck,
            Speaker,
            Organisation,
            Topic,
            Host,
            Venue,
            StandardQuestion,
        )
        for noun in nouns:
            noun.objects.all().delete()
        User.objects.filter(email__in=[row["email"] for row in site["people"]["accounts"]]).delete()
    for picture in Picture.objects.filter(pk__in=pictures):
        picture.delete()
    for name in files:
        storages["private"].delete(name)
    say(f"Taken away. {HomePage.objects.get(depth=2).get_children().count()} other pages stay.")
