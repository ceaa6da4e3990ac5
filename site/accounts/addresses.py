"""Where a person can be written to, kept where signing in looks for it too."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction


@transaction.atomic
def settle_address(*, user: Any) -> None:
    """Make the user's address their one verified and primary one; whatever else was theirs goes.

    An address is entered by an organiser or at a console, and a code that is mailed to it is the proof: so there is
    no other way to verify one.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
