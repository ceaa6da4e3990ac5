"""One-time links: a mail carries one, a button behind it signs in. Opening the page itself changes nothing.

Mail scanners open every link, some a hundred times, so nothing happens before the button is pressed. The address holds
a row's number and our signature; what it is for, whose it is and where it leads stand in the row.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from mailing.actions import queue_mail, write_message
from mailing.enums import Urgency
from pages import english

from .models import SignInLink, User

FRESH_FOR = dt.timedelta(days=1)
# What else is to be written down when a link is used, by the first word of its purpose.
_when_used: dict[str, Callable[[SignInLink], object]] = {}


class NotOurs(ValueError):
    """A link would lead to another site."""


def when_used(kind: str, note: Callable[[SignInLink], object]) -> None:
    """Let an app above note, in the same transaction, that a link whose purpose begins with `kind:` was used."""
    _when_used[kind] = note


def is_our_path(path: str) -> bool:
    """Whether an address is a path of this site: no other host, however it is written, and no scheme."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


@transaction.atomic
def make_sign_in_link(
    *,
    user: User,
    purpose: str,
    next: str,  # noqa: A002  as everywhere in signing in
    expires_at: dt.datetime,
) -> SignInLink:
    """A link that signs this person in once, and leads to `next`. Its `url` is what a mail shows.

    `purpose` names what it is for; links of one purpose are withdrawn together. `expires_at` is aware.

    Raises:
        NotOurs: `next` is not a path of this site.
    """
    if not is_our_path(next):
        raise NotOurs(next)
    return SignInLink.objects.create(
        user=user, purpose=purpose, leads_to=next, made_at=timezone.now(), expires_at=expires_at
    )


@transaction.atomic
def use_link(*, link: SignInLink) -> bool:
    """Mark a link as used; False where it is no longer usable. Of two presses at the same time one gets True."""
    now = timezone.now()
    if not link.user.is_active:
        return False
    unused = SignInLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None, expires_at__gt=now)
    if unused.update(used_at=now) != 1:
        return False
    if note := _when_used.get(link.purpose.partition(":")[0]):
        note(link)
    return True


@transaction.atomic
def withdraw_links(*, user: User, purpose: str = "", kind: str = "", for_good: bool = False) -> int:
    """End the unused links of one purpose, or of a kind of purposes, or all of a person's; returns how many.

    `for_good` ends used and old ones too: they offer no fresh one any more.
    """
    now = timezone.now()
    links = SignInLink.objects.filter(withdrawn_at=None) if for_good else SignInLink.objects.usable(at=now)
    links = links.filter(user=user)
    if purpose:
        links = links.filter(purpose=purpose)
    if kind:
        links = links.filter(purpose__startswith=f"{kind}:")
    return SignInLink.objects.filter(pk__in=list(links.values_list("pk", flat=True))).update(withdrawn_at=now)


@transaction.atomic
def send_fresh_link(*, link: SignInLink) -> SignInLink:
    """Mail a new link in the place of an old or used one, to the address its person has today. It holds for a day."""
    expires_at = timezone.now() + FRESH_FOR
    fresh = make_sign_in_link(user=link.user, purpose=link.purpose, next=link.leads_to, expires_at=expires_at)
    queue_mail(
        to=link.user.email,
        message=write_message(template="accounts/email/fresh_link"),
        purpose=f"sign-in-link:{fresh.pk}",
        urgency=Urgency.WAITING,
        filling={"link": fresh.url, "until": english.moment(timezone.localtime(expires_at))},
    )
    return fresh
