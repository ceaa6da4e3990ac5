"""One import under way."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from accounts.models import User
from events.models import SeriesPage
from speakers.models import StandardQuestion

from .evening import DRAFTS_ONLY, EveningFacts, Wishes
from .matching import Directory
from .plan import WriteupPlan
from .series import default_questions, questions_of, wordings_of


@dataclass
class Job:
    """What everybody who makes drafts of the plan needs. `notes` gather what a person should know afterwards."""

    plan: WriteupPlan
    facts: EveningFacts
    series: SeriesPage
    directory: Directory
    at: dt.datetime
    by: User | None = None
    wishes: Wishes = DRAFTS_ONLY
    notes: list[str] = field(default_factory=list)

    @cached_property
    def questions(self) -> list[StandardQuestion]:
        """What the series asks or asked; for a series without questions, the usual six."""
        return questions_of(self.series) or default_questions()

    @cached_property
    def by_slug(self) -> dict[str, StandardQuestion]:
        return {question.slug: question for question in self.questions}

    @cached_property
    def wordings(self) -> dict[str, str]:
        return wordings_of(self.questions)

    @cached_property
    def asked(self) -> frozenset[str]:
        """Slugs of the questions that the text shows to have been asked on this evening."""
        return frozenset(answer.question for talk in self.plan.talks for answer in talk.answers)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def keep_draft(draft: Any, *, by: User | None) -> None:
    """A new draft of a page. As in Wagtail's editor, the row of a page that isn't live follows its draft."""
    draft.full_clean()
    if not draft.live:
        draft.save(clean=False)
    draft.save_revision(user=by, log_action=True, clean=False)
