"""Files of slides that a speaker sends: with the form, or by a script that shows how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from ..carried import decks_of
from ..decks.faults import NotSlides
from ..enums import Baton
from ..keeping import NotKept, Part, keep_slides
from .doors import open_to_editors
from .page import talk_page
from .visits import Rank, Visit

# By the name of the field in the form.
PARTS = {"file": Part.SHOWN, "pdf": Part.READERS}
TAKEN = {
    Part.SHOWN: "Your slides are here. Nothing of them is public yet.",
    Part.READERS: "Your PDF for readers is here. It is not public yet.",
}
CHOOSE = "Choose a file first."


def take_in(visit: Visit) -> tuple[list[str], dict[str, str]]:
    """Keep the files of a form: what went well, in words, and by its field what did not."""
    said, faults = [], {}
    asked = visit.request.POST.get("do", "")
    for name, part in PARTS.items():
        file = visit.request.FILES.get(name)
        if file is None:
            if asked == f"upload:{name}":
                faults[name] = CHOOSE
            continue
        visit.must_be(Rank.EDITOR)
        try:
            keep_slides(
                contribution=visit.contribution, file=file, filename=file.name or "", by=visit.user, part=part,
                holder=Baton.SPEAKERS,
            )  # fmt: skip
            said.append(TAKEN[part])
        except (NotSlides, NotKept) as refusal:
            faults[name] = str(refusal)
    return said, faults


def taken_in(visit: Visit) -> HttpResponse | None:
    """The page again where a file was refused, with the reason beside its field. The words were saved before."""
    said, faults = take_in(visit)
    for words in said:
        messages.success(visit.request, words)
    if not faults:
        return None
    visit.contribution.refresh_from_db()
    page: dict[str, Any] = talk_page(visit, page=visit.request.POST.get("page", ""))
    return render(visit.request, "speakers/portal/talk.html", {**page, "file_faults": faults}, status=422)


@require_POST
@open_to_editors
def upload(visit: Visit) -> HttpResponse:
    """For a script: the part of the page that tells of the files, and what to say. 422 where a file was refused."""
    said, faults = take_in(visit)
    if not said and not faults:
        faults = {"file": CHOOSE}
    visit.contribution.refresh_from_db()
    draft = visit.contribution.get_latest_revision_as_object()
    context = {"visit": visit, "talk": visit.talk, "decks": decks_of(draft), "file_faults": faults}
    html = render_to_string("speakers/portal/decks.html", context, request=visit.request)
    answer = {"html": html, "words": " ".join([*said, *faults.values()]), "faults": faults}
    return JsonResponse(answer, status=422 if faults else 200)
