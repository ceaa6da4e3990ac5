"""What speakers propose to be called, for the desk beside their contribution."""

from typing import Any

from django import template

from speakers.invited import invitations_of, people_in_draft

from ..introductions import proposals
from ..models import TalkPage
from ..outlook import invited
from ..permissions import may_organise

register = template.Library()


@register.inclusion_tag("events/admin/proposals.html", takes_context=True)
def proposed_introductions(context: Any, talk: TalkPage | None) -> dict[str, Any]:
    """A button for each speaker who would like to be introduced otherwise than the programme has it."""
    request = context["request"]
    found = proposals(talk.get_latest_revision_as_object()) if talk is not None and may_organise(request.user) else []
    return {"request": request, "csrf_token": context.get("csrf_token"), "talk": talk, "proposals": found}


@register.inclusion_tag("events/admin/desk_reminder.html", takes_context=True)
def remind_button(context: Any, talk: TalkPage | None) -> dict[str, Any]:
    """The way to the reminder, for organisers."""
    return {"talk": talk if may_organise(context["request"].user) else None}


@register.inclusion_tag("events/admin/desk_invitations.html", takes_context=True)
def invitations_to(context: Any, talk: TalkPage | None) -> dict[str, Any]:
    """How it stands with the invitations, and the way to them, for organisers."""
    if talk is None or talk.contribution is None or not may_organise(context["request"].user):
        return {"talk": None}
    sent = invitations_of([talk.contribution])[talk.contribution_id]
    return {"talk": talk, "guests": invited(people_in_draft(talk.contribution), talk, talk.event, sent)}
