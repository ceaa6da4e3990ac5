"""How complete a contribution is, in a few words, without a query where a list brought along what it needs."""

from dataclasses import dataclass

from .enums import Baton, ReleaseState
from .models import Contribution
from .prose import plain_text


@dataclass(frozen=True, slots=True)
class Progress:
    """Answers with words in them, of how many that were asked, in the newest draft."""

    answered: int
    asked: int

    def __str__(self) -> str:
        if not self.asked:
            return "no questions"
        return f"{self.answered} of {self.asked} answer{'' if self.asked == 1 else 's'}"


def progress(contribution: Contribution) -> Progress:
    """Counted in the newest draft. No query after `Contribution.objects.for_lists()`."""
    if contribution.has_unpublished_changes and contribution.latest_revision is not None:
        texts = [row.get("text") or "" for row in contribution.latest_revision.content.get("answers", [])]
    else:
        texts = [row.text for row in contribution.answers.all()]
    return Progress(answered=sum(1 for text in texts if plain_text(text)), asked=len(texts))


def holder(contribution: Contribution) -> str:
    """ "speakers" or "organisers"; from the annotation `newest_baton` where a list brought it along."""
    if hasattr(contribution, "newest_baton"):
        return contribution.newest_baton or Baton.ORGANISERS
    return contribution.held_by


def state_in_words(contribution: Contribution) -> str:
    """Such as "4 of 6 answers, draft, with the organisers"."""
    state = ReleaseState(contribution.release_state).label
    return ", ".join(
        [
            str(progress(contribution)),
            state[0].lower() + state[1:],
            "with the speakers" if holder(contribution) == Baton.SPEAKERS else "with the organisers",
        ]
    )
