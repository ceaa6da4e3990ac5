"""Signing up, and asking for one's link."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pages.clock import now
from pages.errors import NotHere
from pages.origin import ip_address, is_from_here

from ..forms import AddressForm, SignUpForm
from ..limits import is_welcome, source_hash
from ..links import read_confirm
from ..pausing import mails_are_late
from ..subscriptions import Complained, NothingWaits, confirm, send_links, sign_up
from .doors import by_link, kept_by_nobody, known, open_door, subscriber_of
from .words import COMPLAINED, ELSEWHERE, TOO_MANY, USED

PAGE = "mailing/subscribe.html"


@open_door
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form, and where the forms on all pages lead."""
    if request.method != "POST":
        return render(request, PAGE, {"form": SignUpForm(), "link_form": AddressForm()})
    form = SignUpForm(request.POST)

    def act() -> None:
        told = form.cleaned_data
        sign_up(address=told["address"], headings=told["headings"], page=told["page"], at=now(request))

    return answer(request, form, "form", act)


@open_door
def send_link(request: HttpRequest) -> HttpResponse:
    """ "I am on the list: send me my link." """
    if request.method != "POST":
        return redirect("subscribe")
    form = AddressForm(request.POST)
    return answer(request, form, "link_form", lambda: send_links(address=form.cleaned_data["address"], at=now(request)))


def answer(request: HttpRequest, form: AddressForm, name: str, act: Callable[[], None]) -> HttpResponse:
    """The same answer whoever it is about, and a form with its sentences where something is wrong."""
    context = {"form": SignUpForm(), "link_form": AddressForm(), name: form, "faulty": name}
    status, trouble = 200, refusal(request, form)
    if trouble:
        status, context["trouble"] = trouble
    elif not form.is_trapped():
        act()
        return kept_by_nobody(redirect("subscribe_sent"))
    else:
        context["once_more"] = name
    return kept_by_nobody(render(request, PAGE, context, status=status))


def refusal(request: HttpRequest, form: AddressForm) -> tuple[int, str] | None:
    """The status and the sentence of a form that is not taken; the sentences of its fields stand beside them."""
    if not form.is_valid():
        return 400, ""
    if not is_from_here(request):
        return 403, ELSEWHERE
    if not is_welcome(source_hash(ip_address(request), at=now(request)), at=now(request)):
        return 429, TOO_MANY
    return None


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """ "Look in your inbox": the same for everybody, and true when the mail server is away."""
    return kept_by_nobody(render(request, "mailing/sent.html", {"is_late": mails_are_late(at=now(request))}))


@by_link
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """One button; after it, it is done."""
    subscriber = subscriber_of(read_confirm(token, at=now(request)))
    if request.method == "POST":
        try:
            confirm(subscriber=subscriber, at=now(request))
        except NothingWaits:
            pass  # pressed twice: what is true now is said below
        except Complained as fault:
            raise NotHere(COMPLAINED) from fault
        subscriber.refresh_from_db()
    elif asked := subscriber.asked():
        return render(request, "mailing/confirm.html", {"headings": asked})
    if not subscriber.is_heard():
        raise NotHere(USED)
    return render(request, "mailing/confirmed.html", known(subscriber))
