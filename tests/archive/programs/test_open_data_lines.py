"""What was said at evenings in the open data: under the terms of each talk, and not where its speakers keep it."""

import pytest

from events.models import Chapter
from pages.cache import bump
from speakers.models import TalkConsent
from speakers.terms import choose_terms
from tests.archive.programs.unpacking import download, rows, table
from tests.factories import START, make_user

pytestmark = pytest.mark.django_db


def said(client):
    bump()
    return [(row["voice"], row["text"]) for row in table(download(client), "transcripts")]


def ada(whole):
    return whole["talk"].talk_speakers.get().speaker


def test_each_line_has_its_place_its_voice_and_the_terms_of_its_talk(client, whole, settings):
    settings.DATA_LICENCE = "Commons 4.0"
    choose_terms(contribution=whole["given"], terms="cc-by-4.0", speaker=ada(whole), by=make_user(), at=START)
    members = download(client)
    assert [(row["talk"], row["voice"], row["text"], row["licence"][:6]) for row in table(members, "transcripts")] == [
        ("", "Cy", "'=Welcome.", "Common"),
        (str(whole["talk"].pk), "Ada", "Water moves.", "Creati"),
        ("", "Audience", "Thank you.", "Common"),
    ]
    assert rows(members, "transcripts")[1] == {
        "event": whole["event"].pk,
        "talk": whole["talk"].pk,
        "language": "en",
        "starts_milliseconds": 330_000,
        "ends_milliseconds": 330_900,
        "voice": "Ada",
        "text": "Water moves.",
        "licence": rows(members, "talks")[0]["licence"],
    }


def test_words_of_speakers_who_keep_all_rights_are_left_out(client, whole):
    choose_terms(contribution=whole["given"], terms="reserved", speaker=ada(whole), by=make_user(), at=START)
    assert [voice for voice, _ in said(client)] == ["Cy", "Audience"]


def test_words_of_speakers_who_did_not_agree_to_being_recorded_are_left_out(client, whole):
    TalkConsent.objects.filter(contribution=whole["given"], what="record").delete()
    assert [voice for voice, _ in said(client)] == ["Cy", "Audience"]


def test_nothing_is_told_of_an_evening_where_kept_words_may_stand_anywhere(client, whole):
    TalkConsent.objects.filter(contribution=whole["given"], what="record").delete()
    Chapter.objects.filter(event=whole["event"], talk=whole["talk"]).delete()
    assert said(client) == []


def test_evening_without_chapters_is_told_where_all_may_be(client, whole):
    other = whole["other"]
    Chapter.objects.filter(event=whole["event"]).delete()
    assert said(client) == []  # one of its speakers has not agreed
    for talk in whole["event"].get_children():
        if talk.pk not in (whole["talk"].pk, other.pk):
            talk.unpublish()
    assert [voice for voice, _ in said(client)] == ["Cy", "Ada", "Di", "Ed", "Audience"]
