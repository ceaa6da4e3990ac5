"""The verbs of mail: put one into the outbox, call back what waits, never write to an address again."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from .attached import MailFile, kept
from .enums import Heading, MailState, SuppressionReason, Urgency
from .models import Message, OutgoingMail, Suppression
from .models.suppressions import address_hash
from .waking import wake_after_commit
from .writing import written


def write_message(
    *, template: str, context: Mapping[str, Any] | None = None, files: Iterable[MailFile] = ()
) -> Message:
    """The words of a mail, rendered from `<template>.txt` (its first line is the subject) and `<template>.html`.

    What differs from recipient to recipient stands in them as `%%name%%`. The same words are one row, whoever asks.
    Both know `site_name` and `site_url`, and the second its `subject`. Styles of the second are put into its elements.
    `files` go with every mail that has these words.

    Raises:
        TooLargeToAttach: the files are larger together than a mail should be.
    """
    subject, text, html = written(template=template, context=context)
    attached = kept(files)
    said = [template, subject, text, html, *([json.dumps(attached, sort_keys=True)] if attached else [])]
    key = hashlib.sha256("\0".join(said).encode()).hexdigest()
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "template": template,
            "subject": subject,
            "text": text,
            "html": html,
            "files": attached,
            "made_at": timezone.now(),
        },
    )
    return message


@transaction.atomic
def queue_mail(
    *,
    to: str,
    message: Message,
    purpose: str,
    urgency: Urgency,
    filling: Mapping[str, str] | None = None,
    heading: Heading | str = "",
    due_at: dt.datetime | None = None,
) -> OutgoingMail:
    """Put a mail into the outbox; call it in the transaction of the fact that the mail tells.

    `purpose` is what the mail is for: the same purpose gives the row that is there already, and nothing goes twice.
    `due_at` (aware) is when it may leave; now where it is None.
    """
    moment = timezone.now()
    mail, is_new = OutgoingMail.objects.get_or_create(
        purpose=purpose,
        defaults={
            "message": message,
            "recipient": to.strip().lower(),
            "filling": dict(filling or {}),
            "heading": heading,
            "urgency": urgency,
            "due_at": due_at or moment,
            "made_at": moment,
        },
    )
    if is_new:
        wake_after_commit()
    return mail


@transaction.atomic
def call_back(*, mails: Any, why: str) -> int:
    """Take waiting mails out of the outbox; returns how many.

    What has gone is left alone. What is being sent may be too late to stop; should it not leave, it is not tried again,
    and neither is what was set aside or is unknown.
    """
    undecided = (MailState.SENDING, MailState.SET_ASIDE, MailState.UNKNOWN)
    mails.filter(state__in=undecided).update(called_back=why)
    return int(
        mails.filter(state=MailState.QUEUED).update(
            state=MailState.CANCELLED, outcome=why, filling={}, ended_at=timezone.now()
        )
    )


@transaction.atomic
def suppress(*, address: str, reason: SuppressionReason) -> Suppression:
    """Never send news to an address again. What waits for it under a heading is called back."""
    suppression, _ = Suppression.objects.get_or_create(
        hash=address_hash(address), defaults={"reason": reason, "at": timezone.now()}
    )
    call_back(
        mails=OutgoingMail.objects.filter(recipient=address.strip().lower()).exclude(heading=""), why=str(reason.label)
    )
    return suppression
