"""Who may see who is on the list: organisers and administrators."""

from typing import Any

SEE_SUBSCRIBERS = "mailing.see_subscribers"


def may_see_subscribers(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(SEE_SUBSCRIBERS))
