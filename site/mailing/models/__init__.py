from .delivery import Delivery
from .outbox import Message, OutgoingMail
from .suppressions import Suppression

__all__ = ["Delivery", "Message", "OutgoingMail", "Suppression"]
