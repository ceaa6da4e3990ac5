"""Sentences of the list's pages that are chosen by code."""

from ..enums import SubscriberState, SuppressionReason

NOT_OURS = (
    "This link isn’t whole, or it is too old: what we send works for seven days. "
    "Give your address again, and we send you a new one."
)
USED = (
    "You are not on the list now, and this link was used before. To come back, sign up below; we send you a new link."
)
COMPLAINED = (
    "Your mail provider told us that a mail of ours was reported as unwanted, so we don’t write to this address. "
    "If that was a mistake, write to the organisers: they can let it back."
)
ELSEWHERE = "This form came from another site, so nothing was done. If it was you, press the button again here."
TOO_MANY = "Many forms came from your network within the last hour, so this one has to wait. Try again in an hour."

# Why somebody who confirmed hears nothing.
SILENT = {
    SuppressionReason.BOUNCED: "Mails to your address came back to us, so we stopped. To hear from us again, sign up.",
    SuppressionReason.COMPLAINED: COMPLAINED,
    SuppressionReason.ERASED: "You had your data erased. To hear from us again, sign up.",
    SuppressionReason.ORGANISERS: "The organisers took you off the list. To hear from us again, sign up.",
}
NOT_ON_IT = {
    SubscriberState.LEFT: "You left the list. To hear from us again, sign up.",
    SubscriberState.PENDING: (
        "You haven’t confirmed yet: press the button in the mail that we sent you, or sign up again."
    ),
}
