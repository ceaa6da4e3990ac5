"""Under which terms what was given to a talk may be used again, and whether at all. The one place that decides."""

from typing import Any

from pages.licence import Licence, data_licence
from speakers import terms
from speakers.enums import ReuseTerms


def licence_of(contribution: Any) -> Licence:
    """The terms of what was given to a talk: its speakers' own, its series', or the site's. None: the site's."""
    return terms.licence_of(in_force(contribution)) if contribution is not None else data_licence()


def may_be_reused(contribution: Any) -> bool:
    """Whether what was given to a talk may leave the site in the open data: not where all rights are reserved.

    Asked of released contributions alone: one whose speaker took back their consent isn't among them.
    """
    return in_force(contribution) != ReuseTerms.RESERVED


def in_force(contribution: Any) -> str:
    """A ReuseTerms, or "". No query where `with_terms()` brought it along."""
    known = getattr(contribution, "terms_in_force", None)
    return contribution.terms_now if known is None else known  # type: ignore[no-any-return]
