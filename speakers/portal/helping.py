"""Who helps a speaker with this talk: named, written to again, ended. On a page of its own: no word is at stake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..enums import HelperMay
from ..forms.helping import HelperForm
from ..helping import NotNamed, TooManyMails, end_helper, name_helper, seen_last, write_again
from ..models import Helper
from ..notices import name_of
from .doors import at_my_talk
from .visits import Visit

# The same whether somebody has this address or not.
NAMED = "They can {may} from now on. We have sent a mail to {address}."


@require_http_methods(["GET", "HEAD", "POST"])
@at_my_talk
def helpers(visit: Visit) -> HttpResponse:
    if visit.request.method != "POST":
        return _page(visit, HelperForm())
    deed, _, key = visit.request.POST.get("do", "").partition(":")
    if deed == "name":
        return _name(visit)
    if deed in ("end", "again") and key.isdecimal():
        _change(visit, deed, key)
    return redirect("portal:helpers", visit.talk.pk)


def _name(visit: Visit) -> HttpResponse:
    form = HelperForm(visit.request.POST)
    if not form.is_valid():
        return _page(visit, form)
    told = {**form.cleaned_data, "may": HelperMay(form.cleaned_data["may"])}
    try:
        name_helper(contribution=visit.contribution, speaker=visit.me, by=visit.user, at=timezone.now(), **told)
    except NotNamed as refusal:
        form.add_error("address", str(refusal))
        return _page(visit, form)
    messages.success(visit.request, NAMED.format(may=told["may"].label, address=told["address"]))
    return redirect("portal:helpers", visit.talk.pk)


def _change(visit: Visit, deed: str, key: str) -> None:
    """Only one's own helpers: another speaker's are theirs to end."""
    rows = Helper.objects.filter(contribution=visit.contribution, speaker__in=visit.mine, ended_at=None)
    helper = rows.filter(pk=key[:18]).select_related("user", "speaker", "contribution").first()
    if helper is None:
        messages.info(visit.request, "They help you no more.")
    elif deed == "end":
        end_helper(helper=helper, by=visit.user, at=timezone.now())
        messages.success(visit.request, f"{helper} can no longer open this talk. What they wrote stays.")
    else:
        try:
            write_again(helper=helper, by=visit.user, at=timezone.now())
        except TooManyMails as refusal:
            messages.error(visit.request, str(refusal))
        else:
            messages.success(visit.request, f"We have sent a new link to {helper.user.email}.")


def _page(visit: Visit, form: HelperForm) -> HttpResponse:
    found = list(visit.contribution.helpers.filter(ended_at=None).select_related("user", "speaker"))
    seen = seen_last(found)
    context = {
        "visit": visit,
        "talk": visit.talk,
        "title": name_of(visit.contribution.get_latest_revision_as_object()),
        "helpers": [(helper, seen.get(helper.pk), helper.speaker_id in visit.mine) for helper in found],
        "form": form,
    }
    return render(visit.request, "speakers/portal/helpers.html", context, status=400 if form.errors else 200)
