"""The whole reply at once: pasted or as a file, split, shown, and into the draft; and the questions to take away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from pages.english import counted

from ..enums import Baton, KeptBecause
from ..exports import MEDIA_TYPE, question_sheet
from ..importers.uploads import NoReply, read_upload
from ..manuscript import Manuscript
from ..notices import name_of
from ..paper import paper_of
from ..saving import Saved, WithTheOrganisers, keep_aside, keep_loose, save_words
from .clashes import clash_page
from .doors import open_to_editors
from .placing import Filling, filling_of, refused_page, split_page
from .typed import base_of
from .visits import Visit

MOST_CHARACTERS = 200_000
TOO_LONG = "This is far more than six answers: {n:,} characters, and {most:,} is the most we can read at once."
NOTHING = "Paste your reply here, or choose a file."
NOT_YOURS = "The organisers have this now. What you sent is kept below."


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_editors
def reply(visit: Visit) -> HttpResponse:
    """A box to paste into; then what was found in it; then it is in the draft."""
    post = visit.request.POST
    if visit.request.method == "POST" and post.get("do") == "fill":
        return _fill(visit)
    if visit.request.method == "POST":
        return _read(visit)
    if visit.contribution.held_by != Baton.SPEAKERS:
        messages.info(visit.request, "The organisers have this now.")
        return redirect("portal:talk", visit.talk.pk)
    return _ask(visit)


def _ask(visit: Visit, *, text: str = "", error: str = "", file_error: str = "") -> HttpResponse:
    draft = visit.contribution.get_latest_revision_as_object()
    context = {"visit": visit, "talk": visit.talk, "title": name_of(draft), "text": text}
    context |= {"error": error, "file_error": file_error}
    status = 400 if error or file_error else 200
    return render(visit.request, "speakers/portal/reply.html", context, status=status)


def _read(visit: Visit) -> HttpResponse:
    typed, file = visit.request.POST.get("reply", ""), visit.request.FILES.get("file")
    try:
        text, is_typed = read_upload(file, size_bytes=file.size or 0) if file else ("", True)  # type: ignore[arg-type]
    except NoReply as why:
        return _ask(visit, text=typed, file_error=str(why))
    is_typed = is_typed or bool(typed.strip())
    text = "\n\n".join(filter(str.strip, (typed, text)))
    if not text.strip():
        return _ask(visit, text=typed, error=NOTHING)
    if len(text) > MOST_CHARACTERS:
        return _ask(visit, text=typed, error=TOO_LONG.format(n=len(text), most=MOST_CHARACTERS))
    if visit.contribution.held_by != Baton.SPEAKERS:
        return _keep_beside(visit, Filling(kept=[("Your reply", text)]))
    return render(visit.request, "speakers/portal/reply_found.html", split_page(visit, text=text, is_typed=is_typed))


def _fill(visit: Visit) -> HttpResponse:
    """What was decided goes into the draft; where somebody else changed the same since, both are shown."""
    post = visit.request.POST
    filling = filling_of(post, Manuscript(visit.contribution.get_latest_revision_as_object(), me=visit.me))
    typed = filling.typed(post, base_of(post.get("base", "")))
    try:
        saved = save_words(contribution=visit.contribution, me=visit.me, by=visit.user, typed=typed, at=timezone.now())
    except WithTheOrganisers:
        return _keep_beside(visit, filling)
    _keep(visit, filling)
    visit.contribution.refresh_from_db()
    if saved.clashes:
        _keep_refused(visit, saved)
        return render(visit.request, "speakers/portal/clash.html", clash_page(visit, saved))
    if saved.errors:
        page = refused_page(visit, manuscript=saved.manuscript)
        return render(visit.request, "speakers/portal/reply_found.html", page, status=400)
    return _done(visit, saved, filling)


def _done(visit: Visit, saved: Saved, filling: Filling) -> HttpResponse:
    written = counted(len(saved.written), "answer") if saved.written else "no answer"
    beside = " What has no place in the form is kept for you below." if filling.kept else ""
    changed = f"Your draft has {written} from your reply now." if saved.written else "Nothing in your draft changed."
    messages.success(visit.request, f"{changed}{beside}")
    response = redirect("portal:talk", visit.talk.pk)
    response["Location"] += "#kept" if filling.kept else "#answers"
    return response


def _keep(visit: Visit, filling: Filling) -> None:
    if filling.kept:
        page = visit.request.POST.get("page", "")
        keep_loose(contribution=visit.contribution, texts=filling.kept, by=visit.user, page=page, at=timezone.now())


def _keep_refused(visit: Visit, saved: Saved) -> None:
    """Over-long words would be lost on a page that shows a clash: they stay beside the draft."""
    parts = saved.manuscript.fields
    over = {name: parts[name].shown for name in saved.errors if name in parts}
    page = visit.request.POST.get("page", "")
    keep_aside(
        manuscript=saved.manuscript, values=over, by=visit.user, page=page, because=KeptBecause.REPLY, at=timezone.now()
    )


def _keep_beside(visit: Visit, filling: Filling) -> HttpResponse:
    _keep(visit, filling)
    messages.error(visit.request, NOT_YOURS)
    response = redirect("portal:talk", visit.talk.pk)
    response["Location"] += "#kept"
    return response


@require_safe
@open_to_editors
def questions(visit: Visit) -> HttpResponse:
    """The sheet with the questions and the newest draft of the answers, as a Word file."""
    manuscript, at = Manuscript(visit.contribution.get_latest_revision_as_object(), me=visit.me), timezone.now()
    paper = paper_of(manuscript, event=visit.talk.event, at=at)
    response = HttpResponse(question_sheet(paper, at=at), content_type=MEDIA_TYPE)
    name = slugify(paper.title)[:60] or "your-talk"
    response["Content-Disposition"] = f'attachment; filename="{name}-questions.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
