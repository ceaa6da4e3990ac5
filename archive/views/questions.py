"""The standard questions, and every answer to one of them."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from pages.errors import NotHere
from pages.licence import data_licence
from pages.views import read_only, tidy
from speakers.models import StandardQuestion

from .. import choices, exports, lists, questions
from ..answers import Answers, by_wording
from ..survey import survey


@read_only
def question_list(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/questions.html", {"listed": questions.in_order()})


@read_only
@tidy
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Every answer to a question, newest first; what the address narrows them by, and a page of them."""
    found = _public(slug)
    seen = survey(found)
    chosen = choices.read_chosen(request.GET, seen.options)
    page = lists.page_of(Answers(found, chosen).in_pages(), request)
    context = {
        "question": found,
        "former": found.former_wordings.all(),
        "lede": questions.lede_of(seen),
        "chosen": chosen,
        "page": page,
        "runs": by_wording(page.object_list, found),
        "query": lists.query_of(page, chosen.query),
        "licence": data_licence(),
    }
    return render(request, "archive/question.html", {**context, **choices.form_of(seen.options, chosen)})


@read_only
def as_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """What is chosen, as a table."""
    return _data(request, slug, "csv", "text/csv; charset=utf-8")


@read_only
def as_json(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """What is chosen, for programs."""
    return _data(request, slug, "json", "application/json")


def _data(request: HttpRequest, slug: str, kind: str, content_type: str) -> StreamingHttpResponse:
    """Exactly what the page with the same address shows; a value that nobody knows is refused, not left out."""
    found = _public(slug)
    chosen = choices.read_chosen(request.GET, survey(found).options)
    if chosen.misread:
        raise NotHere(f"We don’t know the {' or the '.join(chosen.misread)}, so there is no such file.")
    written = {"csv": exports.csv_lines, "json": exports.json_parts}[kind]
    response = StreamingHttpResponse(written(found, chosen), content_type=content_type)
    filename = f"{found.slug}{chosen.in_a_filename}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _public(slug: str) -> StandardQuestion:
    found = get_object_or_404(StandardQuestion, slug=slug)
    if not questions.is_public(found):
        raise Http404("Not in public.")
    return found
