"""Under which terms what was given to a talk may be used again, and whether at all. The one place that decides."""

from typing import Any

from pages.licence import Licence, data_licence


def licence_of(contribution: Any) -> Licence:
    """The terms of what was given to a talk. None of its own: those of the site."""
    return data_licence()


def may_be_reused(contribution: Any) -> bool:
    """Whether what was given to a talk may leave the site in the open data.

    Asked of released contributions alone: one whose speaker took back their consent isn't among them.
    """
    return True
