"""The one door: whatever makes something public, takes it away or moves it comes through here."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from pages.cache import bump
from pages.models import HomePage, SiteSettings, StandardPage
from speakers.models import (
    Contribution,
    Organisation,
    PromiseReply,
    Speaker,
    StandardQuestion,
    TalkConsent,
    TermsChoice,
)

from .addresses import lead_from_original, lead_on, stored_address
from .entries import refresh_calendar, refresh_calendars
from .models import AudienceQuestion, EventPage, Host, SeriesPage, TalkPage, Topic, Venue
from .sending import evening_changed

PAGES = (SeriesPage, EventPage, TalkPage)
# What stands in calendars too: how its evenings are found.
NOUNS: dict[Any, str] = {
    Venue: "venue",
    Host: "host",
    Speaker: "talks__talk_speakers__speaker",
    Organisation: "talks__talk_speakers__organisation",
    Topic: "talks__topics",
}
# What stands on public pages and has no consequence beyond them.
TEXTS = (HomePage, StandardPage)
SHOWN = (AudienceQuestion, PromiseReply, SiteSettings, StandardQuestion, TermsChoice)
# Apps above hear of each row that comes through the door, within the transaction that changes it.
LISTENERS: list[Callable[[Any], None]] = []
# What has an address made from its slug, and is no page.
ADDRESSED = (Host, Speaker, Organisation, Topic)


def connect() -> None:
    """Hang the door into Wagtail's own signals. Called once, when the app is ready."""
    for model in PAGES:
        for signal in (page_published, page_unpublished):
            signal.connect(page_changed, sender=model, dispatch_uid=f"events.door.{model.__name__}")
        post_page_move.connect(page_moved, sender=model, dispatch_uid=f"events.moved.{model.__name__}")
        post_delete.connect(page_changed, sender=model, dispatch_uid=f"events.deleted.{model.__name__}")
    post_delete.connect(talk_deleted, sender=TalkPage, dispatch_uid="events.talk_deleted")
    for signal in (published, unpublished):
        signal.connect(contribution_changed, sender=Contribution, dispatch_uid="events.released")
    post_save.connect(consent_changed, sender=TalkConsent, dispatch_uid="events.consent")
    for noun in NOUNS:
        post_save.connect(noun_saved, sender=noun, dispatch_uid=f"events.saved.{noun.__name__}")
        post_delete.connect(words_changed, sender=noun, dispatch_uid=f"events.gone.{noun.__name__}")
    for noun in ADDRESSED:
        pre_save.connect(noun_saving, sender=noun, dispatch_uid=f"events.saving.{noun.__name__}")
    for text in TEXTS:
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(words_changed, sender=text, dispatch_uid=f"events.words.{text.__name__}")
    for shown in SHOWN:
        connect_shown(shown)


def connect_shown(model: Any) -> None:
    """Rows that only stand on pages; for a model of an app above too."""
    for signal in (post_save, post_delete):
        signal.connect(words_changed, sender=model, dispatch_uid=f"events.shown.{model.__name__}")


def words_changed(instance: Any = None, **kwargs: Any) -> None:
    """Something that only stands on pages changed: no page that was kept is served again."""
    transaction.on_commit(bump)
    tell(instance)


def tell(row: Any) -> None:
    """Let the apps above know. After `bump`, so that what they read then isn't remembered from before."""
    for listener in LISTENERS:
        listener(row)


def page_changed(instance: Any, **kwargs: Any) -> None:
    """A series, an evening or a talk was published, unpublished or deleted."""
    event = _evening_of(instance)
    transaction.on_commit(bump)
    transaction.on_commit(evening_changed)
    if event is not None and not isinstance(instance, EventPage):
        transaction.on_commit(partial(refresh_end, event.pk))
    if isinstance(instance, SeriesPage) and instance.pk:
        transaction.on_commit(partial(refresh_series, instance.pk))
        after_commit(refresh_calendars, series=instance.pk)
    if event is not None:
        after_commit(refresh_calendar, event.pk)
    if isinstance(instance, EventPage) and instance.original_url:
        for public in EventPage.objects.public().filter(pk=instance.pk):
            lead_from_original(public, public.original_url)
    tell(instance)


