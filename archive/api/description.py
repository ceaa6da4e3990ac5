"""The API's description (OpenAPI 3.1), made from the operations; and its problems, which all of them share."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from ninja.openapi import get_schema

from .operations import api
from .problems import CONTENT_TYPE, TITLES, Problem

REF = "#/components/schemas/{model}"
EVERY = (400, 429)
OF_ONE = (400, 404, 429)


def description() -> dict[str, Any]:
    return _described(settings.SITE_URL)


@lru_cache(maxsize=4)
def _described(site: str) -> dict[str, Any]:
    told: dict[str, Any] = dict(get_schema(api, path_prefix="/api/v1/"))
    told["servers"] = [{"url": site}]
    schemas = told["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template=REF)
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for name in [name for name in schemas if name.endswith("Filters") or name == "Paging"]:
        del schemas[name]
    for address, operations in told["paths"].items():
        for operation in operations.values():
            statuses = OF_ONE if "{" in address or address.endswith("/lookup") else EVERY
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _said(parameter["schema"])
            operation["responses"].update({str(status): _problem(status) for status in statuses})
    # As a program reads it: statuses are text there.
    plain: dict[str, Any] = json.loads(json.dumps(told))
    return plain


def _said(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is there or it isn't: an address can't say null."""
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    return {**schema, **(kinds[0] if kinds else {})}


def _problem(status: int) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    told: dict[str, Any] = {"description": TITLES[status], "content": content}
    if status == 429:
        words = "Seconds until the next request is welcome."
        told["headers"] = {"Retry-After": {"description": words, "schema": {"type": "integer"}}}
    return told
