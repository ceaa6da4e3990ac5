"""What a program is told when there is nothing to tell: RFC 9457, with words that a person can act on."""

import json
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "We don’t understand that",
    404: "There is nothing here",
    405: "This can only be read",
    429: "Too many requests",
}


class Fault(BaseModel):
    """One parameter that can’t be used, and why."""

    parameter: str
    problem: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: Annotated[str, Field(description="Always about:blank: the status says what kind of problem it is.")]
    title: str
    status: int
    detail: str
    faults: list[Fault]


class Refused(Exception):
    """A request that can't be answered, with its status and why."""

    def __init__(self, status: int, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.faults = status, detail, tuple(faults)


def not_here(what: str) -> Refused:
    return Refused(404, f"There is no {what} with this id that is public.")


def answer(refused: Refused) -> HttpResponse:
    told = Problem(
        type="about:blank",
        title=TITLES[refused.status],
        status=refused.status,
        detail=refused.detail,
        faults=list(refused.faults),
    )
    body = json.dumps(told.model_dump(), ensure_ascii=False)
    return HttpResponse(body, status=refused.status, content_type=CONTENT_TYPE)


def misread(errors: Iterable[dict[str, Any]]) -> Refused:
    """From pydantic's errors; its words name types and limits, and repeat nothing that was typed."""
    faults = [Fault(parameter=str(error["loc"][-1]), problem=str(error["msg"])) for error in errors]
    return Refused(400, f"Look at {', '.join(fault.parameter for fault in faults)}.", faults)
