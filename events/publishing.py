"""The one door: whatever makes something public, takes it away or moves it comes through here."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from pages.cache import bump
from pages.models import HomePage, SiteSettings, StandardPage
from speakers.models import Contribution, Organisation, Speaker, StandardQuestion, TalkConsent

from .models import AudienceQuestion, EventPage, Host, SeriesPage, TalkPage, Topic, Venue

PAGES = (SeriesPage, EventPage, TalkPage)
# What stands on public pages and has no consequence beyond them.
TEXTS = (HomePage, StandardPage)
SHOWN = (AudienceQuestion, SiteSettings, StandardQuestion, Topic)


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
    for noun in (Venue, Host, Speaker, Organisation):
        post_save.connect(noun_saved, sender=noun, dispatch_uid=f"events.saved.{noun.__name__}")
    for text in TEXTS:
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(words_changed, sender=text, dispatch_uid=f"events.words.{text.__name__}")
    for shown in SHOWN:
        for signal in (post_save, post_delete):
            signal.connect(words_changed, sender=shown, dispatch_uid=f"events.shown.{shown.__name__}")


def words_changed(**kwargs: Any) -> None:
    """Something that only stands on pages changed: no page that was kept is served again."""
    transaction.on_commit(bump)


def page_changed(instance: Any, **kwargs: Any) -> None:
    """A series, an evening or a talk was published, unpublished or deleted."""
    event = _evening_of(instance)
    transaction.on_commit(bump)
    if event is not None and not isinstance(instance, EventPage):
        transaction.on_commit(partial(refresh_end, event.pk))
    if isinstance(instance, SeriesPage) and instance.pk:
        transaction.on_commit(partial(refresh_series, instance.pk))


def page_moved(instance: Any, **kwargs: Any) -> None:
    """A talk or an evening went to another place or parent: the columns that repeat the parent follow the tree."""
    event = EventPage.objects.filter(pk=instance.pk).first()
    if event is not None:
        EventPage.objects.filter(pk=event.pk).update(series=event.get_parent().pk)
        transaction.on_commit(partial(refresh_end, event.pk))
    talk = TalkPage.objects.filter(pk=instance.pk).first()
    if talk is not None:
        parent_pk = talk.get_parent().pk
        TalkPage.objects.filter(pk=talk.pk).update(event=parent_pk)
        for pk in {talk.event_id, parent_pk} - {None}:
            transaction.on_commit(partial(refresh_end, pk))
    transaction.on_commit(bump)


def talk_deleted(instance: TalkPage, **kwargs: Any) -> None:
    """What its speakers gave stays, off the site and without a talk; where there never was anything, it goes along."""
    given = Contribution.objects.filter(pk=instance.contribution_id).first()
    if given is None:
        return
    if given.live:
        given.unpublish()
    elif not (given.has_words() or given.handovers.exists() or given.consents.exists() or given.notes.exists()):
        given.delete()


def contribution_changed(instance: Contribution, **kwargs: Any) -> None:
    """The speakers' words came or went: the search index knows it at once, and so does every page."""
    talk = TalkPage.objects.filter(contribution=instance).first()
    if talk is not None:
        transaction.on_commit(partial(index.insert_or_update_object, talk))
    transaction.on_commit(bump)


def consent_changed(instance: TalkConsent, **kwargs: Any) -> None:
    """A speaker agreed, or took it back: what readers and the search may see of their words has changed."""
    contribution_changed(instance.contribution)


def noun_saved(instance: Any, **kwargs: Any) -> None:
    """A venue, a host, a person or an organisation was saved: their talks' search entries name them."""
    if isinstance(instance, Speaker | Organisation):
        field = "speaker" if isinstance(instance, Speaker) else "organisation"
        transaction.on_commit(partial(reindex_talks, **{f"talk_speakers__{field}": instance.pk}))
    transaction.on_commit(bump)


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
