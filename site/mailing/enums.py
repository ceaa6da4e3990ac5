"""The choices of the outbox and of the list."""

from django.db import models


class Urgency(models.IntegerChoices):
    """Which mail leaves first. Somebody waits in front of the screen for the lowest."""

    WAITING = 0, "Somebody waits for it"
    INVITATION = 5, "An invitation to speak"
    PERSONAL = 10, "For one person"
    NEWS = 20, "For subscribers"


class Heading(models.TextChoices):
    """What a subscriber chose to hear about. No mail goes to anybody under a heading they did not choose."""

    EVENINGS = "evenings", "New evenings"
    WRITE_UPS = "write_ups", "Recordings and write-ups"


class MailState(models.TextChoices):
    """What became of a mail.

    SENDING is written just before a mail is handed to the server, so a row that a dead worker left in it may have
    gone: it becomes UNKNOWN, and is never sent again by itself.
    """

    QUEUED = "queued", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "Unknown: it may have gone"
    SET_ASIDE = "set_aside", "Refused"
    CANCELLED = "cancelled", "Called back"
    BOUNCED = "bounced", "Bounced"
    COMPLAINED = "complained", "Complained about"


class SuppressionReason(models.TextChoices):
    """Why an address gets no news from us."""

    BOUNCED = "bounced", "Mails to it came back"
    COMPLAINED = "complained", "A mail was reported as unwanted"
    ERASED = "erased", "They had their data erased"
    ORGANISERS = "organisers", "The organisers took it off the list"


class SubscriberState(models.TextChoices):
    """How a person stands to the list. Whether their address is suppressed is another question: Suppression."""

    PENDING = "pending", "Waiting for their confirmation"
    ACTIVE = "active", "On the list"
    LEFT = "left", "Left"


class ConsentMeans(models.TextChoices):
    """How somebody said yes."""

    FORM = "form", "Signed up on the site, confirmed by mail"
    PREFERENCES = "preferences", "Ticked on their page of the list"
    INVITATION = "invitation", "Invited by mail, confirmed by mail"
    CSV = "csv", "Brought in with proof"


class ListWay(models.TextChoices):
    """How addresses that are brought in get onto the list."""

    PROOF = "proof", "They have agreed, and each line says when, where and to which words"
    INVITE = "invite", "They asked to hear from us: send each a mail that asks for their confirmation"
