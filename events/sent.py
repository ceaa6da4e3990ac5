"""A mail that went, on the site: the words that were frozen, in the site's own look, without anybody's own links."""

from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from wagtail.contrib.redirects.models import Redirect

from pages.cache import changes_at
from pages.clock import now
from pages.errors import NotHere
from pages.views import read_only

from .models import Announcement, EventPage

NO_SUCH_MAIL = "We have sent no such mail about this evening."


@read_only
def sent_mail(request: HttpRequest, series: str, number: str, name: str) -> HttpResponse:
    """`/data-bites/61/mail/today/`: there from the moment at which the first copy may leave."""
    at = now(request)
    event = EventPage.objects.public().filter(series__slug=series, number=number).select_related("series").first()
    if event is None:
        return _moved(request, series, number, name)
    mail = sent_under(event, name)
    if mail is None or mail.message is None or not mail.went(at=at):
        changes_at(request, mail.leaves_at if mail else None)
        raise NotHere(NO_SUCH_MAIL)
    context = {
        "event": event,
        "mail": mail,
        "words": words_of(mail.message.html),
        "sent_at": (mail.leaves_at or at).astimezone(event.zone),
    }
    return render(request, "events/mail_page.html", context)


def sent_under(event: EventPage, name: str) -> Announcement | None:
    """The evening's mail with that name; one query."""
    rows = Announcement.objects.filter(event=event).exclude(message=None).select_related("message")
    return next((row for row in rows if row.name == name), None)


def words_of(html: str) -> SafeString:
    """What the mail says between its head and its foot, as plain paragraphs and links: the page has its own look."""
    words = BeautifulSoup(html, "html.parser").select_one("#words")
    if words is None:
        return SafeString()
    for cell in words.find_all(["tbody", "tr", "td"]):
        cell.unwrap()
    for table in words.find_all("table"):  # a button
        table.name = "p"
    for element in words.find_all(True):
        element.attrs = {"href": element["href"]} if element.get("href") else {}
    return mark_safe(words.decode_contents(formatter="minimal"))  # noqa: S308  made by our templates, escaped there


def _moved(request: HttpRequest, series: str, number: str, name: str) -> HttpResponse:
    """An evening that got another number, or another series' name, has its mails there too."""
    found = Redirect.objects.filter(old_path=f"/{series}/{number}").select_related("redirect_page").first()
    page = found.redirect_page.specific if found and found.redirect_page else None
    if isinstance(page, EventPage) and page.is_public:
        return redirect(f"{page.get_url(request)}mail/{name}/")
    raise NotHere(NO_SUCH_MAIL)
