"""The site, the way to a page, and a question with its answers."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from speakers.models import StandardQuestion

from ..answers import Voice
from ..citing import address_of
from . import Node, absolute, node


def website() -> Node:
    """The site and its search: https://schema.org/SearchAction."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": absolute("/search/?q={search_term_string}")},
        "query-input": "required name=search_term_string",
    }
    return node(
        "WebSite",
        at_id=absolute("/#site"),
        name=settings.WAGTAIL_SITE_NAME,
        url=absolute("/"),
        inLanguage="en-GB",
        potentialAction=search,
    )


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Node:
    """The way to a page: (name, address) of each step, the page itself last."""
    items = [
        node("ListItem", position=place, name=name, item=absolute(address))
        for place, (name, address) in enumerate([(settings.WAGTAIL_SITE_NAME, "/"), *steps], start=1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def asked(question: StandardQuestion, voices: Sequence[Voice], *, total: int) -> Node:
    """One question that many people answered: a QAPage. An FAQPage would hold many questions with one answer each.

    No answer is the accepted one, so all are suggested; the answers are those of the page's first leaf.
    """
    address = absolute(reverse("question", args=[question.slug]))
    said = [answer(voice) for voice in voices]
    main = node("Question", name=question.text, text=question.text, answerCount=total, suggestedAnswer=said)
    return node("QAPage", url=address, mainEntity=main)


def answer(voice: Voice) -> Node:
    authors: list[Any] = [
        node(
            "Person",
            name=person.speaker.name,
            url=absolute(person.speaker.get_absolute_url()) if person.has_page else "",
        )
        for person in voice.people
    ]
    return node(
        "Answer",
        text=voice.answer.plain_text,
        url=address_of(voice),
        datePublished=voice.event.local_start.isoformat(),
        author=authors[0] if len(authors) == 1 else authors,
    )
