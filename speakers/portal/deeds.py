"""What the buttons of *My talk* do, once the words are saved. Each gives the place on the page to go back to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.utils import timezone

from ..actions import write_note
from ..batons import agree, take_consent_back
from ..commenting import drop_comment, reopen_comment, resolve_comment
from ..enums import Baton, ConsentTo, ReuseTerms
from ..keeping import NotKept, Part, take_slides_away, use_made_pdf
from ..previews import TooManyLinks, make_preview_link, revoke_preview_link
from ..saving import drop_kept, drop_settled
from ..terms import choose_terms
from .visits import Rank, Visit

NOTE_LIMIT = 5000
ON_RECORD = "It is on record that you agree. You can take it back here at any time."
TAKEN_BACK = {
    ConsentTo.RECORD: "It is on record, and the organisers are told. Readers no longer see what was said "
    "word for word; the recording is theirs to withhold.",
    ConsentTo.SLIDES: "It is on record, and the organisers are told. Readers no longer see your slides.",
    ConsentTo.ANSWERS: "It is on record, and the organisers are told. Readers no longer see what you gave.",
}


def do(visit: Visit, deed: str) -> str:
    """Do what a button says; a button that isn't known only saves. Raises Refusal where it isn't for this person."""
    name, _, about = deed.partition(":")
    if name not in DEEDS:
        return ""
    visit.must_be(RANKS.get(name, Rank.SPEAKER))
    return DEEDS[name](visit, about)


def add(visit: Visit, about: str) -> str:
    return f"?more={about}#{about}" if about.isalpha() else ""


def remove(visit: Visit, about: str) -> str:
    return f"#{about.partition(':')[0]}"


def upload(visit: Visit, about: str) -> str:
    """The file itself was taken in before (`uploads.take_in`)."""
    return "#slides"


def remove_slides(visit: Visit, about: str) -> str:
    part = Part.READERS if about == Part.READERS else Part.SHOWN
    return _with_slides(visit, "The file is no longer part of your talk.", take_slides_away, part=part)


def use_pdf(visit: Visit, about: str) -> str:
    return _with_slides(visit, "Readers get this PDF, as soon as the organisers publish it.", use_made_pdf)


def _with_slides(visit: Visit, said: str, action: Callable[..., object], **options: object) -> str:
    try:
        action(contribution=visit.contribution, by=visit.user, holder=Baton.SPEAKERS, **options)
        messages.success(visit.request, said)
    except NotKept as refusal:
        messages.error(visit.request, str(refusal))
    return "#slides"


def consent(visit: Visit, about: str) -> str:
    asked = list(ConsentTo) if about == "all" else [ConsentTo(about)] if about in ConsentTo else []
    for what in asked:
        agree(contribution=visit.contribution, speaker=visit.me, what=what, by=visit.user, at=timezone.now())
    if asked:
        messages.success(visit.request, ON_RECORD)
    return "#consents"


def withdraw(visit: Visit, about: str) -> str:
    if about in ConsentTo:
        what = ConsentTo(about)
        take_consent_back(
            contribution=visit.contribution, speaker=visit.me, what=what, by=visit.user, at=timezone.now()
        )
        messages.success(visit.request, TAKEN_BACK[what])
    return "#consents"


def note(visit: Visit, about: str) -> str:
    if not visit.request.POST.get("note", "").strip():
        messages.error(visit.request, "Write a note first.")
    return "#notes"


def leave_note(visit: Visit) -> None:
    """A note is left with whatever button is pressed: a half-written one is better kept than lost."""
    text = visit.request.POST.get("note", "").replace("\x00", "").strip()
    if text:
        visit.must_be(Rank.SPEAKER)
        write_note(contribution=visit.contribution, text=text[:NOTE_LIMIT], at=timezone.now(), by=visit.user)
        messages.success(visit.request, "Your note is kept. Only the organisers see it.")


def share(visit: Visit, about: str) -> str:
    try:
        make_preview_link(contribution=visit.contribution, by=visit.user, at=timezone.now())
    except TooManyLinks as refusal:
        messages.error(visit.request, str(refusal))
    return "#preview"


def revoke(visit: Visit, about: str) -> str:
    if about.isdecimal():
        revoke_preview_link(contribution=visit.contribution, pk=_key(about), at=timezone.now())
        messages.success(visit.request, "That link no longer opens anything.")
    return "#preview"


def discard(visit: Visit, about: str) -> str:
    if about.isdecimal():
        drop_kept(contribution=visit.contribution, by=visit.user, keys=[_key(about)])
    return "#kept"


def resolve(visit: Visit, about: str) -> str:
    names = visit.request.POST.getlist("settles")
    page = visit.request.POST.get("page", "")
    drop_settled(contribution=visit.contribution, by=visit.user, page=page, names=names)
    messages.success(visit.request, "It is saved as you chose.")
    return ""


def terms(visit: Visit, about: str) -> str:
    if about in ("", *ReuseTerms):
        at = timezone.now()
        choose_terms(contribution=visit.contribution, terms=about, speaker=visit.me, by=visit.user, at=at)
        messages.success(visit.request, "It is on record, and holds for all that is given to this talk.")
    return "#terms"


def comment(visit: Visit, about: str) -> str:
    """It was left already, with all the others that were typed."""
    return f"#comments-{about}"


def comment_resolved(visit: Visit, about: str) -> str:
    done: dict[str, Any] = {"by": visit.user, "called": visit.called, "at": timezone.now()}
    resolve_comment(contribution=visit.contribution, pk=_key(about), seen_by=visit.mine, **done)
    return f"#comment-{_key(about)}"


def comment_reopened(visit: Visit, about: str) -> str:
    reopen_comment(contribution=visit.contribution, pk=_key(about), seen_by=visit.mine)
    return f"#comment-{_key(about)}"


def comment_dropped(visit: Visit, about: str) -> str:
    drop_comment(contribution=visit.contribution, pk=_key(about), by=visit.user)
    messages.success(visit.request, "Your comment is gone.")
    return ""


def _key(about: str) -> int:
    return int(about) if about.isdecimal() and len(about) < 19 else 0


DEEDS: dict[str, Callable[[Visit, str], str]] = {
    "add": add,
    "remove": remove,
    "upload": upload,
    "remove-slides": remove_slides,
    "use-pdf": use_pdf,
    "agree": consent,
    "withdraw": withdraw,
    "note": note,
    "share": share,
    "revoke": revoke,
    "discard": discard,
    "resolve": resolve,
    "terms": terms,
    "comment": comment,
    "comment-resolved": comment_resolved,
    "comment-reopened": comment_reopened,
    "comment-dropped": comment_dropped,
}
# Who may press a button besides the speakers of a talk; what isn't named here is theirs alone.
RANKS = {
    **dict.fromkeys(("add", "remove", "upload", "remove-slides", "use-pdf", "share", "revoke", "resolve"), Rank.EDITOR),
    **dict.fromkeys(("discard", "comment", "comment-resolved", "comment-reopened", "comment-dropped"), Rank.COMMENTER),
}
