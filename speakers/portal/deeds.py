"""What the buttons of *My talk* do, once the words are saved. Each gives the place on the page to go back to."""

from collections.abc import Callable

from django.contrib import messages
from django.utils import timezone

from ..actions import keep_slides, take_slides_away, write_note
from ..batons import agree, take_consent_back
from ..enums import Baton, ConsentTo
from ..forms.desk import SlidesForm
from ..previews import TooManyLinks, make_preview_link, revoke_preview_link
from ..saving import drop_kept, drop_settled
from .doors import Visit

NOTE_LIMIT = 5000
ON_RECORD = "It is on record that you agree. You can take it back here at any time."
TAKEN_BACK = {
    ConsentTo.RECORD: "It is on record, and the organisers are told. Readers no longer see what was said "
    "word for word; the recording is theirs to withhold.",
    ConsentTo.SLIDES: "It is on record, and the organisers are told. Readers no longer see your slides.",
    ConsentTo.ANSWERS: "It is on record, and the organisers are told. Readers no longer see what you gave.",
}


def do(visit: Visit, deed: str) -> str:
    """Do what a button says; a button that isn't known only saves."""
    name, _, about = deed.partition(":")
    return DEEDS[name](visit, about) if name in DEEDS else ""


def add(visit: Visit, about: str) -> str:
    return f"?more={about}#{about}" if about.isalpha() else ""


def remove(visit: Visit, about: str) -> str:
    return f"#{about.partition(':')[0]}"


def upload(visit: Visit, about: str) -> str:
    form = SlidesForm(visit.request.POST, visit.request.FILES)
    if visit.contribution.held_by != Baton.SPEAKERS:
        messages.error(visit.request, "The organisers have this now, so the slides stay as they are.")
    elif form.is_valid():
        file = form.cleaned_data["file"]
        keep_slides(contribution=visit.contribution, file=file, filename=file.name, by=visit.user)
        messages.success(visit.request, "Your slides are here. Nothing of them is public yet.")
    else:
        messages.error(visit.request, " ".join(map(str, form.errors["file"])))
    return "#slides"


def remove_slides(visit: Visit, about: str) -> str:
    if visit.contribution.held_by == Baton.SPEAKERS:
        take_slides_away(contribution=visit.contribution, by=visit.user)
        messages.success(visit.request, "The file is no longer part of your talk.")
    return "#slides"


def consent(visit: Visit, about: str) -> str:
    if about in ConsentTo:
        agree(
            contribution=visit.contribution, speaker=visit.me, what=ConsentTo(about), by=visit.user, at=timezone.now()
        )
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
    if text := visit.request.POST.get("note", "").replace("\x00", "").strip():
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
        revoke_preview_link(contribution=visit.contribution, pk=int(about), at=timezone.now())
        messages.success(visit.request, "That link no longer opens anything.")
    return "#preview"


def discard(visit: Visit, about: str) -> str:
    if about.isdecimal():
        drop_kept(contribution=visit.contribution, by=visit.user, keys=[int(about)])
    return "#kept"


def resolve(visit: Visit, about: str) -> str:
    names = visit.request.POST.getlist("settles")
    page = visit.request.POST.get("page", "")
    drop_settled(contribution=visit.contribution, by=visit.user, page=page, names=names)
    messages.success(visit.request, "It is saved as you chose.")
    return ""


DEEDS: dict[str, Callable[[Visit, str], str]] = {
    "add": add,
    "remove": remove,
    "upload": upload,
    "remove-slides": remove_slides,
    "agree": consent,
    "withdraw": withdraw,
    "note": note,
    "share": share,
    "revoke": revoke,
    "discard": discard,
    "resolve": resolve,
}
