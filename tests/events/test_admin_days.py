"""Days in the editors are read as people write them."""

import datetime as dt

import pytest

from events.models import AudienceQuestion, EventPage
from tests.admin import edit, edit_url, row_errors, rows, send, sign_in
from tests.factories import make_event, make_talk

pytestmark = pytest.mark.django_db
NOT_A_DATE = "That isn’t a date. Write it like 2026-02-04, or 4 February 2026."


@pytest.mark.parametrize("typed", ["4 February 2026", "4 Feb 2026", "04/02/2026", "2026-02-04"])
def test_day_of_a_correction_is_read(client, typed):
    sign_in(client)
    talk = make_talk()
    edit(client, talk, press="publish", **rows("corrections", {"made_on": typed, "text": "It is four."}))
    talk.refresh_from_db()
    assert talk.corrections.get().made_on == dt.date(2026, 2, 4)


def test_what_is_no_day_is_refused_in_words(client):
    sign_in(client)
    event = make_event()
    response = edit(client, event, **rows("corrections", {"made_on": "last week", "text": "It is four."}))
    assert row_errors(response, "corrections") == [{"made_on": [NOT_A_DATE]}]


def test_day_of_the_write_up_is_read(client):
    sign_in(client)
    event = make_event()
    edit(client, event, press="publish", written_up_on="4 February 2026")
    assert EventPage.objects.get(pk=event.pk).written_up_on == dt.date(2026, 2, 4)


@pytest.mark.parametrize("make", [make_talk, make_event])
def test_new_correction_is_of_today(client, make, time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 3, 23, 30, tzinfo=dt.UTC), tick=False)
    sign_in(client)
    page = client.get(edit_url(make()))
    blank = page.context["form"].formsets["corrections"].empty_form
    assert blank["made_on"].value() == dt.date(2026, 6, 4)


def test_day_of_a_reply_to_a_question_is_read(client):
    sign_in(client)
    event = make_event()
    send(
        client,
        f"/cms/audience-questions/add/?event={event.pk}",
        {"as_asked": "Why?", "answered_on": "4 February 2026"},
        form_id="w-editor-form",
    )
    assert AudienceQuestion.objects.get().answered_on == dt.date(2026, 2, 4)
