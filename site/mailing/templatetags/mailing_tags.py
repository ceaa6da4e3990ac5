"""The sign-up form, on every page and on its own."""

from typing import Any

from django import template
from django.utils import timezone

from pages.menu import text_pages

from .. import traps
from ..enums import Heading
from ..forms import SignUpForm
from ..wording import LEAVING, WHAT

register = template.Library()
PRIVACY = "privacy"


@register.inclusion_tag("components/sign_up.html", takes_context=True)
def sign_up(context: Any) -> dict[str, Any]:
    """The band at the foot of every page."""
    return {**fields(context, SignUpForm()), "prefix": "band-"}


@register.inclusion_tag("mailing/fields.html", takes_context=True)
def sign_up_fields(context: Any, form: SignUpForm) -> dict[str, Any]:
    """The fields of the form's own page, with what was typed and what is wrong with it."""
    return {**fields(context, form), "prefix": ""}


@register.simple_tag
def form_stamp() -> str:
    """When a form was made, signed; not when the request came, which may be before a slow page."""
    return traps.stamp(timezone.now())


@register.simple_tag
def leaving() -> str:
    """The sentence that every wording ends with."""
    return LEAVING


@register.simple_tag
def second_press(form: Any) -> str:
    """What lets a form that was caught in a trap through at the second press."""
    return traps.pressed(form.cleaned_data["address"])


def fields(context: Any, form: SignUpForm) -> dict[str, Any]:
    request = context["request"]
    chosen = form["headings"].value() or []
    return {
        "form": form,
        "choices": [
            {"value": heading.value, "label": heading.label, "what": WHAT[heading], "is_chosen": heading in chosen}
            for heading in Heading
        ],
        "leaving": LEAVING,
        "page": form["page"].value() or request.path,
        "privacy": next((page for page in text_pages(request) if page.slug == PRIVACY), None),
        "request": request,
    }


@register.filter
def what_is_sent(heading: Heading) -> str:
    """What somebody agrees to under a heading, word for word."""
    return WHAT[heading]
