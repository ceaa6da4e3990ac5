"""Addresses in and out: safe against formulas, all or nothing, and never to whoever left."""

import csv
import datetime as dt
import io
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mailing.actions import suppress
from mailing.enums import Heading, SuppressionReason
from mailing.exports import COLUMNS, as_csv, formula_safe
from mailing.importers import bringing
from mailing.models import AddressList, OutgoingMail, Subscriber, SubscriberConsent
from mailing.subscriptions import leave, sign_up
from tests.admin import said, sign_in, texts
from tests.mailing.signing import ADA, BOTH, delivered, link_in, make_subscriber

pytestmark = pytest.mark.django_db
DESK = "/cms/subscribers/"
PROOF = "address,headings,wording,date,source\n"


@pytest.fixture
def desk(client):
    sign_in(client)
    return client


def bring(desk, text, way="proof", name="list.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return desk.post(f"{DESK}bring/", {"file": SimpleUploadedFile(name, content), "way": way})


def put_on(desk, text, way="proof"):
    response = bring(desk, text, way)
    assert response.status_code == 302, texts(response, "[role=alert] li")
    return desk.post(response["Location"], follow=True)


def rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_list_comes_out_whole_and_with_its_consents(desk):
    make_subscriber(at=dt.datetime(2026, 2, 4, 12, tzinfo=dt.UTC))
    response = desk.post(f"{DESK}export/")
    header, row = rows(b"".join(response).decode())
    found = dict(zip(header, row, strict=True))
    assert header == list(COLUMNS)
    assert (found["address"], found["state"], found["headings"], found["date"], found["source"], found["left"]) == (
        ADA,
        "On the list",
        "evenings; write_ups",
        "2026-02-04",
        "/about/",
        "",
    )
    assert response["Content-Disposition"].startswith('attachment; filename="subscribers-')
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("start", ["=", "+", "-"])
def test_no_cell_is_a_formula(start):
    make_subscriber(f"{start}1+cmd@example.org")
    _, row = rows("".join(as_csv()))
    assert row[0] == f"'{start}1+cmd@example.org"
    assert [cell for cell in row if cell[:1] in "=+-@\t\r" and cell] == []


@pytest.mark.parametrize(("cell", "safe"), [("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"), ("a=1", "a=1"), ("", "")])
def test_formula_is_what_a_spreadsheet_takes_for_one(cell, safe):
    assert formula_safe(cell) == safe


@pytest.mark.parametrize("readers", [1, 3])
def test_export_is_as_many_queries_however_many_rows(readers, django_assert_num_queries):
    for number in range(readers):
        make_subscriber(f"{number}@example.org")
    with django_assert_num_queries(4):
        assert len(list(as_csv())) == readers + 2


def test_what_came_out_goes_in_again(desk):
    make_subscriber("+ada@example.org")
    text = "".join(as_csv())
    Subscriber.objects.all().delete()
    put_on(desk, text)
    assert Subscriber.objects.get().address == "+ada@example.org"
    assert Subscriber.objects.get().headings() == BOTH


def test_proof_puts_on_the_list_with_the_consent_it_names(desk):
    text = f'{PROOF}Ada@Example.org,"evenings; write_ups",Write to me,04/02/2026,Paper list at evening 60\n'
    response = bring(desk, text)
    assert Subscriber.objects.count() == 0
    page = desk.get(response["Location"])
    assert texts(page, ".plain-form li") == ["1 will be put on the list, or asked"]
    response = desk.post(response["Location"], follow=True)
    assert said(response) == ["It is done. This is what the lines came to."]
    ada = Subscriber.objects.get()
    assert (ada.address, ada.state, ada.headings()) == (ADA, "active", BOTH)
    consent = ada.consents.select_related("wording").first()
    assert (consent.wording.text, consent.means, consent.page, f"{consent.confirmed_at:%Y-%m-%d}") == (
        "Write to me",
        "csv",
        "Paper list at evening 60",
        "2026-02-04",
    )
    assert OutgoingMail.objects.count() == 0
    assert bytes(AddressList.objects.get().content) == b""


def everybody_else(way):
    """Who is known already: on the list, waiting, left, suppressed."""
    make_subscriber("here@example.org", [Heading.EVENINGS])
    sign_up(address="waiting@example.org", headings=[Heading.EVENINGS], page="/", at=timezone.now())
    leave(subscriber=make_subscriber("left@example.org"), heading=None, at=timezone.now())
    suppress(address="erased@example.org", reason=SuppressionReason.ERASED)
    OutgoingMail.objects.all().delete()
    more = {"proof": ",Write to me,2026-02-04,Paper", "invite": ""}[way]
    names = ("here", "waiting", "left", "erased", "new", "NEW")
    return (
        PROOF[: None if way == "proof" else 17].strip()
        + "\n"
        + "".join(f"{name}@example.org,write_ups{more}\n" for name in names)
    )


def test_proof_leaves_alone_who_left_and_who_is_suppressed(desk):
    response = put_on(desk, everybody_else("proof"))
    assert texts(response, ".plain-form li") == [
        "1 put on the list, or asked",
        "1 had been asked before and had not answered",
        "1 were on the list already",
        "1 had left, and were left alone",
        "1 must not be written to",
        "1 were in the file a second time",
    ]
    hearing = Subscriber.objects.hearing(Heading.WRITE_UPS).order_by("address").values_list("address", flat=True)
    assert list(hearing) == ["new@example.org", "waiting@example.org"]
    assert Subscriber.objects.get(address="here@example.org").headings() == [Heading.EVENINGS]


def test_invitation_asks_the_new_ones_alone_and_puts_nobody_on_the_list(desk, client):
    put_on(desk, everybody_else("invite"), way="invite")
    assert list(Subscriber.objects.hearing(Heading.WRITE_UPS)) == []
    (mail,) = delivered()
    assert (mail.to, mail.subject) == (["new@example.org"], "Do you want to hear from Data Bites?")
    client.post(link_in(mail, "confirm"))
    assert [s.address for s in Subscriber.objects.hearing(Heading.WRITE_UPS)] == ["new@example.org"]
    assert SubscriberConsent.objects.open().get(subscriber__address="new@example.org").means == "invitation"


def test_invitations_are_spread_over_the_hours(desk):
    put_on(desk, "address,headings\n" + "".join(f"{i}@example.org,evenings\n" for i in range(5)), way="invite")
    due = list(OutgoingMail.objects.order_by("pk").values_list("due_at", flat=True))
    steps = {later - earlier for earlier, later in pairwise(due)}
    assert steps == {dt.timedelta(hours=1) / bringing.INVITATIONS_AN_HOUR}


def test_file_is_brought_in_once(desk):
    address = bring(desk, f"{PROOF}{ADA},evenings,Yes,2026-02-04,Paper\n")["Location"]
    desk.post(address, follow=True)
    response = desk.post(address, follow=True)
    assert said(response) == ["This file was brought in before, or is older than a day. Choose it again."]
    assert Subscriber.objects.count() == 1


def test_long_list_goes_on_by_itself_from_where_it_came_to(desk, monkeypatch):
    monkeypatch.setattr(bringing, "AT_ONCE", 2)
    text = "address,headings\n" + "".join(f"{i}@example.org,evenings\n" for i in range(7))
    response = put_on(desk, text, way="invite")
    assert said(response) == ["It is begun, and goes on by itself. This is what the lines came to so far."]
    assert texts(response, "[role=status]")[-1].endswith("4 of 7 lines so far. Load this page again in a minute.")

    monkeypatch.setattr(bringing, "write_message", None)  # dies in the middle of a step
    with pytest.raises(TypeError):
        bringing.bring_in_wanted()
    assert (Subscriber.objects.count(), AddressList.objects.get().lines_done) == (4, 4)

    monkeypatch.undo()
    bringing.bring_in_wanted()
    bringing.bring_in_wanted()
    assert (Subscriber.objects.count(), OutgoingMail.objects.count()) == (7, 7)
    brought = AddressList.objects.get()
    assert (brought.outcome, brought.lines_done, bytes(brought.content)) == ({"new": 7}, 7, b"")
    due = list(OutgoingMail.objects.order_by("pk").values_list("due_at", flat=True))
    assert len({later - earlier for earlier, later in pairwise(due)}) == 1


GOOD = f"{ADA},evenings,Yes,2026-02-04,Paper\n"
NO_COLUMN = "The first line names the columns, and there is no column"
FAULTY = {
    "": f"{NO_COLUMN} “address”, “headings”, “wording”, “date”, “source”.",
    PROOF: "There is no line below the names of the columns.",
    "address,headings\n" + GOOD: f"{NO_COLUMN} “wording”, “date”, “source”.",
    PROOF + GOOD + "\nbo,evenings,Yes,2026-02-04,Paper\n": (
        "Line 4: That doesn’t look like an e-mail address. It should be like name@example.org."
    ),
    PROOF + "bo@example.org,news,Yes,2026-02-04,Paper\n": (
        "Line 2: Under “headings” write “evenings” or “write_ups”, or both with a semicolon between them."
    ),
    PROOF + "bo@example.org,evenings,,2026-02-04,Paper\n": (
        "Line 2: Give the wording they agreed to, in at most 5,000 characters."
    ),
    PROOF + "bo@example.org,evenings,Yes,last week,Paper\n": "Line 2: Write the date they agreed on like 2026-02-04.",
    PROOF + "bo@example.org,evenings,Yes,2999-01-01,Paper\n": "Line 2: The date they agreed on is still to come.",
    PROOF + "bo@example.org,evenings,Yes,2026-02-04,\n": (
        "Line 2: Say in “source” where they agreed, in at most 200 characters."
    ),
    PROOF + "bo@example.org\n": "Line 2: Under “headings” write “evenings” or “write_ups”, or both with a semicolon "
    "between them.",
    PROOF
    + 'bo@example.org,"evenings,Yes\n': "This isn’t a CSV file: a quotation mark is open, or a cell is far too long.",
    PROOF + "bo@example.org,evenings,Y\0es,2026-02-04,Paper\n": (
        "Line 2: There is a character in it that no text has."
    ),
}


@pytest.mark.parametrize("text", FAULTY)
def test_faulty_file_is_refused_line_by_line_and_nothing_is_taken(desk, text):
    response = bring(desk, text or "\n")
    assert (response.status_code, texts(response, ".form-trouble li")) == (400, [FAULTY[text]])
    assert (Subscriber.objects.count(), AddressList.objects.count()) == (0, 0)


def test_many_faults_are_the_first_thirty_and_a_number(desk):
    sentences = texts(bring(desk, PROOF + "x\n" * 45), ".form-trouble li")
    assert (len(sentences), sentences[-1]) == (31, "And 15 more lines.")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PROOF + GOOD, "utf-8-sig"),
        ((PROOF + GOOD).replace("\n", "\r\n"), "utf-8"),
        ((PROOF + GOOD).replace(",", ";"), "utf-8"),
        ((PROOF + GOOD).replace(",", "\t"), "utf-8"),
        ((PROOF + GOOD).replace("address", "E-mail"), "utf-8"),
    ],
)
def test_file_of_any_spreadsheet_is_read(desk, text, encoding):
    put_on(desk, text.encode(encoding))
    assert [s.address for s in Subscriber.objects.hearing(Heading.EVENINGS)] == [ADA]


def test_file_that_is_no_text_is_refused(desk):
    response = bring(desk, "address\nadä\n".encode("utf-16"))
    assert texts(response, ".form-trouble li")[0].startswith("This isn’t text in UTF-8.")
    assert desk.post(f"{DESK}bring/", {}).status_code == 400
    assert desk.get(f"{DESK}bring/999999/").status_code == 404
