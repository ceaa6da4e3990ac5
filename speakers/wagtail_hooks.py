"""What the speakers' side hangs into Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.models import register_snippet

from .editing import EditContribution
from .enums import Baton
from .models import Contribution, Organisation, Speaker, StandardQuestion
from .permissions import ContributionPermissionPolicy, may_release
from .usage import is_used
from .viewsets import SpeakersGroup

# Before the snippet: registering that one would settle on Wagtail's own policy.
register_permission_policy(Contribution, ContributionPermissionPolicy(Contribution))
register_snippet(SpeakersGroup)


@hooks.register("register_admin_viewset")
def promises() -> Any:
    # Hooks are looked for while forms are still being loaded (a rich text field does), so not above.
    from .views.promises import PromisesViewSet

    return PromisesViewSet()


@hooks.register("register_actions")
def save_contributions_as_drafts(registry: Any) -> None:
    registry.register(Contribution, EditContribution)


# The menu at the foot of a contribution's editor


class ReleaseMenuItem(ActionMenuItem):  # type: ignore[misc]
    name = "action-release"
    label = "Save and release…"
    icon_name = "upload"
    order = 30

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and not context.get("locked_for_user") and may_release(context["request"].user)


class TakeOffMenuItem(UnpublishMenuItem):  # type: ignore[misc]
    label = "Take it off the site…"


@hooks.register("construct_snippet_action_menu")
def release_instead_of_publishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["model"] is not Contribution:
        return
    items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]
    items += [item for item in (ReleaseMenuItem(), TakeOffMenuItem(order=20)) if item.is_shown(context)]


# What is refused, in words


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Also for administrators, and for many at once."""
    if is_about(request, Contribution):
        return HttpResponseForbidden("A contribution comes and stays with its talk. It can’t be deleted.")
    refusals = list(filter(None, map(why_kept, instances)))
    for sentence in refusals[:5]:
        messages.error(request, sentence)
    return redirect(instances[0].snippet_viewset.get_url_name("list")) if refusals else None


def is_about(request: HttpRequest, model: type[Any]) -> bool:
    """Whether an address acts on several objects of this model at once."""
    match = request.resolver_match
    names = (match.kwargs.get("app_label"), match.kwargs.get("model_name")) if match else ()
    return names == (model._meta.app_label, model._meta.model_name)


def why_kept(instance: Any) -> str:
    """Why this one can't be deleted; empty where it can."""
    if isinstance(instance, Speaker):
        return f"{instance} can’t be deleted: talks and answers name people. Merge instead, into whom they really are."
    if isinstance(instance, Organisation) and is_used(instance):
        return f"{instance} can’t be deleted: talks or other organisations name it. Archive it instead."
    if isinstance(instance, StandardQuestion) and is_used(instance):
        return f"“{instance}” can’t be deleted: it was asked, and its answers would go too. Archive it instead."
    return ""


@hooks.register("before_edit_snippet")
def lead_to_the_kept_person(request: HttpRequest, instance: Any) -> HttpResponse | None:
    if not isinstance(instance, Speaker) or instance.merged_into is None:
        return None
    kept = instance.merged_into
    messages.warning(request, f"{instance.name} was merged into {kept.name}. This is {kept.name}.")
    return redirect(reverse("wagtailsnippets_speakers_speaker:edit", args=[kept.pk]))


# Lines in the history


@hooks.register("register_log_actions")
def describe_what_happened(actions: Any) -> None:
    actions.register_action("speakers.hand_over")(HandedOver)
    actions.register_action("speakers.give_consent")(ConsentGiven)
    actions.register_action("speakers.withdraw_consent")(ConsentTakenBack)
    actions.register_action("speakers.publish_reply", "Publish a reply", "What became of a promise was published")
    actions.register_action("speakers.set_reply_aside", "Set a reply aside", "A reply to a promise was set aside")
    actions.register_action("speakers.merge")(Merged)
    actions.register_action("speakers.invite")(Invited)
    actions.register_action("speakers.withdraw_invitation")(InvitationWithdrawn)
    actions.register_action("speakers.remind")(Reminded)
    actions.register_action("speakers.account")(AccountChanged)
    actions.register_action("speakers.share_preview", "Share a preview", "A link to a preview was made")
    actions.register_action("speakers.name_helper")(HelperNamed)
    actions.register_action("speakers.end_helper")(HelperEnded)
    actions.register_action("speakers.choose_terms")(TermsChosen)
    actions.register_action("speakers.clear")(ClearanceRecorded)
    actions.register_action("speakers.take_clearance_back")(ClearanceTakenBack)


class HandedOver(LogFormatter):  # type: ignore[misc]
    label = "Hand over"

    def format_message(self, log_entry: Any) -> str:
        to = log_entry.data.get("to")
        return "Handed to the speakers" if to == Baton.SPEAKERS else "Handed to the organisers"


class ConsentGiven(LogFormatter):  # type: ignore[misc]
    label = "Record a consent"

    def format_message(self, log_entry: Any) -> str:
        return "{speaker} agreed: {what}".format(**log_entry.data)


class ConsentTakenBack(LogFormatter):  # type: ignore[misc]
    label = "Record a consent taken back"

    def format_message(self, log_entry: Any) -> str:
        return "{speaker} took back their consent: {what}".format(**log_entry.data)


class Merged(LogFormatter):  # type: ignore[misc]
    label = "Merge"

    def format_message(self, log_entry: Any) -> str:
        return "Merged with {with}; {kept} is kept".format(**log_entry.data)


class Invited(LogFormatter):  # type: ignore[misc]
    label = "Invite"

    def format_message(self, log_entry: Any) -> str:
        return "{speaker} was invited at {address}".format(**log_entry.data)


class InvitationWithdrawn(LogFormatter):  # type: ignore[misc]
    label = "Withdraw an invitation"

    def format_message(self, log_entry: Any) -> str:
        return "The invitation of {speaker} was withdrawn".format(**log_entry.data)


class Reminded(LogFormatter):  # type: ignore[misc]
    label = "Remind"

    def format_message(self, log_entry: Any) -> str:
        return "Reminded: {people}".format(**log_entry.data)


class AccountChanged(LogFormatter):  # type: ignore[misc]
    label = "Change the account"

    def format_message(self, log_entry: Any) -> str:
        address, before = log_entry.data["address"], log_entry.data["before"]
        if not address:
            return f"{before} no longer signs in as this person"
        return f"{address} signs in as this person{f', instead of {before}' if before else ''}"


class HelperNamed(LogFormatter):  # type: ignore[misc]
    label = "Name a helper"

    def format_message(self, log_entry: Any) -> str:
        return "{helper} helps {speaker} and can {may}".format(**log_entry.data)


class HelperEnded(LogFormatter):  # type: ignore[misc]
    label = "End a helper"

    def format_message(self, log_entry: Any) -> str:
        return "{helper} no longer helps {speaker}".format(**log_entry.data)


class TermsChosen(LogFormatter):  # type: ignore[misc]
    label = "Choose the terms of reuse"

    def format_message(self, log_entry: Any) -> str:
        return "{speaker} chose the terms of reuse: {terms}".format(**log_entry.data)


class ClearanceRecorded(LogFormatter):  # type: ignore[misc]
    label = "Record a clearance"

    def format_message(self, log_entry: Any) -> str:
        return "Cleared by {by} on {on}".format(**log_entry.data)


class ClearanceTakenBack(LogFormatter):  # type: ignore[misc]
    label = "Take a clearance back"

    def format_message(self, log_entry: Any) -> str:
        return "No longer cleared by {by} on {on}".format(**log_entry.data)
