"""One-time links: opening one shows a button and changes nothing; pressing it signs in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ..links import send_fresh_link, use_link
from ..models import SignInLink


def _enter(request: HttpRequest, link: SignInLink) -> HttpResponse:
    """Signs the link's person in, through the stages that any sign-in has: a second factor is still asked for."""
    if request.user.is_authenticated:
        if request.user.pk == link.user_id:
            return HttpResponseRedirect(link.leads_to)
        logout(request)
    clear_login(request)
    record_authentication(request, link.user, method="link", purpose=link.purpose)
    return perform_login(request, Login(user=link.user, email=link.user.email, redirect_url=link.leads_to))


@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET: one button, or why there is none. POST: signed in, once."""
    link = SignInLink.objects.find(token)
    if link is None:
        return render(request, "account/link_broken.html", status=404)
    if request.method == "POST" and use_link(link=link):
        return _enter(request, link)
    if request.method != "POST" and link.is_usable(at=timezone.now()):
        other = request.user.is_authenticated and request.user.pk != link.user_id
        return render(request, "account/link.html", {"link": link, "other": other})
    return render(request, "account/link_old.html", {"link": link}, status=410)


@require_POST
def fresh_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mails a new link to the person an old one was sent to. Says nothing about who that is."""
    link = SignInLink.objects.find(token)
    if link is None:
        return render(request, "account/link_broken.html", status=404)
    if link.is_usable(at=timezone.now()):
        return redirect("sign_in_link", token=token)
    if not link.can_be_renewed:
        return render(request, "account/link_old.html", {"link": link}, status=410)
    if not ratelimit.consume(request, action="sign_in_link", key=str(link.user_id)):
        return ratelimit.respond_429(request)
    send_fresh_link(link=link)
    return render(request, "account/link_sent.html")
