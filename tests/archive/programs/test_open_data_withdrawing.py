"""What is taken back is in no file that anybody is given; what was never agreed to comes into none."""

import json

import pytest

from archive.models import OpenData
from archive.opendata import making
from archive.opendata.making import TakenBack, make_open_data
from archive.transcribing import delete_transcript
from events.models import AudienceQuestion, Recording
from pages.cache import bump
from speakers.actions import give_consent, unrelease, withdraw_consent
from speakers.enums import ConsentTo
from speakers.following_up import publish_reply, set_reply_aside
from speakers.models import Contribution, PromiseReply
from speakers.terms import choose_terms
from tests.archive.programs.unpacking import ADDRESS, download, stored, table
from tests.archive.transcribing import transcribe
from tests.factories import START, give, make_event, make_speaker, make_talk, make_user, publish, write_answers
from tests.reading import read

pytestmark = pytest.mark.django_db
SENTENCE = "Something that was in the open data was taken back, so it is being made anew."


@pytest.fixture
def talk():
    made = make_talk(event=make_event(number=60), title="Tides", speakers=[make_speaker("Ada Vale")])
    give(made, {"summary": "Water."})
    made.refresh_from_db()
    AudienceQuestion.objects.create(event=made.event, text="Why?", answer="<p>The moon.</p>", state="in_writing")
    reply_about(made, published_at=START)
    transcribe(made.event)
    bump()
    return made


def ada(talk):
    return talk.talk_speakers.get().speaker


def hide(person):
    person.live = False
    person.save()


def take_off_the_page(question):
    question.state = "declined"
    question.save()


def withhold(event):
    draft = publish(event)
    Recording.objects.create(event=draft, state="withheld")
    publish(draft)


def reply_about(talk, **fields):
    return PromiseReply.objects.create(
        contribution=talk.contribution, said="More", outcome="done", replied_on=START.date(), at=START, **fields
    )


TAKEN_BACK = {
    "consent": lambda talk: withdraw_consent(
        contribution=talk.contribution, speaker=ada(talk), what=ConsentTo.ANSWERS, at=START
    ),
    "consent to slides": lambda talk: withdraw_consent(
        contribution=talk.contribution, speaker=ada(talk), what=ConsentTo.SLIDES, at=START
    ),
    "words": lambda talk: unrelease(contribution=talk.contribution),
    "words for others": lambda talk: give(talk, {"summary": "Tides."}),
    "terms": lambda talk: choose_terms(
        contribution=talk.contribution, terms="reserved", speaker=ada(talk), by=make_user(), at=START
    ),
    "terms of the series": lambda talk: publish(talk.event.series, terms="reserved"),
    "talk": lambda talk: talk.unpublish(),
    "talk in the programme": lambda talk: publish(talk, state="withdrawn"),
    "talk deleted": lambda talk: talk.delete(),
    "evening": lambda talk: talk.event.unpublish(),
    "recording": lambda talk: withhold(talk.event),
    "answer to the audience": lambda talk: take_off_the_page(AudienceQuestion.objects.get()),
    "reply about a promise": lambda talk: set_reply_aside(
        reply=talk.contribution.promise_replies.get(), by=None, at=START
    ),
    "consent to being recorded": lambda talk: withdraw_consent(
        contribution=talk.contribution, speaker=ada(talk), what=ConsentTo.RECORD, at=START
    ),
    "transcript": lambda talk: delete_transcript(transcript=talk.event.transcripts.get(), by=None),
    "transcript replaced": lambda talk: transcribe(talk.event),
    "person": lambda talk: hide(ada(talk)),
    "person deleted": lambda talk: ada(talk).delete(),
}


@pytest.mark.parametrize("what", TAKEN_BACK)
def test_file_is_gone_with_the_commit_that_takes_something_back(client, talk, what, django_capture_on_commit_callbacks):
    etag = f'"{make_open_data().sha256}"'
    assert ADDRESS in str(read(client, "/open-data/"))
    with django_capture_on_commit_callbacks(execute=True):
        TAKEN_BACK[what](talk)
        assert OpenData.current() is None  # in the same transaction, so for every process
    answer = client.get(ADDRESS, headers={"if-none-match": etag})
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "120", "no-store")
    assert answer.content.decode().startswith(SENTENCE)
    assert client.get(f"{ADDRESS}.sha256").status_code == 503
    page = read(client, "/open-data/")
    assert SENTENCE in page.get_text()
    assert page.select("a.button") == []
    assert stored() == []
    make_open_data()
    assert client.get(ADDRESS).status_code == 200


def test_page_is_kept_by_nobody(client, talk):
    """Where each process keeps pages of its own, it would go on naming a file that was taken away."""
    make_open_data()
    assert client.get("/open-data/")["Cache-Control"] == "no-store"
    OpenData.take_away()
    assert SENTENCE in read(client, "/open-data/").get_text()


