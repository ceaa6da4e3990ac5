"""The index follows what is public: at once after a change, and by a sweep for what was left behind."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from archive.models import IndexedWord, Passage, Stale
from archive.searching import door, keeping
from events.models import AudienceQuestion, EventPage, Recording, TalkPage
from speakers.following_up import publish_reply, set_reply_aside
from speakers.models import Answer, PromiseReply, TalkConsent
from tests.archive.answering import make_answer
from tests.archive.searching.finding import found
from tests.factories import START, give, make_event, make_series, make_speaker, make_talk, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """As if what happens within were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_what_is_published_is_found_at_once(client, committed):
    with committed():
        talk = make_answer("Seagulls.", title="Birds", speakers=[make_speaker("Ada Vale")])
    assert found(client, "seagulls") == {"answers": ["Ada Vale"]}
    assert found(client, "birds OR vale") == {
        "evenings": [talk.event.title],
        "talks": ["Birds"],
        "answers": ["Ada Vale"],
        "people": ["Ada Vale"],
    }
    assert Stale.objects.count() == 0


def test_withdrawn_consent_takes_the_words_out_at_once(client, committed):
    with committed():
        talk = make_answer("Seagulls.", title="Birds")
    with committed():
        withdraw(talk)
    assert found(client, "seagulls") == {}
    assert Passage.objects.filter(text__contains="Seagulls").count() == 0
    assert found(client, "birds") == {"talks": ["Birds"]}


def withdraw(talk):
    TalkConsent.objects.create(
        contribution=talk.contribution,
        speaker=make_speaker("Bo"),
        what="answers",
        wording="Yes.",
        given_at=START,
        withdrawn_at=START + dt.timedelta(days=1),
    )


GIVEN = "standardise OR gazetteers OR printed OR libraries OR dictionary"


def test_words_that_may_not_be_shown_are_not_even_where_the_index_has_them_still(client, archive):
    assert list(found(client, GIVEN)) == ["answers", "asks", "promises", "replies", "links"]
    # Nothing runs on commit here, as after a crash.
    PromiseReply.objects.update(published_at=None)
    assert found(client, "libraries OR globes") == {}
    withdraw(archive["maps"])
    AudienceQuestion.objects.update(state="declined")
    assert Passage.objects.filter(title__contains="gazetteers").count() == 1
    assert found(client, f"{GIVEN} OR why") == {}
    assert found(client, "otters") == {"corrections": ["Where things are"]}
    TalkPage.objects.filter(pk=archive["maps"].pk).update(live=False)
    assert found(client, "otters") == {}


def test_reply_is_found_when_organisers_have_published_it_and_until_they_set_it_aside(client, archive, committed):
    reply = PromiseReply.objects.get(words="Canary.")
    with committed():
        publish_reply(reply=reply, by=None, at=START)
    assert found(client, "canary") == {"replies": ["Done"]}
    with committed():
        set_reply_aside(reply=reply, by=None, at=START)
    assert found(client, "canary") == {}
    assert Passage.objects.filter(text="Canary.").count() == 0


def test_crash_before_the_index_is_mended_by_the_sweep(client, committed):
    with committed():
        talk = make_answer("Seagulls.", title="Birds")
    withdraw(talk)
    assert Stale.objects.filter(owner=f"evening {talk.event_id}").count() == 1
    keeping.sweep(at=START)
    assert (Passage.objects.filter(text__contains="Seagulls").count(), Stale.objects.count()) == (0, 0)


def test_unpublished_evening_goes_with_all_its_people(client, committed):
    with committed():
        talk = make_answer("Seagulls.", title="Birds", speakers=[make_speaker("Ada Vale")])
    assert set(found(client, "ada OR seagulls OR birds")) == {"evenings", "talks", "answers", "people"}
    with committed():
        EventPage.objects.get(pk=talk.event_id).unpublish()
    assert found(client, "ada OR seagulls OR birds") == {}
    assert Passage.objects.exclude(owner__startswith="standard").count() == 0


def test_person_who_left_the_programme_goes_too(client, committed):
    with committed():
        talk = make_talk(title="Birds", speakers=[make_speaker("Ada Vale")])
    with committed():
        publish(talk, talk_speakers=[])
    assert found(client, "vale") == {}


@pytest.mark.parametrize("deleted", ["talk", "event"])
def test_deleted_page_goes(client, committed, deleted):
    with committed():
        talk = make_talk(title="Birds")
    with committed():
        (talk if deleted == "talk" else EventPage.objects.get(pk=talk.event_id)).delete()
    assert found(client, "birds") == {}
    assert Passage.objects.filter(title="Birds").count() == 0


def test_renamed_person_is_found_under_the_new_name_with_all_their_words(client, committed):
    ada = make_speaker("Ada Vale")
    with committed():
        make_answer("Seagulls.", title="Birds", speakers=[ada])
    with committed():
        ada.name = "Ada Stone"
        ada.save()
    assert found(client, "stone seagulls") == {"answers": ["Ada Stone"]}
    assert found(client, "vale", exact=1) == {}


