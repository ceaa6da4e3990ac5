"""Filling in the profile as a person does: open it, change fields, press a button."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from speakers.models import Speaker

HOME = "/portal/profile/"


def form_of(page: HttpResponse) -> dict[str, Any]:
    """What the page's form sends if nothing is changed."""
    form = BeautifulSoup(page.content, "html.parser").select("form")[-1]
    data: dict[str, Any] = {
        field["name"]: field.get("value", "") for field in form.select("input[name]") if field.get("type") != "file"
    }
    data |= {area["name"]: area.get_text().removeprefix("\n") for area in form.select("textarea")}
    for choice in form.select("select"):
        data[choice["name"]] = (choice.select_one("[selected]") or choice.option)["value"]
    return data | {"lists": ["links", "aliases"]}


def hidden(page: HttpResponse) -> dict[str, str]:
    """What a page carries along for sending it again."""
    fields = BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]")
    return {field["name"]: field["value"] for field in fields}


def send(client: Client, do: str = "save", data: dict[str, Any] | None = None, **changes: Any) -> Any:
    form = data or form_of(client.get(HOME))
    return client.post(HOME, {**form, **changes, "do": do}, follow=True)


def person(me: Speaker) -> Speaker:
    return Speaker.objects.get(pk=me.pk)


def newest(me: Speaker) -> Speaker:
    return person(me).get_latest_revision_as_object()
