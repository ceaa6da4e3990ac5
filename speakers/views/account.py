"""The account of a person: given, replaced, taken away. Their talks stay as they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from accounts.actions import SwitchedOff
from accounts.models import User

from ..forms.people import AccountForm
from ..ties import AddressTaken, give_account, take_account_away
from .about_person import AboutPerson

ACCOUNT = "wagtailsnippets_speakers_speaker:account"


class SpeakerAccount(AboutPerson):
    """Says who signs in as this person; a POST changes it."""

    page_title = "Account"
    template_name = "speakers/admin/account.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.merged_into is not None:
            return redirect(ACCOUNT, self.object.merged_into.pk)
        return super().get(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AccountForm(speaker=self.object))
        talks = self.object.appearances.values("talk").distinct().count()
        return {**super().get_context_data(**kwargs), "speaker": self.object, "talks": talks}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.take_away() if request.POST.get("do") == "take-away" else self.give()

    @property
    def organiser(self) -> User:
        return self.request.user  # type: ignore[return-value]  # nobody else gets here

    def give(self) -> HttpResponse:
        form = AccountForm(self.request.POST, speaker=self.object)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        try:
            kept = give_account(speaker=self.object, address=form.cleaned_data["address"], by=self.organiser)
        except (AddressTaken, SwitchedOff) as refusal:
            form.add_error("address", str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=400)
        address = form.cleaned_data["address"]
        messages.success(self.request, f"{address} opens the talks of {kept.name} now, and is told.")
        return redirect(ACCOUNT, kept.pk)

    def take_away(self) -> HttpResponse:
        kept = take_account_away(speaker=self.object, by=self.organiser)
        messages.success(self.request, f"Nobody signs in as {kept.name} any more. Nothing that was written is lost.")
        return redirect(ACCOUNT, kept.pk)
