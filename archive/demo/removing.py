"""Takes the demo away again, and what was added to it."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from events.models import AudienceQuestion, EventPage, Host, SeriesPage, TalkPage, Topic, Venue
from pages.models import HomePage, Picture, StandardPage
from speakers.models import Contribution, Organisation, SlideDeck, Speaker, StandardQuestion

from .invited import forget_invited
from .mails import forget_mails
from .reading import read_content
from .subscribers import forget_subscribers

PAGES: tuple[Any, ...] = (TalkPage, EventPage, SeriesPage)
NOUNS: tuple[Any, ...] = (Topic, Host, Venue, AudienceQuestion, SlideDeck, Speaker, Organisation, StandardQuestion)


def remove(*, say: Callable[[str], None]) -> None:
    """Every series, evening, talk, person and organisation; the demo's accounts, readers and plain pages."""
    site = read_content().site
    files = list(SlideDeck.objects.values_list("file", flat=True))
    pictures = list(Speaker.objects.exclude(photo=None).values_list("photo", flat=True))
    with transaction.atomic(), disable_reference_index_auto_update():
        # Unpublished at once: page by page it costs more than everything else.
        Page.objects.filter(pk__in=[pk for model in PAGES for pk in model.objects.values_list("pk", flat=True)]).update(
            live=False
        )
        Contribution.objects.all().delete()
        forget_mails()
        forget_invited()
        for model in (*PAGES, *NOUNS):
            model.objects.all().delete()
        StandardPage.objects.filter(slug__in=[row["slug"] for row in site["pages"]]).delete()
        User.objects.filter(email__in=[row["email"] for row in site["people"]["accounts"]]).delete()
        forget_subscribers()
        forget_references()
    for picture in Picture.objects.filter(pk__in=pictures):
        picture.delete()
    for name in files:
        storages["private"].delete(name)
    say(f"Taken away. {HomePage.objects.get(depth=2).get_children().count()} other pages stay.")


def forget_references() -> None:
    """Of and to what is gone, in the index of what refers to what."""
    kinds = ContentType.objects.get_for_models(Contribution, *PAGES, *NOUNS).values()
    ReferenceIndex.objects.filter(
        Q(content_type__in=kinds) | Q(base_content_type__in=kinds) | Q(to_content_type__in=kinds)
    ).delete()
