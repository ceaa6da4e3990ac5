from .delivery import Delivery
from .lists import AddressList
from .outbox import Message, OutgoingMail
from .subscribers import SignUpTry, Subscriber, SubscriberConsent, Wording
from .suppressions import Suppression

__all__ = [
    "AddressList",
    "Delivery",
    "Message",
    "OutgoingMail",
    "SignUpTry",
    "Subscriber",
    "SubscriberConsent",
    "Suppression",
    "Wording",
]
