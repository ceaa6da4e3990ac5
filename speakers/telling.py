"""A talk's speakers are told that their words are published: once, by mail."""

from django.conf import settings

from pages.english import listed

from .models import Contribution, Speaker
from .notices import speakers_let_in_to, tell_speakers


def whom_to_tell(contribution: Contribution) -> list[Speaker]:
    """Who gets a mail when this is released now.

    Nobody for what was released before, for words that a speaker has taken back, and for what was never asked for
    here: an old write-up that was imported was written by others.
    """
    was_asked = contribution.handovers.exists() or contribution.invitations.exists()
    if contribution.first_published_at is not None or not was_asked or contribution.consent_withdrawn():
        return []
    return speakers_let_in_to(contribution)


def told_in_words(contribution: Contribution) -> str:
    """Such as "Ada Vale will be told by mail."; empty where nobody will be."""
    people = whom_to_tell(contribution)
    return f"{listed([speaker.name for speaker in people])} will be told by mail." if people else ""


def tell_published(contribution: Contribution) -> None:
    """Queue the mail. Call it in the transaction of the release, which is the first."""
    talk = contribution.talk  # type: ignore[attr-defined]  # nobody speaks in a contribution without one
    tell_speakers(
        contribution=contribution,
        what="published",
        purpose=str(contribution.pk),
        public_at=f"{settings.SITE_URL}{talk.relative_url(talk.get_site())}",
        is_seen=contribution.is_released(),
    )
