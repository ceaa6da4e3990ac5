"""Working with Wagtail's editors as a person does: open the page, change fields of its form, send it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.test.utils.form_data import rich_text as typed_rich_text

from speakers.models import Contribution
from speakers.models.answers import PLAIN_PROSE

FORM = "w-editor-form"


def at(name: str, *args: Any, model: str = "contribution") -> str:
    """The admin's address of a view on the speakers' side."""
    return reverse(f"wagtailsnippets_speakers_{model}:{name}", args=args)


def typed(words: str) -> str:
    """What a rich-text field sends for a paragraph."""
    return typed_rich_text(f"<p>{words}</p>" if words else "", features=PLAIN_PROSE)


def opened(client: Client, url: str, form_id: str = FORM) -> QueryDict:
    """What the page's form would send if nothing was changed."""
    response = client.get(url)
    assert response.status_code == 200, response.headers
    return querydict_from_html(response.content.decode(), form_id=form_id).copy()


def send(client: Client, url: str, changes: Mapping[str, Any], *, json: bool = False) -> HttpResponse:
    """Open an editor, change fields, send its form; as an autosave does where `json` is true."""
    data = opened(client, url)
    for name, value in changes.items():
        data[name] = value
    return client.post(url, data, headers={"accept": "application/json"} if json else {})


def with_row(formset: str, **fields: str) -> dict[str, str]:
    """The fields of one new child row, the first of its kind."""
    row = {f"{formset}-0-{name}": value for name, value in {"id": "", "ORDER": "1", "DELETE": "", **fields}.items()}
    return {f"{formset}-TOTAL_FORMS": "1", **row}


def draft_of(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk).get_latest_revision_as_object()


def messages_of(response: HttpResponse) -> list[str]:
    """The messages above the page that a response leads to."""
    return [str(message).strip() for message in response.context["messages"]]
