"""An archive with one of everything that is public, and beside each thing words that are not: every canary says so."""

import datetime as dt

from archive.models import Cue, Transcript
from events.models import (
    AudienceQuestion,
    Chapter,
    EventCorrection,
    Recording,
    TalkCorrection,
)
from speakers.models import (
    Answer,
    Ask,
    OrganisationName,
    PrivateNote,
    Promise,
    PromiseReply,
    SpeakerAlias,
    SpeakerLink,
    StandardQuestion,
    TalkConsent,
    TalkLink,
)
from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    make_user,
    make_venue,
    publish,
    write_answers,
)
from tests.remembering import remembered

SITE = "https://bites.example.org"


@remembered
def make_whole():
    """Evening 60 with two talks; the first one's speakers answered, declined, or will answer."""
    make_user("organiser", email="canary-organiser@example.org")
    event = make_event(
        series=make_series(strapline="Talks about data."),
        number=60,
        title="Tides and maps",
        standfirst="What water does to maps.",
        introduction="<p>A <b>wet</b> evening.</p>",
        host=make_host("The Hall"),
        venue=make_venue(address="canary-street", finding_it="canary-door"),
        chair=make_speaker("Cy Chair"),
    )
    ada = make_speaker("Ada Vale", pronunciation="canary-said", biography="<p>Reads water.</p>")
    ada.user = make_user(email="canary-ada@example.org")
    ada.links = [SpeakerLink(label="Elsewhere", url="https://ada.example.org/")]
    ada.aliases = [SpeakerAlias(name="Ada V.", public=True), SpeakerAlias(name="canary-alias", public=False)]
    ada.save()
    board = make_organisation("Board of Tides", kind="regulator", parent=make_organisation("Ministry of Water"))
    OrganisationName.objects.create(organisation=board, name="Tide Office", until=dt.date(2020, 3, 31))
    talk = make_talk(
        event=event,
        title="Tides",
        teaser="Why they turn.",
        account="<p>Ada showed a <i>map</i>.</p>",
        speakers=[ada],
        role="Chief",
        organisation=board,
        topics=[make_topic(name="Maps", description="Where things are.")],
    )
    other = make_talk(event=event, title="Second", speakers=[make_speaker("Bo Dee")])
    given = _gifts(talk)
    _around(event, talk)
    _hidden(event, given)
    give(other, {"summary": "Second words."})
    for late in (event, talk, other):
        late.refresh_from_db()
    return {"event": event, "talk": talk, "other": other, "given": given, "ada": ada, "board": board}


def _gifts(talk):
    draft = talk.contribution.get_latest_revision_as_object()
    draft.links.add(TalkLink(label="The data", url="https://data.example.org/", kind="dataset"))
    draft.asks.add(Ask(text="Tell us", url="https://ask.example.org/", email="canary-ask@example.org"))
    draft.asks.add(Ask(text="Write", closes_on=dt.date(2026, 3, 4), closes_precision="month"))
    draft.promises.add(Promise(text="More maps", due_on=dt.date(2026, 5, 1)))
    draft.save_revision()
    given = give(
        talk,
        {"summary": "Water & “maps”.", "change": "Names."},
        introduction="canary-introduction",
        proposed_title="canary-proposed",
    )
    missing = {"problem": "declined", "difference": "given_up", "success": "to_come"}
    for slug, reason in missing.items():
        Answer.objects.filter(contribution=given, question__slug=slug).update(missing=reason)
    Answer.objects.filter(contribution=given, question__slug="hurdles").delete()
    for words, published_at in (("Twelve maps.", START), ("canary-reply", None)):
        PromiseReply.objects.create(
            contribution=given,
            said="More maps",
            outcome="done",
            words=words,
            replied_on=dt.date(2026, 6, 1),
            at=START,
            published_at=published_at,
        )
    given.slides_url = "https://slides.example.org/canary-slides"
    given.set_aside = [{"question": 1, "text": "canary-aside"}]
    given.save()
    return given


