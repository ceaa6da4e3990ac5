"""Filling in *My talk* as a person does: open it, change fields, press a button."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from events.models import TalkPage
from speakers.actions import hand_over
from speakers.enums import Baton, HelperMay
from speakers.helping import name_helper
from speakers.models import Contribution, Helper, Speaker
from tests.factories import START, make_speaker, make_talk, make_user
from tests.remembering import remembered

JSON = {"accept": "application/json"}


def make_account(name: str = "Ada Vale", **fields: Any) -> tuple[Client, Speaker]:
    """A speaker with an account, and their browser."""
    user = make_user(**fields)
    client = Client()
    client.force_login(user)
    return client, make_speaker(name, user=user)


@remembered
def make_my_talk(*speakers: Speaker, held: bool = True, **fields: Any) -> TalkPage:
    """A talk of these speakers, in their hands."""
    talk = make_talk(**{"speakers": list(speakers), "title": "Tides", **fields})
    if held:
        hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START)
    return talk


def make_helper(talk: TalkPage, speaker: Speaker, *, may: str = "edit", address: str = "", name: str = "") -> Any:
    """Somebody who helps a speaker with a talk: their browser, and the row."""
    user = make_user(**({"email": address} if address else {}))
    client = Client()
    client.force_login(user)
    return client, _named(talk, speaker, address=user.email, name=name, may=may)


@remembered
def _named(talk: TalkPage, speaker: Speaker, *, may: str, **fields: str) -> Helper:
    at = timezone.now()
    return name_helper(
        contribution=talk.contribution, speaker=speaker, may=HelperMay(may), by=speaker.user, at=at, **fields
    )


def name_somebody(
    speaker: tuple[Client, Speaker], talk: TalkPage, address: str = "sam@example.org", **fields: str
) -> Any:
    """A speaker names somebody on the page for it."""
    sent = {"do": "name", "address": address, "name": "", "may": "comment", **fields}
    return speaker[0].post(at("helpers", talk), sent, follow=True)


def at(name: str, talk: TalkPage) -> str:
    return reverse(f"portal:{name}", args=[talk.pk])


def opened(client: Client, talk: TalkPage) -> QueryDict:
    """What the page's form sends if nothing is changed."""
    response = client.get(at("talk", talk))
    assert response.status_code == 200, response.headers
    data = querydict_from_html(response.content.decode(), form_id="talk-form").copy()
    for name, values in list(data.lists()):
        # A browser drops the newline that follows a text area’s tag.
        data.setlist(name, [value.removeprefix("\n") for value in values])
    data.setlist("lists", ["links", "asks", "promises"])
    return data


def answer(talk: TalkPage, slug: str = "summary", key: Any = "joint") -> str:
    """The name of an answer's field."""
    row = talk.contribution.answers.select_related("question").get(question__slug=slug)
    return f"answer-{row.question_id}-{key}"


def press(
    client: Client, talk: TalkPage, do: str = "save", data: QueryDict | None = None, **options: Any
) -> HttpResponse:
    """Send the form; `changes` are fields by name."""
    changes: Mapping[str, Any] = options.pop("changes", {})
    form = opened(client, talk) if data is None else data.copy()
    for name, value in changes.items():
        form[name] = value
    form["do"] = do
    return client.post(at("talk", talk), form.dict() | {"lists": form.getlist("lists")}, **options)


def autosave(client: Client, talk: TalkPage, data: QueryDict, *, lists: tuple[str, ...] = (), **changes: Any) -> Any:
    """What the script sends: only what changed, with what it began from."""
    sent = {name: data[name] for name in ("who", "page", "revision", "base")}
    return client.post(at("autosave", talk), {**sent, **changes, "lists": list(lists)}, headers=JSON)


def draft(talk: TalkPage) -> Contribution:
    return Contribution.objects.get(pk=talk.contribution_id).get_latest_revision_as_object()


def answered(talk: TalkPage) -> dict[str, str]:
    """The draft's answers that have words, by the question's slug."""
    return {row.question.slug: row.text for row in draft(talk).answers.all() if row.text}


def texts(response: HttpResponse, selector: str) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]
