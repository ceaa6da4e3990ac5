"""Recording that the words are cleared, and taking that back: the speaker, or whoever helps them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..clearing import clearances_of, record_clearance, take_clearance_back
from ..forms.helping import ClearanceForm
from ..models import Clearance
from ..notices import name_of
from .doors import open_to_helpers
from .visits import Visit


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_helpers
def clearance(visit: Visit) -> HttpResponse:
    today = timezone.localdate(timezone=visit.talk.event.zone if visit.talk.event else None)
    if visit.request.method != "POST":
        return _page(visit, ClearanceForm(today=today, initial={"cleared_on": today}))
    deed, _, key = visit.request.POST.get("do", "").partition(":")
    if deed == "take-back" and key.isdecimal():
        return _take_back(visit, key)
    form = ClearanceForm(visit.request.POST, today=today)
    if not form.is_valid():
        return _page(visit, form)
    where: dict[str, Any] = {"contribution": visit.contribution, "speaker": visit.me}
    record_clearance(**where, by=visit.user, called=visit.called, at=timezone.now(), **form.cleaned_data)
    messages.success(visit.request, "It is on record. If the words change after this, it says so.")
    return redirect("portal:clearance", visit.talk.pk)


def _take_back(visit: Visit, key: str) -> HttpResponse:
    rows = Clearance.objects.standing().filter(contribution=visit.contribution, speaker__in=visit.mine)
    found = rows.filter(pk=key[:18]).select_related("contribution").first()
    if found is not None:
        take_clearance_back(clearance=found, by=visit.user, at=timezone.now())
        messages.success(visit.request, "It is no longer on record.")
    return redirect("portal:clearance", visit.talk.pk)


def _page(visit: Visit, form: ClearanceForm) -> HttpResponse:
    context = {
        "visit": visit,
        "talk": visit.talk,
        "title": name_of(visit.contribution.get_latest_revision_as_object()),
        "clearances": clearances_of(visit.contribution),
        "form": form,
    }
    return render(visit.request, "speakers/portal/clearance.html", context, status=400 if form.errors else 200)
