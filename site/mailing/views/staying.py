"""What a subscriber does with the links in our mails: choose, leave, see what is kept, have it erased."""

import contextlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from pages.clock import now

from ..enums import Heading, SubscriberState, SuppressionReason
from ..exports import own_data
from ..forms import PreferencesForm
from ..links import read_own_data, read_preferences, read_unsubscribe
from ..models import Subscriber
from ..subscriptions import NotOnTheList, choose, erase, leave, send_links
from .doors import by_link, known, subscriber_of
from .words import NOT_ON_IT, SILENT


@by_link
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody hears about; ticked otherwise, it is otherwise."""
    subscriber = subscriber_of(read_preferences(token))
    done = act_on(request, subscriber) if request.method == "POST" else ""
    subscriber.refresh_from_db()
    context = known(subscriber, done=done, silent=why_silent(subscriber), all_headings=list(Heading))
    return render(request, "mailing/preferences.html", context)


def act_on(request: HttpRequest, subscriber: Subscriber) -> str:
    """What the pressed button asks for; returns what was done: "sent", "chosen", or nothing."""
    if "send" in request.POST:
        send_links(address=subscriber.address, at=now(request))
        return "sent"
    if "leave" in request.POST:
        leave(subscriber=subscriber, heading=None, at=now(request))
        return "chosen"
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return ""
    with contextlib.suppress(NotOnTheList):  # the page says so
        choose(subscriber=subscriber, headings=form.cleaned_data["headings"], at=now(request))
    return "chosen"


def why_silent(subscriber: Subscriber) -> str:
    """Why somebody hears nothing from us; empty where they do."""
    if (suppression := subscriber.suppression()) is not None:
        return SILENT[SuppressionReason(suppression.reason)]
    return NOT_ON_IT.get(SubscriberState(subscriber.state), "")


@by_link
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One button, and the one POST of RFC 8058. Who was deleted since is off the list too."""
    key, heading = read_unsubscribe(token)
    subscriber = Subscriber.objects.filter(key=key).first()
    if request.method != "POST":
        return render(request, "mailing/leave.html", {"heading": heading, "subscriber": subscriber})
    if subscriber is None:
        return render(request, "mailing/left.html", {"heading": heading})
    leave(subscriber=subscriber, heading=heading, at=now(request))
    subscriber.refresh_from_db()
    return render(request, "mailing/left.html", known(subscriber, heading=heading))


@by_link
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept about somebody."""
    subscriber = subscriber_of(read_own_data(token, at=now(request)))
    context = known(subscriber, token=token, kept=own_data(subscriber))
    return render(request, "mailing/data.html", context)


@by_link
def data_file(request: HttpRequest, token: str) -> HttpResponse:
    """The same as a file, for them and for other programs."""
    subscriber = subscriber_of(read_own_data(token, at=now(request)))
    response = JsonResponse(own_data(subscriber), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="what-we-keep-about-you.json"'
    return response


@by_link
def erasure(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once, then forgets them. Pressed a second time it finds nobody, and says that it is done."""
    subscriber = Subscriber.objects.filter(key=read_own_data(token, at=now(request))).first()
    if subscriber is None:
        return render(request, "mailing/erased.html")
    if request.method != "POST":
        return render(request, "mailing/erase.html", {"back": reverse("subscribe_data", args=[token])})
    erase(subscriber=subscriber)
    return render(request, "mailing/erased.html")
