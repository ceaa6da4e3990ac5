"""The words of a mail, from its templates."""

import re
from collections.abc import Mapping
from typing import Any

import css_inline
from django.conf import settings
from django.template import Context
from django.template.loader import get_template

# What is asked of the reader's scheme can't stand in an element, and stays where it is.
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
BLANK_LINES = re.compile(r"\n{3,}")
SPACES_AT_THE_END = re.compile(r"[ \t]+$", re.MULTILINE)


def written(*, template: str, context: Mapping[str, Any] | None = None) -> tuple[str, str, str]:
    """Subject, text and HTML of `<template>.txt` and `<template>.html`."""
    values = {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.SITE_URL, **(context or {})}
    plain = _rendered(f"{template}.txt", values, autoescape=False)
    first, _, text = plain.strip().partition("\n")
    subject = " ".join(first.split())
    html = _rendered(f"{template}.html", {**values, "subject": subject}, autoescape=True)
    text = BLANK_LINES.sub("\n\n", SPACES_AT_THE_END.sub("", text)).strip() + "\n"
    return subject, text, INLINER.inline(html).strip() + "\n"


def _rendered(name: str, values: Mapping[str, Any], *, autoescape: bool) -> str:
    """Django escapes text as it does HTML, unless it is told not to."""
    compiled = get_template(name).template  # type: ignore[attr-defined]  # the stub knows no engine's own
    return str(compiled.render(Context(dict(values), autoescape=autoescape)))
