from .outbox import Message, OutgoingMail
from .suppressions import Suppression

__all__ = ["Message", "OutgoingMail", "Suppression"]
