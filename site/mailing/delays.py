"""Whether mail leaves as it should; said to readers who wait for one."""

import datetime as dt

from .enums import MailState, Urgency
from .models import OutgoingMail

# The worker looks each minute; what waits longer than two of them does not leave.
LATE = dt.timedelta(minutes=2)


def is_mail_late(*, at: dt.datetime) -> bool:
    """Whether a mail that somebody waits for is still here long after it should have left."""
    waiting = OutgoingMail.objects.filter(state=MailState.QUEUED, urgency=Urgency.WAITING)
    return waiting.filter(due_at__lt=at - LATE).exists()
