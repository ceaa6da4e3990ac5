"""Inviting a talk's speakers in the admin: who, the mail before it goes, what was sent, again, and no longer."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from accounts.actions import SwitchedOff
from pages.english import listed
from speakers.enums import Baton
from speakers.invited import Guest, guests, invitations_of, people_in_draft
from speakers.inviting import should_hand_over, withdraw_invitation
from speakers.models import Contribution, Invitation
from speakers.ties import AddressTaken

from .actions import NotInOrder
from .forms.inviting import InviteForm
from .inviting import Asked, invite_to_talk, show, why_not_invite
from .planning import ConfirmView, OrganisersView

LOOK, CHANGE, SEND = "look", "change", "send"


class InvitationsMixin(OrganisersView):
    """Views about the invitations of one talk."""

    header_icon = "mail"

    @cached_property
    def contribution(self) -> Contribution:
        return get_object_or_404(Contribution, talk=self.slot)

    @cached_property
    def guests(self) -> list[Guest]:
        sent = invitations_of([self.contribution])[self.contribution.pk]
        return guests(people_in_draft(self.contribution), sent)

    def back(self) -> str:
        return reverse("series:invite", args=[self.slot.pk])


class InviteView(InvitationsMixin, TemplateView):
    """GET: who is invited, and whom to invite. POST: the mail as it will be; a second one sends it."""

    template_name = "events/admin/invite.html"
    page_title = "Invite"

    def form(self, data: Any = None) -> InviteForm:
        people = [(guest.speaker, address_of(guest), self.is_wanted(guest)) for guest in self.guests if guest.speaks]
        form = InviteForm(data, people=people, contribution=self.contribution)
        newest = self.contribution.newest_handover()
        if newest is not None and newest.to == Baton.ORGANISERS:
            form.offer_handover(initial=should_hand_over(self.contribution))
        return form

    @staticmethod
    def is_wanted(guest: Guest) -> bool:
        return guest.newest is None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "talk": self.slot,
            "event": self.evening,
            "guests": self.guests,
            "refusal": why_not_invite(self.slot),
            "may_see_mails": self.request.user.has_perm("mailing.see_outbox"),
            "contribution_url": AdminURLFinder(self.organiser).get_edit_url(self.contribution),
        }
        form = kwargs.pop("form", None) or self.form()
        return {**super().get_context_data(**kwargs), **context, "form": form}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, step = self.form(request.POST), request.POST.get("step", LOOK)
        if sentence := why_not_invite(self.slot):
            messages.error(request, sentence)
            return redirect(self.back())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        if step == CHANGE:
            return self.render_to_response(self.get_context_data(form=form))
        return self.send(form) if step == SEND else self.look(form)

    def look(self, form: InviteForm) -> HttpResponse:
        """The mails as they will be, and what else happens."""
        asked, now = form.asked(), timezone.now()
        shown = [show(self.slot, one, note=form.cleaned_data["note"], by=self.organiser, at=now) for one in asked]
        context = self.get_context_data(form=form)
        context |= {"shown": shown, "replaced": replaced(asked), "new_people": [a for a in asked if not a.speaker]}
        self.template_name = "events/admin/invite_look.html"
        return self.render_to_response(context)

    def send(self, form: InviteForm) -> HttpResponse:
        try:
            sent = invite_to_talk(
                talk=self.slot,
                asked=form.asked(),
                note=form.cleaned_data["note"],
                hands_over=form.cleaned_data.get("hands_over", should_hand_over(self.contribution)),
                by=self.organiser,
                at=timezone.now(),
            )
        except (NotInOrder, AddressTaken, SwitchedOff) as refusal:
            messages.error(self.request, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=400)
        names = listed([invitation.speaker.name for invitation in sent])
        messages.success(self.request, f"The mail to {names} is on its way. You see here when it was opened.")
        return redirect(self.back())


def address_of(guest: Guest) -> str:
    """The address that a person is known by: their account's, or where an invitation went last."""
    if guest.speaker.user is not None:
        return str(guest.speaker.user.email)
    newest = guest.newest or Invitation.objects.filter(speaker=guest.speaker).last()
    return newest.address if newest and newest.withdrawn_at is None else ""


def replaced(asked: list[Asked]) -> list[Asked]:
    """Whose account changes to another address."""
    known = [one for one in asked if one.speaker is not None and one.speaker.user is not None]
    return [one for one in known if one.speaker.user.email != one.address.lower()]  # type: ignore[union-attr]


class InvitationView(InvitationsMixin, ConfirmView):
    """Something that is done to one invitation."""

    @cached_property
    def invitation(self) -> Invitation:
        rows = Invitation.objects.select_related("speaker")
        return get_object_or_404(rows, pk=self.kwargs["pk"], contribution=self.contribution)


class InviteAgainView(InvitationView):
    page_title = "Send it again"
    button = "Send it again"

    @property
    def question(self) -> str:  # type: ignore[override]
        who = self.invitation.speaker.name
        return (
            f"{who} gets the invitation once more, at {self.invitation.address}: with a link of its own, and with what "
            "the programme says now. Links of earlier mails keep working. Was the address wrong? Go back and type "
            "the right one beside the name: the wrong one is shut out."
        )

    def act(self) -> str:
        old = self.invitation
        asked = Asked(old.address, old.speaker)
        try:
            invite_to_talk(
                talk=self.slot, asked=[asked], note=old.note, hands_over=False, by=self.organiser, at=timezone.now()
            )
        except (AddressTaken, SwitchedOff) as refusal:
            raise NotInOrder(str(refusal)) from refusal
        return f"The mail to {old.speaker.name} is on its way again."


class WithdrawInvitationView(InvitationView):
    page_title = "Withdraw the invitation"
    button = "Withdraw it"
    header_icon = "no-view"

    @property
    def question(self) -> str:  # type: ignore[override]
        who = self.invitation.speaker.name
        return (
            f"Every link to this talk that was mailed to {who} stops working, and they can no longer open it in the "
            "portal. What was written stays, and so do their other talks. The programme is not changed: take them out "
            "of the talk yourself if they don’t speak. They are not told."
        )

    def act(self) -> str:
        if not withdraw_invitation(invitation=self.invitation, by=self.organiser, at=timezone.now()):
            raise NotInOrder("This invitation was withdrawn already.")
        return f"The invitation of {self.invitation.speaker.name} is withdrawn."
