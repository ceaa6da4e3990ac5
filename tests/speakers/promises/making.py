"""A talk in which something was promised, for tests."""

import datetime as dt

from django.urls import reverse

from mailing.models import OutgoingMail
from speakers.models import Promise, PromiseQuestion
from tests.factories import START, give, make_event, make_talk
from tests.remembering import remembered
from tests.speakers.portal.forms import make_account

WORDS = "A map of every bridge."
BEFORE = dt.datetime(2026, 2, 28, 23, 59, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 3, 1, 0, 1, tzinfo=dt.UTC)
DUE = dt.date(2026, 2, 1)  # a month: some time in February 2026


@remembered
def make_promise(*texts, due_on=DUE, precision="month", talk=None, number=60, speakers=(), **event):
    """A released talk whose speakers said that this would happen."""
    if talk is None:
        found = make_event(number=number, **{"starts_at": START, **event})
        talk = make_talk(event=found, title=f"Talk {number}", speakers=list(speakers))
    talk.contribution.refresh_from_db()
    draft = talk.contribution.get_latest_revision_as_object()
    for text in texts or (WORDS,):
        draft.promises.add(Promise(text=text, due_on=due_on, due_precision=precision))
    draft.save_revision(clean=False)
    talk.contribution.refresh_from_db()
    give(talk)
    talk.contribution.refresh_from_db()
    return talk


def rewrite(talk, *texts):
    """The same promises in other words, released anew: their rows are made again."""
    talk.contribution.refresh_from_db()
    draft = talk.contribution.get_latest_revision_as_object()
    draft.promises = [
        Promise(text=text, due_on=DUE, due_precision="month", sort_order=place) for place, text in enumerate(texts)
    ]
    draft.save_revision(clean=False)
    talk.contribution.refresh_from_db()
    give(talk)
    talk.contribution.refresh_from_db()


def account(name):
    """(account, row of the person)"""
    _, me = make_account(name)
    return me.user, me


def questions():
    """(to, subject) of each question that went out, without reminders."""
    return [(m.recipient, m.message.subject) for m in OutgoingMail.objects.filter(purpose__startswith="promise:")]


def reply(client, ada, talk, **fields):
    client.force_login(ada[0])
    question = PromiseQuestion.objects.get(contribution=talk.contribution)
    return client.post(reverse("portal:promise", args=[talk.pk, question.pk]), fields, follow=True)
