"""What a mail about an evening says: the right evening, the right day, everything public and nothing else."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from events.announcing import change_plan, write_message
from events.models import EventPage, Recording
from events.recipients import sample_filling
from mailing.prepared import fill, fill_html
from pages.models import SiteSettings
from speakers.models import PrivateNote
from tests.factories import START, give, make_speaker, make_talk, make_venue, publish, write_answers
from tests.mails import DAY, HOUR, letter, make_evening, send, subscribe

pytestmark = pytest.mark.django_db
SOON = START - 20 * DAY
QUERIES = 12
KINDS_BEFORE = ("announced", "programme", "a-week-before", "today")

ANNOUNCED = """\
Data Bites 61 is on Wednesday 26 November 2025, 6pm to about 7.10pm.

WHEN
Wednesday 26 November 2025, 6pm to about 7.10pm
Add it to your calendar: http://127.0.0.1:8000/data-bites/61/event.ics

WHERE
The Old Sorting Office, London
1 Old Road
London N1 1AA
Watch online: https://watch.example/61
Book a place: https://book.example/61

THE DOOR
Ring.

ACCESS
No steps.

THE PROGRAMME

6.05pm  Tides 1
   Ada Vale 1, Analyst, Board of Tides
   http://127.0.0.1:8000/data-bites/61/tides-1/

Everything about the evening: http://127.0.0.1:8000/data-bites/61/

--
Read this in your browser:
http://127.0.0.1:8000/data-bites/61/mail/announced/

You chose to hear about new evenings on this list.
Change what you hear about: %%preferences_url%%
Leave the list: %%unsubscribe_url%%

