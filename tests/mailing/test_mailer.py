"""Mailers that aren't SMTP: a provider's through anymail, files on a laptop."""

import datetime as dt
import email
from email.policy import default

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRequestsAPIError
from botocore.exceptions import ClientError
from django.core import mail as memory
from django.utils import timezone
from urllib3.exceptions import NewConnectionError

from mailing.delivery import Worker, send_due
from mailing.enums import Urgency
from mailing.faults import Away, MayHaveGone, Refused
from mailing.mailer import fault_of, seconds_to_wait
from mailing.models import Delivery, OutgoingMail
from tests.mailing.conftest import fates, make_message, put_in

pytestmark = pytest.mark.django_db


class Provider:
    """Answers as a provider's HTTP interface does, one status after the other."""

    def __init__(self, monkeypatch, settings):
        settings.MAILERS = {"default": {"BACKEND": "anymail.backends.postmark.EmailBackend"}}
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "IGNORE_UNSUPPORTED_FEATURES": True}
        self.answers, self.asked = [], []
        monkeypatch.setattr(requests.Session, "request", self.request)

    def request(self, session_method=None, **params):
        self.asked.append(params["json"] if params.get("json") else params["data"])
        answer = self.answers.pop(0) if self.answers else (200, {})
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, response.reason = answer[0], "because"
        response.headers.update(answer[1])
        to = "reader@example.org"
        response._content = (
            f'{{"ErrorCode": 0, "Message": "OK", "MessageID": "id-{len(self.asked)}", "To": "{to}"}}'.encode()
            if answer[0] == 200
            else b'{"ErrorCode": 300, "Message": "Nobody is reader-1@example.org"}'
        )
        return response


@pytest.fixture
def provider(monkeypatch, settings):
    return Provider(monkeypatch, settings)


def send(**length):
    return send_due(at=timezone.now() + dt.timedelta(**length))


def test_provider_gets_the_mail_and_its_id_is_kept(provider):
    mail = put_in(1, to="reader@example.org", urgency=Urgency.NEWS)
    assert send() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.provider_id) == ("sent", "id-1")
    asked = provider.asked[0]
    assert f'"mail": "{mail.uid}"' in asked
    assert "List-Unsubscribe-Post" in asked
    assert '"TrackOpens": false' in asked


def test_provider_that_asks_to_wait_is_not_asked_before(provider):
    first, second = (put_in(number, to="reader@example.org") for number in (1, 2))
    provider.answers = [(429, {"Retry-After": "600"})]
    at, worker = timezone.now(), Worker()
    for seconds in (0, 120, 590):
        worker.turn(at=at + dt.timedelta(seconds=seconds))
    assert len(provider.asked) == 1
    assert OutgoingMail.objects.get(pk=first.pk).due_at >= at + dt.timedelta(seconds=600)
    assert "429" in Delivery.now().away_why
    worker.turn(at=at + dt.timedelta(seconds=605))
    assert fates(first, second) == ["sent", "sent"]


def test_mail_that_the_provider_refuses_stops_no_other(provider):
    first, second = (put_in(number, to="reader@example.org") for number in (1, 2))
    provider.answers = [(422, {})]
    assert send() == 1
    assert fates(first, second) == ["set_aside", "sent"]
    first.refresh_from_db()
    assert first.outcome.startswith("The provider says 422")
    assert "@" not in first.outcome


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_fault_of_ours_or_of_the_provider_sets_nothing_aside(provider, status):
    mails = [put_in(number, to="reader@example.org") for number in (1, 2)]
    provider.answers = [(status, {})]
    assert send() == 0
    assert fates(*mails) == ["queued", "queued"]
    assert send(minutes=1) == 2


def test_answer_that_never_came_is_unknown(provider):
    first, second = (put_in(number, to="reader@example.org") for number in (1, 2))
    provider.answers = [requests.exceptions.ReadTimeout("read timed out")]
    send()
    assert fates(first, second) == ["unknown", "queued"]


def raised(cause):
    error = AnymailRequestsAPIError("Error posting")
    error.__cause__ = cause
    return error


def answered(status, code="Other", headers=None):
    error = AnymailAPIError("boto")
    about = {"HTTPStatusCode": status, "HTTPHeaders": headers or {}}
    error.__cause__ = ClientError({"Error": {"Code": code}, "ResponseMetadata": about}, "SendEmail")
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (raised(requests.ConnectTimeout("slow")), Away),
        (raised(requests.ConnectionError(NewConnectionError(None, "refused"))), Away),
        (raised(requests.ConnectionError("Connection aborted.")), MayHaveGone),
        (raised(requests.ReadTimeout("slow")), MayHaveGone),
        (answered(400, "Throttling"), Away),
        (answered(400, "MessageRejected"), Refused),
        (answered(503), Away),
        (answered(504), MayHaveGone),
        (AnymailAPIError("What was that"), MayHaveGone),
    ],
)
def test_fault_means_one_of_four_things(error, kind):
    assert type(fault_of(error)) is kind


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 5 ", 5.0), ("", None), ("soon", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert seconds_to_wait({"retry-after": value}) == seconds


def test_laptop_gets_a_file_for_each_mail(settings, tmp_path):
    backend = "mailing.files.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(tmp_path / "mail")}}}
    message = make_message(subject="Your code: %%code%% / ../../etc")
    for number in (1, 2):
        put_in(number, message=message)
    assert send() == 2
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.name[25:] for file in files] == ["your-code-7hx1-etc.eml", "your-code-7hx2-etc.eml"]
    got = email.message_from_bytes(files[0].read_bytes(), policy=default)
    assert got["To"] == "reader-1@example.org"
    assert got.get_body(("plain",)).get_content() == "Hello Ada,\n\nyour code is 7HX1.\n"


def test_mail_without_html_is_text_alone():
    put_in(1, message=make_message(html=""))
    send()
    (left,) = memory.outbox
    assert (left.body, left.alternatives) == ("Hello Ada,\n\nyour code is 7HX1.\n", [])
