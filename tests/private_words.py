"""A talk with every private thing that can be about it, each with a word of its own that nothing else has."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from events.models import AudienceQuestion, TalkPage
from mailing.models import OutgoingMail
from speakers.actions import give_consent, hand_over, write_note
from speakers.batons import hand_to_speakers, send_to_organisers
from speakers.clearing import record_clearance
from speakers.commenting import write_comment
from speakers.enums import Baton, ConsentTo, HelperMay, KeptBecause
from speakers.helping import name_helper
from speakers.keeping import keep_slides
from speakers.models import Invitation, KeptText, Speaker, UnsavedProfile
from speakers.previews import make_preview_link
from tests.admin import sign_in_as
from tests.decks import make_pptx
from tests.factories import START, give, make_event, make_organisation, make_speaker, make_talk, make_user, publish
from tests.mailing.signing import make_subscriber
from tests.speakers.portal.forms import answer, press

ROLES = (
    "anonymous",
    "subscriber",
    "speaker",
    "other",
    "editor",
    "commenter",
    "moderator",
    "organiser",
    "administrator",
)


def word(name: str) -> str:
    return f"canary{name}x"


def address(name: str) -> str:
    return f"{word(name)}@example.org"


class PrivateWords:
    """Everything there is, and a window for each role."""

    def __init__(self) -> None:
        self.at = timezone.now()
        staff = {"moderator": "moderator", "organiser": "organiser", "administrator": "administrator"}
        people = {"speaker": "ada", "other": "ben", "editor": "helper", "commenter": "comms"}
        self.users = {role: make_user(email=address(name)) for role, name in people.items()}
        self.users |= {role: make_user(role, email=address(name)) for role, name in staff.items()}
        self.subscriber = make_subscriber(address=address("subscriber"))
        self.ada = make_speaker("Ada Vale", user=self.users["speaker"], pronunciation=word("pronunciation"))
        self.ben = make_speaker("Ben Wick", user=self.users["other"])
        self.event = make_event(number=7)
        self.talk, self.others = self._talk("Tides", self.ada), self._talk("Mud", self.ben)
        self._words_of_ada()
        self._words_of_ben()
        self._helpers()
        self._organisers()
        self._round_trip()

    def _talk(self, title: str, speaker: Speaker) -> TalkPage:
        talk = make_talk(
            event=self.event, title=title, speakers=[speaker], organisation=make_organisation(f"Of {title}")
        )
        give(talk, {"summary": f"Released words about {title}."})
        hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START)
        return TalkPage.objects.get(pk=talk.pk)

    def window(self, role: str) -> Client:
        client = Client()
        if role in self.users:
            sign_in_as(client, self.users[role])
        return client

    def _words_of_ada(self) -> None:
        client, given = self.window("speaker"), self.talk.contribution
        names = {"proposed_title": "title", "teaser": "teaser", "introduction": "introduction", "note": "speakersnote"}
        changes = {field: word(name) for field, name in names.items()}
        changes |= {answer(self.talk): word("answer"), f"intro-{self.ada.pk}-pronunciation": word("sound")}
        changes |= {"slides_url": f"https://slides.example.org/{word('slidesurl')}"}
        press(client, self.talk, changes=changes)
        deck = make_pptx(notes=(1,), author=word("author"))
        keep_slides(contribution=given, file=ContentFile(deck, name="s.pptx"), filename=f"{word('deck')}.pptx")
        KeptText.objects.create(
            contribution=given,
            by=self.users["speaker"],
            because=KeptBecause.CLASH,
            page="a",
            field="teaser",
            label="Teaser",
            text=word("kept"),
            at=self.at,
        )
        self.consent = give_consent(
            contribution=given, speaker=self.ada, what=ConsentTo.ANSWERS, wording=word("consent"), at=self.at
        )
        profile = Speaker.objects.get(pk=self.ada.pk)
        profile.name = word("newname")
        profile.save_revision()
        UnsavedProfile.objects.create(speaker=profile, values={"biography": word("typed")}, at=self.at)

    def _words_of_ben(self) -> None:
        press(self.window("other"), self.others, changes={answer(self.others): word("bensanswer")})
        write_note(contribution=self.others.contribution, text=word("bensnote"), at=self.at, by=self.users["other"])

    def _helpers(self) -> None:
        given = self.talk.contribution
        for role, name, may in (
            ("editor", "helpername", HelperMay.EDIT),
            ("commenter", "commsname", HelperMay.COMMENT),
        ):
            name_helper(
                contribution=given,
                speaker=self.ada,
                address=self.users[role].email,
                name=word(name),
                may=may,
                by=self.users["speaker"],
                at=self.at,
            )
        said: dict[str, Any] = {"by": self.users["commenter"], "called": word("commsname"), "at": self.at}
        write_comment(contribution=given, field="teaser", text=word("comment"), **said)
        record_clearance(
            contribution=given,
            speaker=self.ada,
            cleared_by=word("clearedby"),
            cleared_on=dt.date(2025, 11, 20),
            note=word("clearancenote"),
            **said,
        )
        self.preview = make_preview_link(contribution=given, by=self.users["speaker"], at=self.at)

    def _organisers(self) -> None:
        given, by = self.talk.contribution, self.users["organiser"]
        write_note(contribution=given, text=word("organisersnote"), at=self.at, by=by)
        invited: dict[str, Any] = {"address": address("invited"), "note": word("invitationnote")}
        self.invitation = Invitation.objects.create(
            contribution=given, speaker=self.ada, sent_at=self.at, by=by, **invited
        )
        asked: dict[str, Any] = {"event": self.talk.event, "talk": self.talk}
        self.question = AudienceQuestion.objects.create(**asked, as_asked=word("asked"), text="Why?", state="waiting")
        AudienceQuestion.objects.create(**asked, as_asked="Oh", text=word("declined"), state="declined")
        publish(self.talk.event, leftovers=word("leftovers"), leftovers_seen=True)

    def _round_trip(self) -> None:
        """Sent with a reason, and returned with a note: mails to the organisers and to the speaker."""
        given = self.talk.contribution
        send_to_organisers(
            contribution=given, by=self.users["speaker"], who="Ada Vale", reason=word("reason"), at=self.at
        )
        hand_to_speakers(contribution=given, by=self.users["organiser"], note=word("returned"), at=self.at)
        self.mail = OutgoingMail.objects.get(purpose__startswith="handed_over:")
        self.tokens = {
            "preview token": self.preview.token,
            "sign-in link": self.mail.filling["link"].rstrip("/").rpartition("/")[2],
        }