Data Bites
http://127.0.0.1:8000
"""


def text(event, name, *, at):
    return letter(event, name, at=at).text


def flat(words):
    return " ".join(words.split())


def shown(html):
    return flat(BeautifulSoup(html, "html.parser").body.get_text(" "))


def test_announcement_reads_like_this_as_plain_text():
    assert text(make_evening(), "announced", at=SOON) == ANNOUNCED


@pytest.mark.parametrize(
    ("name", "at", "subject"),
    [
        ("announced", SOON, "Data Bites 61, Wednesday 26 November"),
        ("programme", SOON, "Data Bites 61, Wednesday 26 November: the programme"),
        ("a-week-before", SOON, "Data Bites 61 is on Wednesday 26 November, 6pm"),
        ("a-week-before", START - DAY, "Data Bites 61 is tomorrow, 6pm"),
        ("today", SOON, "Data Bites 61 is today, 6pm"),
        ("today", START - 3 * HOUR, "Data Bites 61 is today, 6pm"),
    ],
)
def test_subject_says_which_evening_and_which_day(name, at, subject):
    assert letter(make_evening(), name, at=at).subject == subject


def test_special_evening_has_its_name_in_the_subject():
    event = make_evening(title="An evening of maps")
    assert letter(event, "announced", at=SOON).subject == "Data Bites 61, Wednesday 26 November: An evening of maps"


def test_subject_of_the_organisers_gets_the_evening_in_front():
    event = make_evening()
    change_plan(event=event, name="announced", at=SOON, subject="Do come", opening="We  have\na new room.")
    found = letter(event, "announced", at=SOON)
    assert found.subject == "Data Bites 61: Do come"
    assert "\n\nWe have a new room.\n\n" in found.text
    assert "We have a new room." in shown(found.html)


def test_date_that_is_not_certain_is_told_so():
    assert "The date is not certain yet." in text(make_evening(status="tentative"), "announced", at=SOON)


def test_evening_of_which_little_is_known_can_be_told():
    event = make_evening(talks=0, venue=None, online_url="", booking_url="")
    words = text(event, "announced", at=SOON)
    assert "WHERE\nThe place is not known yet.\n\nTHE PROGRAMME\n\nIt is not known yet.\n\nEverything" in words


def test_evening_online_alone_says_so():
    assert "WHERE\nOnline\nWatch online: https://watch.example/61\n" in text(
        make_evening(venue=None), "announced", at=SOON
    )


def test_slot_without_a_talk_is_to_be_announced():
    event = make_evening()
    make_talk(event=event, title="canary-title", live=False, speakers=[make_speaker("Canary Bird")])
    assert "6.21pm  To be announced\n\nEverything" in text(event, "announced", at=SOON)


@pytest.mark.parametrize(("status", "then"), [("cancelled", ""), ("postponed", "When there is a new date")])
def test_called_off_says_so_and_offers_no_seat(status, then):
    subscribe()
    event = make_evening()
    send(event, "announced", at=SOON)
    event = publish(event, status=status)
    words = text(event, "called-off", at=SOON + DAY)
    first = f"Data Bites 61 does not take place on Wednesday 26 November. It is {status}."
    assert words.splitlines()[0] == first[:72].rsplit(" ", 1)[0] if len(first) > 72 else first
    assert (then in words, "Book a place" in words, "Watch online" in words) == (True, False, False)


def written_up(**fields):
    event = make_evening(talks=2, **fields)
    talks = list(event.get_children().specific())
    give(talks[0], {"summary": "We measured tides. Then we drew them."})
    publish(talks[1], teaser="A teaser of one sentence.")
    Recording.objects.create(event=event, url="https://www.youtube.com/watch?v=abc")
    return publish(event, written_up_on=dt.date(2025, 12, 1))


def test_write_up_has_each_talk_with_its_link_and_a_sentence():
    event = written_up()
    found = letter(event, "write-up", at=START + 6 * DAY)
    assert found.subject == "Data Bites 61: the recording and the write-up"
    assert "Tides 1\n   Ada Vale 1, Analyst, Board of Tides\n   We measured tides.\n" in found.text
    assert "   A teaser of one sentence.\n   http://127.0.0.1:8000/data-bites/61/tides-2/\n" in found.text
    assert "You chose to hear about recordings and write-ups on this list." in found.text
    assert "Add it to your calendar" not in found.text


def test_recording_alone_is_not_called_a_write_up():
    event = make_evening()
    Recording.objects.create(event=event, url="https://www.youtube.com/watch?v=abc")
    assert letter(event, "write-up", at=START + DAY).subject == "Data Bites 61: the recording"


def test_message_is_told_in_both_forms_with_whole_addresses():
    event = make_evening()
    source = '<p>Bring a <b>pen</b> &amp; look at <a href="/about/">the page</a>.</p><ol><li>One</li><li>Two</li></ol>'
    mail = write_message(event=event, at=SOON, subject="Bring a pen", text=source)
    found = letter(event, mail.name, at=SOON)
    assert found.subject == "Data Bites 61: Bring a pen"
    start = "Bring a pen & look at the page (http://127.0.0.1:8000/about/).\n\n1. One\n2. Two\n"
    assert found.text.startswith(start)
    assert (
        BeautifulSoup(found.html, "html.parser").find("a", string="the page")["href"] == "http://127.0.0.1:8000/about/"
    )


# What must never be in one


def everything(event, *, at):
    """Every mail that the evening could have, as one text."""
    from tests.mails import mails_of

    found = [letter(event, plan.mail.name, at=at) for plan in mails_of(event, at=at).plans()]
    return "\n".join(part for mail in found for part in (mail.subject, mail.text, mail.html))


def test_nothing_private_is_in_any_mail():
    event = written_up(leftovers="canary-leftovers", leftovers_seen=True)
    talk = event.get_children().specific().first()
    write_answers(talk.contribution, {"summary": "canary-answer"}, teaser="canary-teaser", introduction="canary-intro")
    PrivateNote.objects.create(contribution=talk.contribution, at=START, text="canary-note")
    make_talk(event=event, title="canary-title", teaser="canary-teaser", live=False)
    draft = EventPage.objects.get(pk=event.pk)
    draft.title, draft.standfirst, draft.online_url = "canary-event", "canary-words", "https://canary.example/"
    draft.save_revision()
    for at in (SOON, START + 6 * DAY):
        assert "canary" not in everything(event, at=at).lower()


def test_withdrawn_consent_takes_the_sentence_out():
    from speakers.models import TalkConsent

    event = written_up()
    talk = event.get_children().specific().first()
    TalkConsent.objects.create(
        contribution=talk.contribution,
        speaker=make_speaker(),
        what="answers",
        wording="Yes.",
        given_at=START,
        withdrawn_at=START + DAY,
    )
    assert "We measured tides" not in text(event, "write-up", at=START + 6 * DAY)


def test_what_somebody_typed_between_percent_signs_is_never_filled_in():
    event = make_evening(title="%%secret%% maps", standfirst="100%% true %%name%%.")
    found = letter(event, "announced", at=SOON)
    filled = fill(found.text, sample_filling()) + fill_html(found.html, sample_filling()) + fill(found.subject, {})
    assert ("% %secret% %" in filled, "%%secret%%" in filled) == (True, False)


def test_markup_in_titles_is_shown_and_not_obeyed():
    event = make_evening(title='<b>Maps</b> & "tides"', standfirst="<script>alert(1)</script>")
    found = letter(event, "announced", at=SOON)
    assert '<b>Maps</b> & "tides"' in found.text
    assert ("<script>" in found.html, "<b>" in found.html) == (False, False)
    assert "<b>Maps</b>" in shown(found.html)


def test_title_of_many_letters_fits_a_subject():
    event = make_evening(title="Maps " * 50)
    assert len(letter(event, "announced", at=SOON).subject) <= 250


# How it is made


@pytest.mark.parametrize("name", KINDS_BEFORE)
def test_text_fits_72_columns_but_for_long_addresses(name):
    event = make_evening(
        standfirst="An evening about maps and tides. " * 9, venue=make_venue(access="Step-free. " * 30)
    )
    lines = text(event, name, at=SOON).splitlines()
    assert [line for line in lines if len(line) > 72 and "://" not in line] == []


@pytest.mark.parametrize("name", [*KINDS_BEFORE, "message", "write-up"])
def test_html_is_whole_and_asks_nothing_of_anybody(name):
    event = written_up()
    write_message(event=event, at=SOON, subject="Hello", text="<p>Hello.</p>")
    found = letter(event, name, at=START + 6 * DAY if name == "write-up" else SOON)
    soup = BeautifulSoup(found.html, "html.parser")
    assert found.html.startswith("<!doctype html>") or found.html.startswith("<!DOCTYPE html>")
    assert soup.find(["img", "script", "link", "iframe", "form", "object", "video"]) is None
    assert (soup.html["lang"][:2], soup.title.string) == ("en", found.subject)
    assert soup.find("meta", attrs={"name": "color-scheme"})["content"] == "light dark"
    assert "prefers-color-scheme: dark" in found.html
    assert [table for table in soup.find_all("table") if table.get("role") != "presentation"] == []
    assert all(p.get("style") for p in soup.find_all("p"))
    assert {link["href"].split(":")[0] for link in soup.find_all("a") if "%%" not in link["href"]} <= {"http", "https"}
    assert len(soup.find_all("h1")) == 1
    assert "url(" not in found.html
    assert len(found.html) < 102_000  # beyond that Gmail cuts a mail short


def test_foot_says_how_to_reach_the_organisers():
    from wagtail.models import Site

    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_email, settings.footer_text = "hello@example.org", "Data Bites, 1 Old Road, London"
    settings.save()
    found = letter(make_evening(), "announced", at=SOON)
    assert "Write to us: hello@example.org\nData Bites, 1 Old Road, London\n" in found.text
    assert "Data Bites, 1 Old Road, London" in shown(found.html)


def test_same_evening_gives_the_same_bytes():
    event = make_evening(talks=3)
    first, second = (letter(event, "programme", at=SOON) for _ in range(2))
    assert (first, first.digest) == (second, second.digest)


@pytest.mark.parametrize("talks", [1, 3])
def test_letter_costs_the_same_whatever_the_number_of_talks(talks, django_assert_num_queries):
    event = make_evening(talks=talks)
    letter(event, "announced", at=SOON)
    with django_assert_num_queries(QUERIES):
        letter(event, "announced", at=SOON)
