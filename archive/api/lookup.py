"""What stands at a page's address: the way from what people read to what programs read."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from events.models import EventPage, Host, Topic
from speakers.models import Organisation, Speaker, StandardQuestion

from .. import querysets
from ..records import names
from ..records.talks import answer_id
from ..structure import slugs_of_former_names
from ..voices import fragment_now, voice_of

NAMED: dict[str, Any] = {
    "speaker": Speaker,
    "organisation": Organisation,
    "host": Host,
    "topic": Topic,
    "question": StandardQuestion,
}
# A row that is there may have no page yet; who has one is told by the lists.
SHOWN = {
    "speaker": names.speaker_keys,
    "organisation": names.organisation_keys,
    "host": lambda: [host.id for host in names.hosts()],
    "topic": lambda: [topic.id for topic in names.all_topics()],
    "question": lambda: [question.id for question in names.all_questions()],
}
type Found = tuple[str, int | str]  # the kind of thing, and its id


def found_at(address: str) -> Found | None:
    """A page of this site by its address or its path; a former address leads to what is there now."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return None
    path = f"/{parts.path.strip('/')}/"
    return _at(path) or _once_at(path) or _once_called(path)


def _at(path: str) -> Found | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name in NAMED:
        key = NAMED[match.url_name]._default_manager.filter(**match.kwargs).values_list("pk", flat=True).first()
        return (match.url_name, key) if key in SHOWN[match.url_name]() else None
    if match.url_name == "answer":
        return _answer_at(**match.kwargs)
    return _page_at(path)


def _answer_at(series: str, number: str, talk: str, fragment: str) -> Found | None:
    """An answer by the page that it has to be shared; one of somebody who was renamed since, too."""
    path = f"/{series}/{number}/{talk}/"
    match _page_at(path) or _once_at(path):
        case "talk", int(key):
            voice = voice_of(key, fragment) or voice_of(key, fragment_now(key, fragment, _site()) or "")
            return ("answer", answer_id(key, voice.answer)) if voice else None
    return None


def _site() -> Site | None:
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


def _page_at(path: str) -> Found | None:
    site = _site()
    if site is None or not path.strip("/"):
        return None
    own = f"{site.root_page.url_path}{path.strip('/')}/"
    at = {"slug": path.strip("/").rpartition("/")[2], "url_path": own}
    for kind, pages in (("event", EventPage.objects.public()), ("talk", querysets.titled_talks())):
        if (key := pages.filter(**at).values_list("pk", flat=True).first()) is not None:
            return kind, key
    return None


def _once_at(path: str) -> Found | None:
    led = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).select_related("redirect_page").first()
    if led is None:
        return None
    if led.redirect_page is not None:
        return _at(led.redirect_page.get_url_parts()[2])
    return _at(urlsplit(led.redirect_link).path)


def _once_called(path: str) -> Found | None:
    """An organisation by the address that a former name would have had, as its page leads on from there."""
    first, _, name = path.strip("/").partition("/")
    slug = slugs_of_former_names().get(name) if first == "organisations" else None
    return _at(f"/organisations/{slug}/") if slug else None
