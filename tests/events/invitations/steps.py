"""Inviting speakers in the admin, as an organiser does it, and what their mails say."""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from events.models import TalkPage
from mailing.models import OutgoingMail
from speakers.models import Invitation
from tests.factories import START

ADA = "ada@example.org"
NOW = START - dt.timedelta(weeks=3)


def invite_url(talk: Any) -> str:
    return reverse("series:invite", args=[talk.pk])


def verb_url(invitation: Invitation, verb: str) -> str:
    return reverse(f"series:invite_{verb}", args=[invitation.contribution.talk.pk, invitation.pk])


def asks(*people: tuple[Any, str], **fields: Any) -> dict[str, Any]:
    """The form with these speakers of the talk ticked, at these addresses."""
    data: dict[str, Any] = {"name": "", "address": "", "note": ""}
    for speaker, address in people:
        data |= {f"pick_{speaker.pk}": "on", f"address_{speaker.pk}": address}
    return {**data, **fields}


def send(client: Client, talk: Any, *people: tuple[Any, str], step: str = "send", **fields: Any) -> Any:
    """Presses the button of the page that shows the mail."""
    return client.post(invite_url(talk), asks(*people, step=step, **fields), follow=True)


def mail_of(invitation: Invitation) -> OutgoingMail:
    return OutgoingMail.objects.get(purpose=invitation.mail_purpose)


def link_in(mail: OutgoingMail) -> str:
    """The path that a mail's button leads to."""
    return path_in(mail.filling["link"])


def path_in(text: str) -> str:
    found = re.search(rf"{re.escape(settings.SITE_URL)}(/account/link/\S+/)", text)
    assert found is not None
    return found[1]


def reload(talk: Any) -> TalkPage:
    return TalkPage.objects.get(pk=talk.pk)


def standing() -> list[tuple[str, str]]:
    return list(Invitation.objects.standing().values_list("speaker__name", "address"))


def drafted(talk: Any) -> list[str]:
    """The speakers of a talk in its newest draft."""
    return [row.speaker.name for row in reload(talk).get_latest_revision_as_object().talk_speakers.all()]
