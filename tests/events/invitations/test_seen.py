"""What organisers see of invitations."""

import icalendar
import pytest
from django.test import Client

from events.entries import refresh_calendar
from events.models import SlotEntry, TalkPage
from mailing.attached import files_of
from mailing.models import OutgoingMail
from speakers.actions import merge_speakers
from speakers.models import Invitation
from tests.admin import sign_in, texts
from tests.events.invitations.steps import ADA, NOW, asks, invite_url, link_in, mail_of, send
from tests.factories import make_speaker, make_talk
from tests.speakers.portal.forms import make_helper

pytestmark = pytest.mark.django_db
QUERIES = 17


def test_refused_mail_is_shown_with_its_reason(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    OutgoingMail.objects.update(state="set_aside", outcome="550 5.1.1 No such mailbox.", ended_at=NOW)
    page = organiser.get(invite_url(talk))
    assert texts(page, ".invite__tag") == ["the mail did not arrive"]
    assert "The mail was refused: 550 5.1.1 No such mailbox." in texts(page, ".invite__sent li")[0]


def test_evenings_board_says_who_was_invited_who_opened_it_and_who_was_not(organiser, talk, ada):
    ben = make_speaker("Ben Ek")
    make_talk(event=talk.event, title="Second", speakers=[ben, make_speaker("Cy Dunn")])
    send(organiser, talk, (ada, ADA))
    Client().post(link_in(mail_of(Invitation.objects.get())))
    second = TalkPage.objects.get(title="Second")
    send(organiser, second, (ben, "ben@example.org"))
    OutgoingMail.objects.filter(recipient="ben@example.org").update(state="sent", ended_at=NOW)
    board = organiser.get(f"/cms/pages/{talk.event_id}/edit/")
    assert [line for line in texts(board, ".running-order .given") if line.startswith("Invitations")] == [
        "Invitations to “Tides in open data” : Ada Vale opened",
        "Invitations to “Second” : Ben Ek invited, not opened yet; Cy Dunn not invited yet",
    ]


@pytest.mark.parametrize("door", ["", "save/"])
def test_whoever_signs_in_by_another_way_has_opened_it_with_the_first_thing_they_send(organiser, talk, ada, door):
    send(organiser, talk, (ada, ADA))
    speaker = Client()
    speaker.force_login(Invitation.objects.get().speaker.user)
    speaker.get("/portal/")
    speaker.head(f"/portal/{talk.pk}/")
    speaker.get(f"/portal/{talk.pk}/")
    speaker.get(f"/portal/{talk.pk}/preview/")
    assert Invitation.objects.get().opened_at is None
    speaker.post(f"/portal/{talk.pk}/{door}", {"do": "save", "base": "", "proposed_title": "Tides"})
    assert Invitation.objects.get().opened_at == NOW


def test_what_a_helper_or_nobody_sends_opens_no_invitation(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    ada.refresh_from_db()
    assistant, _ = make_helper(talk, ada)
    assert assistant.post(f"/portal/{talk.pk}/save/").status_code == 200
    assert Client().post(f"/portal/{talk.pk}/save/").status_code == 401
    assert Invitation.objects.get().opened_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_talks_invitations_take_as_many_queries_for_three_as_for_one(organiser, talk, count, django_assert_num_queries):
    people = [make_speaker(f"Speaker {place}") for place in range(count)]
    talk = make_talk(event=talk.event, speakers=people)
    send(organiser, talk, *[(person, f"s{person.pk}@example.org") for person in people])
    organiser.get(invite_url(talk))
    with django_assert_num_queries(QUERIES):
        organiser.get(invite_url(talk))


def test_calendar_that_follows_has_the_same_entry(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    (kept,) = files_of(OutgoingMail.objects.get().message.files)
    file = icalendar.Calendar.from_ical(kept.content)
    refresh_calendar(talk.event_id)
    assert [str(one["UID"]) for one in file.walk("VEVENT")] == [str(SlotEntry.objects.get().uid)]


def test_merged_speaker_keeps_invitation_and_way_in(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    kept = make_speaker("Ada Vale-Moss")
    merge_speakers(kept=kept, merged=ada)
    speaker = Client()
    speaker.post(link_in(mail_of(Invitation.objects.get())))
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 200
    assert Invitation.objects.get().opened_at == NOW
    page = organiser.get(invite_url(talk))
    assert texts(page, ".invite__state strong") == ["Ada Vale-Moss"]
    assert page.context["form"].rows()[0][2].value() == ADA


def test_moderator_invites_nobody(client, talk, ada):
    sign_in(client, "moderator")
    assert client.post(invite_url(talk), asks((ada, ADA), step="send")).status_code == 302
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)
