"""The nouns of the speakers' side: people, organisations, questions, and what is given to a talk."""

from .answers import Answer, Ask, Introduction, Promise, TalkLink
from .contributions import Contribution
from .decks import Conversion, SlideDeck
from .helping import Clearance, Comment, Helper, TermsChoice
from .invitations import Invitation
from .organisations import Organisation, OrganisationName
from .people import Speaker, SpeakerAlias, SpeakerLink
from .private import Handover, KeptText, PreviewLink, PrivateNote, TalkConsent, UnsavedProfile
from .promises import PromiseQuestion, PromiseReply
from .questions import FormerWording, StandardQuestion

__all__ = [
    "Answer",
    "Ask",
    "Clearance",
    "Comment",
    "Contribution",
    "Conversion",
    "FormerWording",
    "Handover",
    "Helper",
    "Introduction",
    "Invitation",
    "KeptText",
    "Organisation",
    "OrganisationName",
    "PreviewLink",
    "PrivateNote",
    "Promise",
    "PromiseQuestion",
    "PromiseReply",
    "SlideDeck",
    "Speaker",
    "SpeakerAlias",
    "SpeakerLink",
    "StandardQuestion",
    "TalkConsent",
    "TalkLink",
    "TermsChoice",
    "UnsavedProfile",
]
