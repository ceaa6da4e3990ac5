"""What the admin's lists and editors say about a contribution."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone

from pages import english

from ..carried import decks_of
from ..enums import MissingReason
from ..models import Contribution
from ..progress import state_in_words
from ..sheet import Asked, Sheet

register = template.Library()


@register.simple_tag
def contribution_state(contribution: Contribution | None) -> str:
    """Such as "4 of 6 answers, draft, with the organisers"; empty without a contribution.

    No query where the list came from `Contribution.objects.for_lists()`.
    """
    return "" if contribution is None else state_in_words(contribution)


@register.inclusion_tag("speakers/admin/contribution_words.html")
def contribution_words(contribution: Contribution) -> dict[str, Any]:
    """A draft to read, for whoever may not change it now."""
    sheet = Sheet(contribution, speakers=contribution.speakers())
    return {
        "contribution": contribution,
        "questions": [{"wording": asked.wording, "answers": _answers(asked)} for asked in sheet.asked],
        "decks": decks_of(contribution),
        "lists": [
            ("Links", [f"{link.label}: {link.url}" for link in contribution.links.all()]),
            ("Asks", [f"{ask.text} {ask.url or ask.email}".strip() for ask in contribution.asks.all()]),
            ("Promises", [promise.text for promise in contribution.promises.all()]),
            ("How to introduce each of them", [row.in_words for row in contribution.introductions.all()]),
        ],
        "texts": [
            ("Title as they propose it", contribution.proposed_title),
            ("Teaser", contribution.teaser),
            ("How to introduce them", contribution.introduction),
        ],
    }


def _answers(asked: Asked) -> list[dict[str, str]]:
    return [
        {
            "label": slot.label if asked.has_choice else "",
            "text": slot.text,
            "missing": MissingReason(slot.missing or MissingReason.TO_COME).label,
        }
        for slot in asked.slots
        if asked.uses(slot)
    ]


@register.filter
def moment(value: dt.datetime) -> str:
    """ "Wednesday 4 February 2026, 6pm", on the clock of the person who reads."""
    return english.moment(timezone.localtime(value))