def test_file_stays_while_things_are_added(client, talk, django_capture_on_commit_callbacks):
    made = make_open_data()
    with django_capture_on_commit_callbacks(execute=True):
        late = make_talk(event=make_event(number=61), title="Maps", speakers=[make_speaker("Bo Dee")])
        give(late, {"summary": "Paper."})
        publish(late, title="More maps")
        make_speaker("Cy Chair", live=False)
        publish_reply(reply=reply_about(talk), by=None, at=START)
        AudienceQuestion.objects.create(event=talk.event, as_asked="Why?", text="Why?", state="waiting")
        given = {"contribution": talk.contribution, "speaker": ada(talk), "at": START, "wording": "Yes."}
        for what in ConsentTo:
            give_consent(what=what, **given)
        withdraw_consent(contribution=late.contribution, speaker=ada(late), what=ConsentTo.RECORD, at=START)
    assert client.get(ADDRESS)["ETag"] == f'"{made.sha256}"'


@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_taken_back_while_the_next_one_is_made_is_in_neither(client, talk, is_first):
    if not is_first:
        make_open_data()
        publish(talk, title="Tides, renamed")
    late = make_talk(event=talk.event, title="Maps", speakers=[make_speaker("Bo Dee")])
    given = give(late, {"summary": "Paper."})

    def take_back():
        if Contribution.objects.filter(pk=given.pk, live=True).exists():
            unrelease(contribution=given)

    with pytest.raises(TakenBack):
        make_open_data(pause=take_back)
    assert (OpenData.current(), OpenData.objects.get().leased_until) == (None, None)
    make_open_data()
    assert client.get(ADDRESS).status_code == 200


def test_file_that_was_made_too_late_is_deleted(talk, monkeypatch):
    original = making.write_zip

    def and_then(*args):
        original(*args)
        OpenData.take_away()

    monkeypatch.setattr(making, "write_zip", and_then)
    with pytest.raises(TakenBack):
        make_open_data()
    assert stored() == []


# Without consent


@pytest.fixture
def asked():
    """A talk of two people who were asked through the portal, and were released without a consent of either."""
    people = [make_speaker("Ada Vale"), make_speaker("Bo Dee")]
    talk = make_talk(event=make_event(number=60), title="Tides", speakers=people)
    write_answers(talk.contribution, {"summary": "Water."}, slides_url="https://slides.example.org/")
    talk.contribution.handovers.create(to="speakers", at=START)
    talk.contribution.handovers.create(to="organisers", at=START)
    given = give(talk, {"summary": "Water."}, slides_url="https://slides.example.org/")
    return given, people


def told(client):
    bump()
    members = download(client)
    (talk,), answers = table(members, "talks"), table(members, "answers")
    (summary,) = (row for row in answers if row["question"] == "summary")
    return talk["slides"], summary["status"], summary["text"], summary["licence"]


def test_words_that_speakers_were_asked_for_need_the_consent_of_each(client, asked, settings):
    """Release asks for no consent (`speakers.checking.missing` only says so), so this happens."""
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Commons 4.0", "https://commons.example/4.0/"
    given, people = asked
    assert given.live
    assert told(client) == ("", "no_consent", "", "")
    for page in (given.talk.url, f"{given.talk.url}answers/summary/"):
        assert b'rel="license"' not in client.get(page).content
    for person in people:
        assert told(client)[1] == "no_consent"
        give_consent(contribution=given, speaker=person, what=ConsentTo.ANSWERS, wording="Yes.", at=START)
    assert told(client) == ("", "answered", "Water.", "Commons 4.0")
    for person in people:
        give_consent(contribution=given, speaker=person, what=ConsentTo.SLIDES, wording="Yes.", at=START)
    assert told(client) == ("https://slides.example.org/", "answered", "Water.", "Commons 4.0")


def test_no_consent_has_its_code_wherever_answers_are_data(client, asked):
    given, _ = asked
    found = {
        status: client.get(f"/api/v1/answers?status={status}").json()["results"] for status in ("answered", "reserved")
    }
    assert found == {"answered": [], "reserved": []}
    (answer,) = client.get("/api/v1/answers?status=no_consent").json()["results"]
    assert (answer["text"], answer["html"], answer["licence"]) == ("", "", {"name": "", "url": ""})
    assert answer["address"].endswith("#summary")
    data = b"".join(client.get("/questions/summary/answers.json").streaming_content)
    (row,) = json.loads(data)["answers"]
    assert (row["status"], row["answer"], row["licence"]) == ("no_consent", "", None)
    assert set(Contribution.objects.allowing_reuse()) == set()
    assert given.allows_reuse is False


def test_nobody_was_asked_for_an_old_write_up_so_it_follows_the_series(client, talk):
    publish(talk.event.series, terms="cc0-1.0")
    assert told(client)[1:] == ("answered", "Water.", "Creative Commons Zero 1.0")
    # One consent on record, whatever it is to, says that its speakers were asked.
    give_consent(contribution=talk.contribution, speaker=ada(talk), what=ConsentTo.RECORD, wording="Yes.", at=START)
    assert told(client)[1:] == ("no_consent", "", "")
