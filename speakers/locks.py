"""The baton: a contribution is either with its speakers or with the organisers."""

from typing import Any

from wagtail.locks import BaseLock


class BatonLock(BaseLock):
    """Locks the organisers' editor while the speakers hold a contribution. By door, not by person."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return (
            "The speakers have this at the moment, so you can read it but not change it. "
            "Take it back if you need to edit it; they will keep what they have typed."
        )

    def get_locked_by(self, user: Any) -> str:
        return "With the speakers"

    def get_description(self, user: Any) -> str:
        return "Only the speakers can make changes until they send it to the organisers, or you take it back."