def test_series_that_is_unpublished_takes_everything_along(client, committed):
    series = make_series()
    with committed():
        make_answer("Seagulls.", title="Birds", event=make_event(series=series))
    with committed():
        series.refresh_from_db()
        series.unpublish()
    assert found(client, "seagulls OR birds") == {}


def test_new_draft_isn_t_found(client, committed):
    with committed():
        talk = make_talk(title="Birds")
        draft = talk.get_latest_revision_as_object()
        draft.title = "Canary"
        draft.save_revision()
        make_talk(title="Canary two", live=False)
    assert found(client, "canary") == {}


def test_recording_that_is_withheld_isn_t_heard(client, archive, committed):
    assert list(found(client, "zebra")) == ["recordings"]
    with committed():
        publish(archive["new"], recordings=[Recording(url="https://youtu.be/aB3-_fGh1jK", state="withheld")])
    assert found(client, "zebra") == {}


def test_transcript_that_goes_takes_its_lines_along(client, archive, committed):
    with committed():
        archive["transcript"].delete()
    assert found(client, "zebra") == {}


def test_indexing_again_writes_nothing(client, archive, index):
    before = dict(Passage.objects.values_list("pk", "digest"))
    again = index()
    assert {what: count for what, count in again.items() if count} == {"words": IndexedWord.objects.count()}
    assert dict(Passage.objects.values_list("pk", "digest")) == before
    assert keeping.sweep() == 0


def test_command_mends_whatever_is_wrong(client, archive):
    Passage.objects.filter(kind=4).delete()
    Passage.objects.filter(kind=2).update(title="Canary", digest="")
    Answer.objects.update(text="<p>Badgers.</p>")
    out = StringIO()
    call_command("index_search", stdout=out)
    assert [line.split()[2] for line in out.getvalue().splitlines()] == [
        "evenings:", "person:", "organisation:", "topic:", "host:", "standard:", "words:"
    ]  # fmt: skip
    assert found(client, "canary") == {}
    assert set(found(client, "badgers")) == {"answers"}


def test_sweep_finds_what_nobody_marked(client, committed):
    with time_machine.travel(START + dt.timedelta(days=9), tick=True):
        make_answer("Seagulls.", title="Birds")
        Stale.objects.all().delete()
        keeping.sweep(at=timezone.now())
    assert set(found(client, "seagulls OR birds")) == {"talks", "answers"}


def test_sweep_comes_to_everything_within_a_day(client, archive):
    Passage.objects.filter(owner__startswith="person").update(digest="old")
    with time_machine.travel(START + dt.timedelta(days=90), tick=False):
        EventPage.objects.update(last_published_at=START)
        TalkPage.objects.update(last_published_at=START)
        minutes = (timezone.now() + dt.timedelta(minutes=place) for place in range(keeping.ROUNDS))
        turns = [keeping._in_turn(EventPage, at) for at in minutes]
    assert sorted(key for keys in turns for key in keys) == sorted(EventPage.objects.values_list("pk", flat=True))


def test_failure_leaves_the_mark(committed, monkeypatch):
    def fail(keys):
        raise RuntimeError

    make_talk(title="Birds")
    marked = set(Stale.objects.values_list("owner", flat=True))
    monkeypatch.setattr(keeping, "refresh_evenings", fail)
    with pytest.raises(RuntimeError):
        keeping.refresh_marked()
    assert set(Stale.objects.values_list("owner", flat=True)) == marked != set()


def test_many_evenings_are_made_anew_a_few_at_once(committed, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    ada = make_speaker("Ada Vale")
    for number in (1, 2, 3):
        make_talk(event=make_event(number=number, starts_at=START + number * dt.timedelta(days=1)), speakers=[ada])
    keeping.refresh_marked()
    with committed():
        ada.name = "Ada Stone"
        ada.save()
    left = set(Stale.objects.values_list("owner", flat=True))
    assert left == {f"evening {pk}" for pk in EventPage.objects.filter(number__lt=3).values_list("pk", flat=True)}
    keeping.sweep(at=START)
    assert set(Passage.objects.filter(kind=2).values_list("who", flat=True)) == {"Ada Stone"}


def test_row_that_nothing_is_found_by_marks_nothing():
    assert list(door.owners_of(object())) == []


def fill(count):
    for place in range(count):
        talk = make_talk(title=f"Birds {place}", speakers=[make_speaker(f"Birdie {place}")], role="Bird")
        give(talk, {"change": "Birds.", "summary": "Birds again."})
        AudienceQuestion.objects.create(event=talk.event, talk=talk, as_asked="Birds?", text="Birds?", state="partly")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "number"), [("?q=birds", 14), ("?q=birds&in=talks", 10), ("suggest/?q=bi", 5)])
def test_results_ask_the_same_whatever_is_found(client, index, django_assert_num_queries, count, address, number):
    fill(count)
    index()
    client.get("/search/?q=warm")
    with django_assert_num_queries(number):
        client.get(f"/search/{address}")


@pytest.mark.parametrize("count", [1, 3])
def test_making_evenings_anew_asks_the_same_whatever_their_number(django_assert_num_queries, count):
    fill(count)
    keeping.refresh_marked()
    with django_assert_num_queries(55):
        keeping.refresh_evenings(EventPage.objects.values_list("pk", flat=True))
