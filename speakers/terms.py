"""Under which terms the words of a talk may be used again: what each means, who chose it, what is in force.

One choice holds for all that is given to a talk. It is a row beside it and no field of it: publishing an old draft must
not bring back terms that a speaker has taken back since.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from pages.licence import NOTHING_SAID, Licence, data_licence

from .enums import ReuseTerms
from .models import Contribution, Speaker, TermsChoice

ADDRESSES = {
    ReuseTerms.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ReuseTerms.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    ReuseTerms.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    ReuseTerms.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    ReuseTerms.RESERVED: "",
}
MEANINGS = {
    ReuseTerms.OGL: "Anybody may use your words, for anything, if they say whose they are. Usual in government.",
    ReuseTerms.CC_BY: "Anybody may use your words, for anything, if they say whose they are. Usual elsewhere.",
    ReuseTerms.CC_BY_SA: "As before, and what they make of them must be under the same terms.",
    ReuseTerms.CC0: "Anybody may use your words for anything, and need not say whose they are.",
    ReuseTerms.RESERVED: "People may read and quote you. For anything more they must ask, and your words are left out "
    "of what we give away as data.",
}


def licence_of(terms: str) -> Licence:
    """What readers and programs are told; the site's own where neither speakers nor series has said anything."""
    if not terms:
        return data_licence()
    return Licence(str(ReuseTerms(terms).label), ADDRESSES[ReuseTerms(terms)])


def offered(terms: str, *, lacks_consent: bool) -> Licence:
    """What may be told of words to whoever wants to use them: nothing as long as somebody's consent is missing.

    Rights that are kept are kept with every consent (`docs/decisions/0109`).
    """
    return NOTHING_SAID if lacks_consent and terms != ReuseTerms.RESERVED else licence_of(terms)


def series_terms(contribution: Contribution) -> str:
    """What its series says; "" where it says nothing."""
    event = getattr(getattr(contribution, "talk", None), "event", None)
    return event.series.terms if event and event.series else ""


def terms_page(contribution: Contribution) -> dict[str, Any]:
    """What *My talk* says about the terms: what is in force, who chose it, what else there is to choose."""
    newest, default = contribution.terms_choices.select_related("speaker").first(), series_terms(contribution)
    chosen = newest.terms if newest else ""
    choices = [_choice(terms, chosen=chosen) for terms in ReuseTerms]
    if chosen:
        said = licence_of(default).name
        meaning = f"At the moment that is: {said}." if said else "At the moment it says nothing."
        choices.append({"value": "", "label": "As the series says", "meaning": meaning, "url": "", "is_chosen": False})
    return {"in_force": licence_of(chosen or default).name, "newest": newest, "choices": choices}


def _choice(terms: ReuseTerms, *, chosen: str) -> dict[str, Any]:
    facts = {"label": str(terms.label), "url": ADDRESSES[terms], "meaning": MEANINGS[terms]}
    return {"value": str(terms), "is_chosen": terms == chosen, **facts}


@transaction.atomic
def choose_terms(
    *, contribution: Contribution, terms: str, speaker: Speaker, by: User, at: dt.datetime
) -> TermsChoice | None:
    """A speaker says under which terms the words may be used again; "" is what the series says. Holds at once.

    None where that was chosen already.

    Side effects: a line in the contribution's history; whoever listens to saves of TermsChoice.
    """
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    newest = contribution.terms_choices.first()
    if (newest.terms if newest else "") == terms:
        return None
    words = str(ReuseTerms(terms).label) if terms else "as the series says"
    log(instance=contribution, action="speakers.choose_terms", user=by, data={"speaker": speaker.name, "terms": words})
    return TermsChoice.objects.create(contribution=contribution, terms=terms, speaker=speaker, by=by, at=at)