def _around(event, talk):
    Recording.objects.create(event=event, url="https://www.youtube.com/watch?v=abcdefghijk", duration_seconds=4000)
    Recording.objects.create(event=event, kind="audio", url="https://canary.example.org/", state="withheld")
    Chapter.objects.create(event=event, talk=talk, seconds=320, label="Tides")
    EventCorrection.objects.create(event=event, made_on=START.date(), text="It was a Wednesday.")
    TalkCorrection.objects.create(talk=talk, made_on=START.date(), text="It was a tide.")
    AudienceQuestion.objects.create(
        event=event, talk=talk, as_asked="canary-asked", text="Why?", answer="<p>The moon.</p>", state="in_writing"
    )


def _transcribed(event, **lines):
    """A transcript of the evening with these lines, {voice: (second, words)}."""
    transcript = Transcript.objects.create(event=event, filename="canary.vtt", source="canary-source", at=START)
    for voice, (second, words) in lines.items():
        Cue.objects.create(
            transcript=transcript, starts_ms=second * 1000, ends_ms=second * 1000 + 900, voice=voice, text=words
        )


def _hidden(event, given):
    talk = given.talk
    AudienceQuestion.objects.create(event=event, as_asked="canary-waiting", text="canary-text", state="waiting")
    PrivateNote.objects.create(contribution=given, at=START, text="canary-note")
    consent = {"contribution": given, "speaker": talk.talk_speakers.first().speaker, "given_at": START}
    for what in ("record", "answers"):
        TalkConsent.objects.create(what=what, wording="canary-consent", **consent)
    TalkConsent.objects.create(
        what="slides", wording="canary-consent", withdrawn_at=START + dt.timedelta(days=1), **consent
    )
    write_answers(given, {"hurdles": "canary-draft", "summary": "canary-second"}, teaser="canary-teaser")
    publish(event, leftovers="canary-leftovers", leftovers_seen=True)
    draft = type(event).objects.get(pk=event.pk)
    draft.title = "canary-title"
    draft.save_revision()
    _taken_back(event)
    unseen = make_talk(event=event, title="canary-unseen", speakers=[make_speaker("Canary Bird")], live=False)
    write_answers(unseen.contribution, {"summary": "canary-unreleased"})
    hidden = make_event(number=61, title="canary-evening", live=False, host=make_host("canary-host"))
    make_talk(event=hidden, title="canary-talk", organisation=make_organisation("canary-office"))
    _transcribed(hidden, Nobody=(5, "canary-spoken"))
    make_topic(name="canary-topic")
    StandardQuestion.objects.create(slug="canary", text="canary-question?", short_name="canary")


def _taken_back(event):
    """A talk whose speaker took back their consent to its words, and one that was withdrawn."""
    taken = give(make_talk(event=event, title="Taken back"), {"summary": "canary-taken"}, teaser="canary-taken")
    TalkConsent.objects.create(
        contribution=taken,
        speaker=make_speaker("Di Eff"),
        what="answers",
        wording="canary-consent",
        given_at=START,
        withdrawn_at=START + dt.timedelta(days=1),
    )
    withdrawn = make_talk(event=event, title="Withdrawn", account="<p>canary-account</p>")
    give(withdrawn, {"summary": "canary-withdrawn"})
    publish(withdrawn, state="withdrawn")
    Chapter.objects.create(event=event, talk=taken.talk, seconds=1500, label="Taken back")
    Chapter.objects.create(event=event, talk=withdrawn, seconds=2500, label="Withdrawn")
    Chapter.objects.create(event=event, seconds=3500, label="Good night")
    said = {"Cy": (3, "=Welcome."), "Ada": (330, "Water moves."), "Di": (1510, "canary-taken"), "Ed": (2510, "canary")}
    _transcribed(event, **said, Audience=(3600, "Thank you."))
