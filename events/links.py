"""What an organiser can do with an evening or a talk, as buttons; each leads to a page that asks first."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.widgets.button import Button

from .enums import FREES_A_SLOT
from .models import EventPage, SeriesPage, TalkPage
from .permissions import may_organise


def evening_buttons(event: EventPage, request: Any) -> list[Button]:
    """For a row of the list of evenings."""
    buttons = [
        Button("Edit", reverse("wagtailadmin_pages:edit", args=[event.pk]), icon_name="edit", priority=1),
        Button("Talks", reverse("wagtailadmin_explore", args=[event.pk]), icon_name="list-ul", priority=2),
    ]
    if event.is_public and (url := event.get_url(request)):
        buttons.append(Button("View live", url, icon_name="view", priority=3))
    return [*buttons, *evening_actions(event, request.user)]


def evening_actions(event: EventPage, user: Any) -> Iterator[Button]:
    if user.has_perm("speakers.view_contribution") or user.has_perm("speakers.change_contribution"):
        yield Button("All slides (zip)", reverse("series:slides", args=[event.pk]), icon_name="download", priority=39)
    if not may_organise(user):
        return
    over = event.over_at <= timezone.now()
    for label, name, icon, shown in (
        ("Publish the programme", "publish_programme", "upload", True),
        ("Publish the write-up", "publish_writeup", "doc-full", over),
        ("Mails", "mails", "mail", True),
        ("Next evening from this one", "plan_next", "calendar", True),
        ("Add a slot", "add_slot", "plus", True),
        ("Change the number", "renumber", "order", True),
    ):
        if shown:
            yield Button(label, reverse(f"series:{name}", args=[event.pk]), icon_name=icon, priority=40)
    # The archive's own: it knows the transcripts.
    if over:
        yield Button("Recording", reverse("evening_recording:screen", args=[event.pk]), icon_name="media", priority=40)


def talk_actions(talk: TalkPage, user: Any) -> Iterator[Button]:
    if not may_organise(user):
        return
    yield Button("Invite speakers", reverse("series:invite", args=[talk.pk]), icon_name="mail", priority=39)
    if talk.state in FREES_A_SLOT:
        yield Button("Reinstate", reverse("series:reinstate", args=[talk.pk]), icon_name="resubmit", priority=40)
    else:
        yield Button("Withdraw", reverse("series:withdraw", args=[talk.pk]), icon_name="no-view", priority=40)


def series_actions(series: SeriesPage, user: Any) -> Iterator[Button]:
    yield Button("Evenings", reverse("series:evenings", args=[series.pk]), icon_name="list-ul", priority=5)
    if may_organise(user):
        yield Button("New evening", reverse("series:plan", args=[series.pk]), icon_name="plus", priority=6)