def page_moved(instance: Any, **kwargs: Any) -> None:
    """A talk or an evening went to another place or parent: the columns that repeat the parent follow the tree."""
    event = EventPage.objects.filter(pk=instance.pk).first()
    if event is not None:
        EventPage.objects.filter(pk=event.pk).update(series=event.get_parent().pk)
        transaction.on_commit(partial(refresh_end, event.pk))
        after_commit(refresh_calendar, event.pk)
    transaction.on_commit(evening_changed)
    talk = TalkPage.objects.filter(pk=instance.pk).first()
    if talk is not None:
        parent_pk = talk.get_parent().pk
        TalkPage.objects.filter(pk=talk.pk).update(event=parent_pk)
        for pk in {talk.event_id, parent_pk} - {None}:
            transaction.on_commit(partial(refresh_end, pk))
            after_commit(refresh_calendar, pk)
    transaction.on_commit(bump)
    for row in filter(None, (event, talk, _evening_of(TalkPage.objects.filter(pk=instance.pk).first()))):
        tell(row)


def talk_deleted(instance: TalkPage, **kwargs: Any) -> None:
    """What its speakers gave stays, off the site and without a talk; where there never was anything, it goes along."""
    given = Contribution.objects.filter(pk=instance.contribution_id).first()
    if given is None:
        return
    if given.live:
        given.unpublish()
        return
    beside = (given.handovers, given.consents, given.notes, given.comments, given.clearances)
    if not (given.has_words() or any(rows.exists() for rows in beside)):
        given.delete()


def contribution_changed(instance: Contribution, **kwargs: Any) -> None:
    """The speakers' words came or went: the search index knows it at once, and so does every page."""
    talk = TalkPage.objects.filter(contribution=instance).first()
    if talk is not None:
        transaction.on_commit(partial(index.insert_or_update_object, talk))
    transaction.on_commit(bump)
    tell(instance)


def consent_changed(instance: TalkConsent, **kwargs: Any) -> None:
    """A speaker agreed, or took it back: what readers and the search may see of their words has changed."""
    contribution_changed(instance.contribution)


def noun_saving(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """A host, a person or an organisation is about to be saved: remember its address, should it become another."""
    instance.address_before = "" if update_fields and "slug" not in update_fields else stored_address(instance)


def noun_saved(instance: Any, **kwargs: Any) -> None:
    """A venue, a host, a person, an organisation or a topic was saved: calendars and the search name them.

    Its old address leads on.
    """
    before = getattr(instance, "address_before", "")
    if before and before != instance.get_absolute_url():
        lead_on(old=before, new=instance.get_absolute_url())
    if isinstance(instance, Speaker | Organisation):
        field = "speaker" if isinstance(instance, Speaker) else "organisation"
        transaction.on_commit(partial(reindex_talks, **{f"talk_speakers__{field}": instance.pk}))
    if isinstance(instance, Speaker):
        after_commit(refresh_calendars, chair=instance.pk)
    after_commit(refresh_calendars, **{NOUNS[type(instance)]: instance.pk})
    transaction.on_commit(bump)
    tell(instance)


def after_commit(refresh: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    """A calendar that can't be refreshed is written down, and stops nobody from publishing: the sweep tries again."""
    transaction.on_commit(partial(refresh, *args, **kwargs), robust=True)


def reindex_talks(**lookup: Any) -> None:
    for talk in TalkPage.objects.filter(**lookup).distinct().iterator(chunk_size=200):
        index.insert_or_update_object(talk)


def refresh_end(event_pk: int) -> None:
    """Work out anew when an evening is over; after its slots or its series' minutes changed."""
    event = EventPage.objects.filter(pk=event_pk).select_related("series").first()
    if event is not None and (end := event.work_out_end()) != event.over_at:
        EventPage.objects.filter(pk=event_pk).update(over_at=end)


def refresh_series(series_pk: int) -> None:
    for pk in EventPage.objects.filter(series=series_pk, ends_at=None).values_list("pk", flat=True):
        refresh_end(pk)


def _evening_of(instance: Any) -> EventPage | None:
    if isinstance(instance, EventPage):
        return instance
    if isinstance(instance, TalkPage):
        # By its key: when an evening is deleted its row may be gone before its talks'.
        return EventPage.objects.filter(pk=instance.event_id).first()
    return None
