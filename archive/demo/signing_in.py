"""How to sign in to the demo: a link for each role, made anew at each start."""

import datetime as dt

from django.urls import reverse

from accounts.links import make_sign_in_link, withdraw_links
from accounts.models import User

from .reading import read_content

PURPOSE = "demo"
HOLDS = dt.timedelta(days=1)


def lines(*, at: dt.datetime) -> str:
    """One line for each person of the demo: role, and a link that signs them in once. Links of before end.

    People who are no longer there, or are switched off, have no line.
    """
    found = []
    for row in read_content().site["people"]["accounts"]:
        user = User.objects.who_may_sign_in(row["email"])
        if user is not None:
            goal = reverse("portal:index" if row["role"] in ("Speaker", "Helper") else "wagtailadmin_home")
            withdraw_links(user=user, purpose=PURPOSE)
            link = make_sign_in_link(user=user, purpose=PURPOSE, next=goal, expires_at=at + HOLDS)
            found.append(f"{row['role']:<14} {link.url}")
    return "\n".join(found)
