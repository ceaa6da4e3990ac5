"""Panels that only show: an evening's running order, what a talk's speakers give, an import's warnings."""

from typing import Any

from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel, Panel

from speakers.invited import Guest, guests, invitations_of

from .decks import may_have_slides
from .introductions import proposals
from .permissions import may_organise
from .proposed import proposed_title, proposed_words


class EveningPanel(Panel):  # type: ignore[misc]
    """The talks of an evening in running order, each with its state and a link to its contribution."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "events/admin/panels/running_order.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            event, user = self.instance, self.request.user
            return {
                **super().get_context_data(parent_context),
                "event": event,
                "rows": list(running_order(event, user=user)),
                "may_organise": may_organise(user),
                "is_over": event.over_at <= timezone.now(),
                "may_have_slides": may_have_slides(user),
                "may_reorder": event.permissions_for_user(user).can_reorder_children(),
            }


class TalkOutlookPanel(Panel):  # type: ignore[misc]
    """How far the speakers' words are, with a link to them, and where the talk stands for readers."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "events/admin/panels/talk_outlook.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            talk, user = self.instance, self.request.user
            return {
                **super().get_context_data(parent_context),
                "talk": talk,
                "contribution_url": contribution_url(talk, user=user),
                "guests": invited_to(talk),
                "may_organise": may_organise(user),
                "proposals": proposals(talk) if may_organise(user) else [],
                "proposed_words": proposed_words(talk),
                "evening_url": AdminURLFinder(user).get_edit_url(talk.event) if talk.event else None,
                "public_url": talk.get_url(self.request) if talk.is_public else None,
            }


class ImportPanel(Panel):  # type: ignore[misc]
    """What the last import of this evening had to say to an organiser."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "events/admin/panels/import.html"

        @property
        def newest_run(self) -> Any:
            return self.instance.import_runs.first()

        def is_shown(self) -> bool:
            run = self.newest_run
            return bool(run and run.warnings)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "run": self.newest_run}


class LeftoversPanel(FieldPanel):  # type: ignore[misc]
    """A field about an import's leftovers; shown only where there are some."""

    class BoundPanel(FieldPanel.BoundPanel):  # type: ignore[misc]
        def is_shown(self) -> bool:
            return bool(super().is_shown() and (self.instance is None or self.instance.leftovers))


def running_order(event: Any, *, user: Any) -> Any:
    """Each talk with its clock time and links, in a number of queries that doesn't grow with the talks."""
    from speakers.models import Contribution

    from .models import TalkPage

    talks = TalkPage.objects.child_of(event).in_running_order().annotate_approved_schedule().prefetch_workflow_states()
    talks = list(talks.select_related("event__series").prefetch_related("talk_speakers__speaker"))
    given = Contribution.objects.for_lists().in_bulk([talk.contribution_id for talk in talks if talk.contribution_id])
    sent, position = invitations_of(given.values()), 0
    for talk in talks:
        contribution = given.get(talk.contribution_id)
        yield {
            "talk": talk,
            "called": f"“{talk.draft_title}”" if talk.has_title else f"slot {position + 1}",
            "at": talk.starts_at(position) if talk.takes_a_slot else None,
            "proposed_title": proposed_title(talk, contribution),
            "speakers": ", ".join(row.speaker.name for row in talk.talk_speakers.all()),
            "contribution": contribution,
            "contribution_url": AdminURLFinder(user).get_edit_url(contribution) if contribution else None,
            "guests": invited(speakers_of(talk), talk, event, sent.get(talk.contribution_id, [])),
        }
        position += talk.takes_a_slot


def invited_to(talk: Any) -> list[Guest] | None:
    """How it stands with the invitations to a talk, which may be a draft."""
    sent = invitations_of([talk.contribution])[talk.contribution_id] if talk.contribution else []
    return invited(speakers_of(talk), talk, talk.event, sent)


def speakers_of(talk: Any) -> list[Any]:
    return [row.speaker for row in talk.talk_speakers.all() if row.speaker_id]


def invited(people: list[Any], talk: Any, event: Any, sent: list[Any]) -> list[Guest] | None:
    """How it stands with each person's invitation; None of an evening of before where nobody was invited."""
    if not sent and (event is None or event.over_at <= timezone.now() or not talk.takes_a_slot):
        return None
    return guests(people, sent)


def contribution_url(talk: Any, *, user: Any) -> str | None:
    """The contribution's editor, where this person may open it."""
    return AdminURLFinder(user).get_edit_url(talk.contribution) if talk.contribution_id else None
