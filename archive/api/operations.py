"""What can be asked, each operation with the words that describe it."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from pydantic import BaseModel, Field

from ..records import evenings, names, talks
from ..records.shapes import (
    AnswerRecord,
    AskRecord,
    EventRecord,
    HostRecord,
    OrganisationRecord,
    QuestionRecord,
    SpeakerRecord,
    TalkRecord,
    TopicRecord,
)
from . import problems, reading
from .filters import (
    LARGEST,
    AddressFilters,
    AnswerFilters,
    EventFilters,
    GivenFilters,
    OrganisationFilters,
    Paging,
    SpeakerFilters,
    TalkFilters,
    refuse_unknown,
)
from .lookup import found_at
from .problems import not_here

DESCRIPTION = (
    "Everything that is public in the archive, to be read by anybody, without a key. Lists are in the order of ids; "
    "go on with the address in `next`. Each response has an ETag: send it back as If-None-Match, and what hasn’t "
    "changed is told in a few bytes. For all of it at once take the open data."
)
api = NinjaAPI(title=settings.WAGTAIL_SITE_NAME, version="1", description=DESCRIPTION, openapi_url="", docs_url=None)


class Leaf[R](BaseModel):
    results: list[R]
    next: Annotated[str | None, Field(description="The address of what follows; none on the last page.")]


class Pointer(BaseModel):
    """What has a page: which kind of thing it is, and where its record is."""

    kind: Annotated[str, Field(description="event, talk, answer, speaker, organisation, host, topic or question.")]
    id: Annotated[int | str, Field(description="Its id: text of an answer, a number of everything else.")]
    url: Annotated[str, Field(description="Where its record is.")]


def leaf[R](request: HttpRequest, found: reading.Leaf[R]) -> dict[str, Any]:
    """What was found, and where it goes on: the same request, after the last id."""
    records, after = found
    asked = [(name, str(value)) for name, value in request.GET.items() if name != "after"]
    following = f"{settings.SITE_URL}{request.path}?{urlencode([*asked, ('after', after)])}" if after else None
    return {"results": records, "next": following}


Id = Annotated[int, Path(ge=1, le=LARGEST, description="Its id.")]
Name = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]{1,100}$", description="Its id, or the name in its address.")]
GivenId = Annotated[str, Path(pattern=r"^[0-9]{1,9}(-[0-9]{1,10}){1,2}$", description="Its id.")]


@api.get("/events", response=Leaf[EventRecord], operation_id="events", summary="Evenings", tags=["Events"])
def events(request: HttpRequest, chosen: Query[EventFilters]) -> Any:
    refuse_unknown(request, EventFilters.model_fields)
    return leaf(request, reading.event_leaf(chosen))


@api.get("/events/{id}", response=EventRecord, operation_id="event", summary="One evening", tags=["Events"])
def event(request: HttpRequest, id: Id) -> Any:  # noqa: A002
    return only(evenings.evenings([id]), "evening")


@api.get("/talks", response=Leaf[TalkRecord], operation_id="talks", summary="Talks", tags=["Talks"])
def talk_list(request: HttpRequest, chosen: Query[TalkFilters]) -> Any:
    refuse_unknown(request, TalkFilters.model_fields)
    return leaf(request, reading.talk_leaf(chosen))


@api.get("/talks/{id}", response=TalkRecord, operation_id="talk", summary="One talk", tags=["Talks"])
def talk(request: HttpRequest, id: Id) -> Any:  # noqa: A002
    return only([told.record for told in talks.told(reading.public_keys([id]))], "talk")


@api.get("/speakers", response=Leaf[SpeakerRecord], operation_id="speakers", summary="Speakers", tags=["Speakers"])
def speakers(request: HttpRequest, chosen: Query[SpeakerFilters]) -> Any:
    refuse_unknown(request, SpeakerFilters.model_fields)
    return leaf(request, reading.speaker_leaf(chosen))


@api.get("/speakers/{name}", response=SpeakerRecord, operation_id="speaker", summary="One speaker", tags=["Speakers"])
def speaker(request: HttpRequest, name: Name) -> Any:
    return only(names.speakers(reading.speaker_named(name)), "speaker")


@api.get(
    "/organisations",
    response=Leaf[OrganisationRecord],
    operation_id="organisations",
    summary="Organisations",
    tags=["Organisations"],
)
def organisations(request: HttpRequest, chosen: Query[OrganisationFilters]) -> Any:
    refuse_unknown(request, OrganisationFilters.model_fields)
    return leaf(request, reading.organisation_leaf(chosen))


@api.get(
    "/organisations/{name}",
    response=OrganisationRecord,
    operation_id="organisation",
    summary="One organisation",
    tags=["Organisations"],
)
def organisation(request: HttpRequest, name: Name) -> Any:
    return only(names.organisations(reading.organisation_named(name)), "organisation")


@api.get("/answers", response=Leaf[AnswerRecord], operation_id="answers", summary="Answers", tags=["Answers"])
def answers(request: HttpRequest, chosen: Query[AnswerFilters]) -> Any:
    refuse_unknown(request, AnswerFilters.model_fields)
    return leaf(request, reading.answer_leaf(chosen))


@api.get("/answers/{id}", response=AnswerRecord, operation_id="answer", summary="One answer", tags=["Answers"])
def answer(request: HttpRequest, id: GivenId) -> Any:  # noqa: A002
    return only(reading.one_answer(id), "answer")


@api.get("/asks", response=Leaf[AskRecord], operation_id="asks", summary="What speakers asked for", tags=["Asks"])
def asks(request: HttpRequest, chosen: Query[GivenFilters]) -> Any:
    refuse_unknown(request, GivenFilters.model_fields)
    return leaf(request, reading.ask_leaf(chosen))


@api.get("/asks/{id}", response=AskRecord, operation_id="ask", summary="One ask", tags=["Asks"])
def ask(request: HttpRequest, id: GivenId) -> Any:  # noqa: A002
    return only(reading.one_ask(id), "ask")


def short_list(path: str, record: type[Any], summary: str, one: str, read: Callable[[], Sequence[Any]]) -> None:
    """The operations of a list that is short, and of one of its rows."""

    def every(request: HttpRequest, chosen: Query[Paging]) -> Any:
        refuse_unknown(request, Paging.model_fields)
        return leaf(request, reading.short_leaf(read(), chosen))

    def single(request: HttpRequest, name: Name) -> Any:
        return only([row for row in read() if name in (str(row.id), row.slug)], one)

    tags = [path.capitalize()]
    every_record: Any = Leaf.__class_getitem__(record)
    api.get(f"/{path}", response=every_record, operation_id=path, summary=summary, tags=tags)(every)
    api.get(f"/{path}/{{name}}", response=record, operation_id=one, summary=f"One {one}", tags=tags)(single)


short_list("questions", QuestionRecord, "Standard questions", "question", names.all_questions)
short_list("topics", TopicRecord, "Topics", "topic", names.all_topics)
short_list("hosts", HostRecord, "Hosts", "host", names.hosts)


@api.get("/lookup", response=Pointer, operation_id="lookup", summary="What stands at an address", tags=["Lookup"])
def lookup(request: HttpRequest, chosen: Query[AddressFilters]) -> Any:
    refuse_unknown(request, AddressFilters.model_fields)
    found = found_at(chosen.address)
    if found is None:
        raise problems.Refused(404, "There is no page of ours at this address that has a record.")
    kind, key = found
    return {"kind": kind, "id": key, "url": f"{settings.SITE_URL}/api/v1/{kind}s/{key}"}


def only(found: Sequence[Any], what: str) -> Any:
    """The first of what was found.

    Raises:
        Refused: there is none.
    """
    if not found:
        raise not_here(what)
    return found[0]


@api.exception_handler(problems.Refused)
def refused(request: HttpRequest, error: problems.Refused) -> HttpResponse:
    return problems.answer(error)


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.answer(problems.misread(error.errors))
