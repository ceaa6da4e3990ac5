"""The words of a mail about an evening, made from what readers can see of it, for the moment at which it leaves."""

import datetime as dt
import hashlib
import re
import textwrap
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.dateformat import format as in_format
from wagtail.models import Site

from mailing.writing import written
from pages.english import clock_time, listed
from pages.models import SiteSettings
from speakers.prose import plain_text

from .conversation import Given, given_now, released
from .enums import MailKind, RecordingKind
from .facts import place_words
from .models import Announcement, EventPage
from .occasion import Occasion
from .plans import EveningMails, days_before
from .programme import Programme, people_of, programme_of, with_names
from .prose import as_text, for_mail

COLUMNS = 72
SENTENCE_LETTERS = 200
# What each recipient's own mail has in its place; everything else between %% is told as it was typed.
BLANKS = ("preferences_url", "unsubscribe_url")
BLANK = re.compile(r"%%(\w+)%%")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before each recipient's links are in it."""

    subject: str
    text: str
    html: str

    @property
    def digest(self) -> str:
        """64 hex digits that are the same for the same words."""
        return hashlib.sha256("\0".join((self.subject, self.text, self.html)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """A slot as a mail tells it. `sentence` is what a write-up says of a talk."""

    time: str
    title: str
    url: str
    people: str
    sentence: str = ""


def letter_of(mails: EveningMails, mail: Announcement, *, leaves_at: dt.datetime) -> Letter:
    """The mail as it would go, byte for byte. `leaves_at` is when its words must be true."""
    event = mails.event
    site = Site.objects.filter(is_default_site=True).first()
    context = {**about(event, site, at=leaves_at), **saying(mails, mail, site, at=leaves_at)}
    context["subject"] = subject_of(mail, context)
    subject, text, html = written(template=f"events/email/{mail.kind}", context=context)
    return Letter(without_blanks(subject), wrapped(without_blanks(text)), without_blanks(html))


def about(event: EventPage, site: Site | None, *, at: dt.datetime) -> dict[str, Any]:
    """What every mail can say of an evening."""
    occasion, url = Occasion.of(event, at=at), address(event, site)
    label = f"{event.series.title} {event.number}" if event.series else event.title
    programme = programme_of(event, along=with_names())
    return {
        "event": event,
        "label": label,
        "title": "" if event.title == label else event.title,
        "occasion": occasion,
        "day": in_format(occasion.start, "l j F"),
        "start": clock_time(occasion.start),
        "closeness": closeness(event, at=at),
        "place": place_words(event.venue) if event.venue else "",
        "url": url,
        "calendar_url": f"{url}event.ics",
        "lines": [_line(slot, site) for slot in programme.slots],
        "words": SiteSettings.for_site(site) if site else None,
    }


def saying(mails: EveningMails, mail: Announcement, site: Site | None, *, at: dt.datetime) -> dict[str, Any]:
    """What this mail says beyond that."""
    event = mails.event
    found: dict[str, Any] = {
        "mail": mail,
        "opening": " ".join(mail.opening.split()),
        "browser_url": f"{address(event, site)}mail/{mail.name}/",
        "why": f"You chose to hear about {mail.get_heading_display().lower()} on this list.",
    }
    if mail.kind == MailKind.CHANGED:
        found["changes"] = mails.changes()
    elif mail.kind == MailKind.WRITE_UP:
        found |= told_about(event, site, at=at)
    elif mail.kind == MailKind.FREE:
        found |= {"rich": for_mail(mail.text), "plain": as_text(for_mail(mail.text)), "own_subject": mail.subject}
    return found


def address(page: Any, site: Site | None) -> str:
    """Where a page is on the site that the settings name."""
    return f"{settings.SITE_URL}{page.relative_url(site)}"


def closeness(event: EventPage, *, at: dt.datetime) -> str:
    """ "today", "tomorrow", or "on Wednesday 9 December": true at that moment on the series' calendar."""
    days = days_before(event, at)
    return {0: "today", 1: "tomorrow"}.get(days, f"on {in_format(event.local_start, 'l j F')}")


# The subject


def subject_of(mail: Announcement, context: dict[str, Any]) -> str:
    """It always says which evening."""
    label = context["label"]
    own = " ".join(mail.subject.split())
    words = (own if label in own else f"{label}: {own}") if own else _subject(mail, context)
    return words[:250]


def _subject(mail: Announcement, context: dict[str, Any]) -> str:
    label, day, title = context["label"], context["day"], context["title"]
    if mail.kind == MailKind.CHANGED:
        whats = list(dict.fromkeys(change.what.lower() for change in context["changes"]))
        return f"{label}, {day}: a change ({listed(whats)})" if whats else f"{label}, {day}: a change"
    if mail.kind == MailKind.CANCELLED:
        return f"{label}, {day}, is {context['event'].status}"
    if mail.kind == MailKind.WRITE_UP:
        return f"{label}: {context['what_is_there']}"
    if mail.kind in (MailKind.WEEK_BEFORE, MailKind.TODAY):
        return f"{label} is {context['closeness']}, {context['start']}"
    if mail.kind == MailKind.PROGRAMME:
        return f"{label}, {day}: the programme"
    return f"{label}, {day}: {title}" if title else f"{label}, {day}"


# The programme, and what was said


def _line(slot: Any, site: Site | None) -> Line:
    if slot.talk is None:
        return Line(clock_time(slot.starts_at), "To be announced", "", "")
    return Line(clock_time(slot.starts_at), slot.talk.title, address(slot.talk, site), people_in_words(slot.talk))


def people_in_words(talk: Any) -> str:
    """ "Ada Vale, Analyst, Board of Tides; Bo Dee, City Council"."""
    return "; ".join(
        ", ".join(part for part in (person.speaker.name, person.role, person.organisation_name) if part)
        for person in people_of(talk)
    )


def told_about(event: EventPage, site: Site | None, *, at: dt.datetime) -> dict[str, Any]:
    """Of an evening that is over: what is there, and each talk with a sentence."""
    programme: Programme = programme_of(event, along=with_names())
    given = released(talk.contribution_id for talk in programme.talks)
    recorded = [kind for kind in (RecordingKind.VIDEO, RecordingKind.AUDIO) if event.recording(kind)]
    there = ["the recording"] if recorded else []
    there += ["the write-up"] if event.written_up_on or not recorded else []
    lines = [
        Line(
            "",
            talk.title,
            address(talk, site),
            people_in_words(talk),
            one_sentence(talk, given_now(given.get(talk.contribution_id or 0), at=at, zone=event.zone)),
        )
        for talk in programme.talks
    ]
    return {"what_is_there": listed(there), "is_plural": len(there) > 1, "talks": lines}


def one_sentence(talk: Any, given: Given) -> str:
    """What a talk was about: its teaser, or the first sentence of the first answer that is public."""
    words = given.teaser or talk.teaser
    if not words:
        words = next((plain_text(reply.text) for turn in given.turns for reply in turn.replies if reply.text), "")
    words = " ".join(words.split())
    first = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0] if words else ""
    return textwrap.shorten(first, SENTENCE_LETTERS, placeholder="…")


# Letters and lines


def without_blanks(words: str) -> str:
    """Whatever an organiser or a speaker typed between %% stays what it is, and is never filled in."""
    return BLANK.sub(lambda found: found[0] if found[1] in BLANKS else f"% %{found[1]}% %", words)


def wrapped(text: str) -> str:
    """At most 72 columns, but for an address that is longer; a line's own indent is kept; no three empty lines."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        hanging = indent + ("  " if line.lstrip().startswith(("- ", "* ")) else "")
        filled = textwrap.wrap(
            line.strip(),
            COLUMNS,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += filled or ([""] if lines and lines[-1] else [])
    return "\n".join(lines) + "\n"
