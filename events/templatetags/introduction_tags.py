"""What speakers propose to be called, for the desk beside their contribution."""

from typing import Any

from django import template

from speakers.invited import invitations_of, people_in_draft

from ..introductions import proposals
from ..models import TalkPage
from ..outlook import invited
from ..permissions import may_organise
from ..proposed import proposed_words

register = template.Library()


@register.inclusion_tag("events/admin/proposals.html", takes_context=True)
def what_they_propose(context: Any, talk: TalkPage | None) -> dict[str, Any]:
    """A button for the title and the teaser, and for each speaker, where the programme has it otherwise."""
    request = context["request"]
    about = {"request": request, "csrf_token": context.get("csrf_token"), "talk": talk}
    if talk is None or not may_organise(request.user):
        return about
    draft = talk.get_latest_revision_as_object()
    return {**about, "proposals": proposals(draft), "proposed_words": proposed_words(draft)}


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
