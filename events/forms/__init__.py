"""The forms of the organisers' side: editors, their rows, planning, mails."""

from .editors import AudienceQuestionForm, EventForm, SeriesForm, TalkForm
from .mails import MessageForm, PlanForm
from .planning import NewEveningForm, RenumberForm

__all__ = [
    "AudienceQuestionForm",
    "EventForm",
    "MessageForm",
    "NewEveningForm",
    "PlanForm",
    "RenumberForm",
    "SeriesForm",
    "TalkForm",
]
