"""The forms of the organisers' side: editors, their rows, planning."""

from .editors import AudienceQuestionForm, EventForm, SeriesForm, TalkForm
from .planning import NewEveningForm, RenumberForm

__all__ = ["AudienceQuestionForm", "EventForm", "NewEveningForm", "RenumberForm", "SeriesForm", "TalkForm"]
