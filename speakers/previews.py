"""Links by which a colleague may read a draft: for a fortnight, and until they are taken back."""

import datetime as dt
import secrets

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User

from .models import Contribution, PreviewLink

LASTS = dt.timedelta(days=14)
MOST_OPEN = 20


class TooManyLinks(Exception):
    """There are enough open links already; one can be taken back."""


@transaction.atomic
def make_preview_link(*, contribution: Contribution, by: User, at: dt.datetime) -> PreviewLink:
    """A new link, good for a fortnight.

    Side effects: a line in the contribution's history.

    Raises:
        TooManyLinks: twenty are open.
    """
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.preview_links.open(at=at).count() >= MOST_OPEN:
        raise TooManyLinks(f"There are {MOST_OPEN} open links already. Take one back first.")
    link = PreviewLink.objects.create(
        contribution=contribution, by=by, token=secrets.token_urlsafe(24), made_at=at, expires_at=at + LASTS
    )
    log(instance=contribution, action="speakers.share_preview", user=by)
    return link


@transaction.atomic
def revoke_preview_link(*, contribution: Contribution, pk: int, at: dt.datetime) -> None:
    """From now on whoever has the link reads nothing."""
    contribution.preview_links.filter(pk=pk, revoked_at=None).update(revoked_at=at)
