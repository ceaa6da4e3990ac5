"""Which private words of a talk may stand in what each role gets: one table, searched for in every answer."""

import inspect
import io
import re
import zipfile

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from events.entries import sweep
from mailing.models import OutgoingMail
from speakers.models import Contribution
from tests import private_words
from tests import test_every_address as readers
from tests import test_permissions as house
from tests.private_words import ROLES, PrivateWords
from tests.remembering import remembered
from tests.speakers import test_permissions as admin
from tests.speakers.portal import test_doors as portal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CANARY = re.compile(r"canary([a-z]+)x")
# A private word → who may come upon it, of all the roles. Nobody but these, at none of all the addresses there are.
ORGANISERS, STAFF = ("organiser", "administrator"), ("moderator", "organiser", "administrator")
WRITERS, HELPED = ("speaker", "editor"), ("speaker", "editor", "commenter")
MAY_SEE: dict[str, tuple[str, ...]] = {
    # Ada's draft, and how she is introduced
    "title": (*HELPED, *STAFF),
    "teaser": (*HELPED, *STAFF),
    "answer": (*HELPED, *STAFF),
    "slidesurl": (*HELPED, *STAFF),
    "introduction": (*WRITERS, *STAFF),
    "sound": (*WRITERS, *STAFF),
    "pronunciation": ("speaker", *STAFF),
    "newname": ("speaker", *STAFF),
    "typed": ("speaker",),
    # Another speaker's
    "bensanswer": ("other", *STAFF),
    "bensnote": ("other", *ORGANISERS),
    # What the slides of the night are called, and what they carry
    "deck": (*HELPED, *STAFF),
    "author": (*HELPED, *STAFF),
    # Between Ada and the organisers
    "speakersnote": ("speaker", *ORGANISERS),
    "organisersnote": ORGANISERS,
    "consent": ("speaker", *ORGANISERS),
    "reason": ORGANISERS,
    "returned": (*WRITERS, *ORGANISERS),
    "invitationnote": (),
    # Between Ada and whoever helps her
    "kept": ("speaker",),
    "comment": HELPED,
    "clearancenote": HELPED,
    "clearedby": (*HELPED, *ORGANISERS),
    "helpername": ("speaker", *ORGANISERS),
    "commsname": (*HELPED, *ORGANISERS),
    # Addresses: one's own in one's account; for organisers, in their lists and in the history
    "ada": ("speaker", *ORGANISERS),
    "ben": ("other", *ORGANISERS),
    "helper": (*WRITERS, *ORGANISERS),
    "comms": ("speaker", "commenter", *ORGANISERS),
    "organiser": ORGANISERS,
    "moderator": ("moderator", "administrator"),
    "administrator": ORGANISERS,
    "invited": ORGANISERS,
    "subscriber": ORGANISERS,
    # The organisers'
    "leftovers": ORGANISERS,
    "asked": STAFF,
    "declined": STAFF,
    # Keys
    "preview token": WRITERS,
    "sign-in link": (),
}
PUBLIC = ("/", "/data-bites/", "/data-bites/7/", "/data-bites/7/tides/", "/data-bites/7/mud/", "/speakers/ben-wick/")


def addresses(all_there_is: PrivateWords) -> set[str]:
    """Every address in every table, about Ada's talk and about Ben's."""
    found: set[str] = set(PUBLIC)
    tables = [*readers.GETS, *house.GETS, *portal.GETS]
    for talk in (all_there_is.talk, all_there_is.others):
        contribution = Contribution.objects.get(pk=talk.contribution_id)
        things = {
            "talk": talk.pk,
            "event": talk.event_id,
            "series": talk.event.series_id,
            "number": talk.event.number,
            "contribution": contribution.pk,
            "revision": contribution.latest_revision_id,
            "person": all_there_is.ada.pk,
            "invitation": all_there_is.invitation.pk,
            "question": all_there_is.question.pk,
            "subscriber": all_there_is.subscriber.pk,
            "mail": all_there_is.mail.pk,
            "token": "nothing",
            "plan": "write-up",
        }
        for path in tables:
            if set(re.findall(r"\{(\w+)\}", path)) <= set(things):
                found.add(path.format(**things))
        for method, model, view, _ in admin.TABLE:
            if method == "get" and model in ("contribution", "speaker"):
                key = contribution.pk if model == "contribution" else all_there_is.ada.pk
                found.add(admin.at(view, *([] if view in ("list", "add") else [key]), model=model))
    return {path for path in found if "sign-out" not in path}


def text_of(response: HttpResponse) -> str:
    """What an answer says; of a zip, and of an office file, what its files say."""
    content = b"".join(response) if response.streaming else response.content
    headers = " ".join(response.headers.values())
    if content.startswith(b"PK"):
        return headers + text_of_zip(content)
    return headers + content.decode("utf-8", "replace")


def text_of_zip(content: bytes) -> str:
    said = []
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            inner = opened.read(name)
            said.append(f"{name} {text_of_zip(inner) if inner.startswith(b'PK') else inner.decode('utf-8', 'replace')}")
    return " ".join(said)


def words_in(text: str, there: PrivateWords) -> set[str]:
    return {*CANARY.findall(text), *(name for name, token in there.tokens.items() if token in text)}


@pytest.fixture
@remembered
def there() -> PrivateWords:
    made = PrivateWords()
    sweep()
    return made


@pytest.mark.parametrize("role", ROLES)
def test_role_comes_upon_no_private_word_but_those_of_the_table(there, role):
    cache.clear()
    client, found = there.window(role), {}
    for path in sorted(addresses(there)):
        for word in words_in(text_of(client.get(path)), there):
            found.setdefault(word, path)
    allowed = {word for word, roles in MAY_SEE.items() if role in roles}
    assert {word: path for word, path in found.items() if word not in allowed} == {}
    assert allowed - set(found) == set()


def test_mails_carry_what_is_for_those_who_get_them(there):
    sent: dict[str, set[str]] = {}
    for mail in OutgoingMail.objects.select_related("message"):
        text = f"{mail.message.subject} {mail.message.text} {mail.message.html} {mail.filling}"
        sent.setdefault(mail.recipient, set()).update(words_in(text, there))
    assert {address.partition("@")[0]: words for address, words in sent.items()} == {
        "canaryhelperx": {"returned"},
        "canarycommsx": set(),
        "canaryorganiserx": {"reason"},
        "canaryadministratorx": {"reason"},
        "canaryadax": {"returned", "sign-in link"},
    }


def test_table_has_every_private_word(there):
    put_in = set(re.findall(r"(?:word|address)\(\"(\w+)\"\)", inspect.getsource(private_words)))
    assert len(MAY_SEE) >= 30
    assert put_in | {"reason"} <= set(MAY_SEE)
