"""Wagtail's admin as a person at a keyboard uses it: forms are fetched, filled in and sent back."""

import time
from html import unescape
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.test.utils import WagtailTestUtils
from wagtail.test.utils.form_data import querydict_from_html

from accounts.models import User
from tests.factories import make_user

EDITOR = "page-edit-form"
SNIPPET_EDITOR = "w-editor-form"


def sign_in(client: Client, role: str = "organiser", **fields: Any) -> User:
    """Signs somebody new in, with their second factor. Codes, passkeys and the rest have tests of their own."""
    user = make_user(role, **fields)
    sign_in_as(client, user)
    return user


def sign_in_as(client: Client, user: User) -> None:
    """Signs somebody in as if they had shown an authenticator's code just now."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session.save()


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def edit(client: Client, page: Any, press: str = "", **changes: Any) -> Any:
    """Opens a page's editor, changes fields, presses a button ("publish", "submit"; a draft is saved otherwise)."""
    url = edit_url(page)
    return send(client, url, {**({f"action-{press}": "action-publish"} if press else {}), **changes})


def send(client: Client, url: str, changes: dict[str, Any], form_id: str | None = EDITOR) -> Any:
    """Fetches the form at an address, fills in changes and posts it; follows where it leads."""
    data = querydict_from_html(client.get(url).content.decode(), form_id=form_id)
    for name, value in changes.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return client.post(
        url, data.dict() if not any(isinstance(v, list) for v in changes.values()) else data, follow=True
    )


def said(response: Any) -> list[str]:
    """What Wagtail's messages say, in order."""
    return [" ".join(unescape(strip_tags(str(message))).split()) for message in response.context["messages"]]


def row(prefix: str, index: int, **fields: Any) -> dict[str, Any]:
    """The fields of one child row: row("chapters", 0, seconds="9:13")."""
    return {f"{prefix}-{index}-{name}": value for name, value in fields.items()}


def rows(prefix: str, *items: dict[str, Any]) -> dict[str, Any]:
    """New child rows of a page that has none."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(items), f"{prefix}-INITIAL_FORMS": 0}
    for index, item in enumerate(items):
        data |= row(prefix, index, id="", ORDER=index + 1, DELETE="", **item)
    return data


def row_errors(response: Any, name: str) -> list[dict[str, list[str]]]:
    """The errors of child rows, one dictionary a row."""
    formset = response.context["form"].formsets[name]
    return [{field: list(found) for field, found in form.errors.items()} for form in formset.forms]


def texts(response: Any, selector: str) -> list[str]:
    """The texts of what a selector finds, spaces made single."""
    soup = WagtailTestUtils.get_soup(response.content)
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]


def action(name: str, page: Any) -> str:
    """The address of what an organiser does with an evening or a talk."""
    return reverse(f"series:{name}", args=[page.pk])


def live(*pages: Any) -> list[bool]:
    return [Page.objects.get(pk=page.pk).live for page in pages]
