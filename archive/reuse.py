"""Under which terms what was given to a talk may be used again, and whether at all. The one place that decides."""

from typing import Any

from pages.licence import Licence, data_licence
from speakers import terms
from speakers.enums import ReuseTerms

from .enums import AnswerStatus


def licence_of(contribution: Any) -> Licence:
    """The terms of what was given to a talk: its speakers' own, its series', or the site's. None: the site's.

    Without the consent of its speakers there are none.
    """
    if contribution is None:
        return data_licence()
    return terms.offered(in_force(contribution), lacks_consent=contribution.lacks_consent)


def may_be_reused(contribution: Any) -> bool:
    """Whether what was given to a talk may leave the site in the open data."""
    return kept_back(contribution) is None


def kept_back(contribution: Any) -> AnswerStatus | None:
    """Why it may not: all rights are reserved, or its speakers were asked and have not all agreed. None: it may.

    Asked of released contributions alone: one whose speaker took back their consent isn't among them. They come with
    `marking_consents()`.
    """
    return why_kept(in_force(contribution), lacks_consent=contribution.lacks_consent)


def why_kept(chosen: str, *, lacks_consent: bool) -> AnswerStatus | None:
    if chosen == ReuseTerms.RESERVED:
        return AnswerStatus.RESERVED
    return AnswerStatus.NO_CONSENT if lacks_consent else None


def in_force(contribution: Any) -> str:
    """A ReuseTerms, or "". No query where `with_terms()` brought it along."""
    known = getattr(contribution, "terms_in_force", None)
    return contribution.terms_now if known is None else known  # type: ignore[no-any-return]
