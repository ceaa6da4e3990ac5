"""The API's description as people read it: made from the same description that programs read."""

from dataclasses import dataclass
from typing import Any

from .description import description

KINDS = {"date-time": "date and time", "date": "date"}


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter or a field: its name, what it holds, and what that says."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    path: str
    name: str
    summary: str
    parameters: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of record, with the operations that tell of it."""

    anchor: str
    title: str
    words: str
    operations: tuple[Operation, ...]
    fields: tuple[Named, ...]


def things() -> list[Thing]:
    """In the order of the description."""
    told = description()
    schemas = told["components"]["schemas"]
    found: dict[str, list[tuple[Operation, str]]] = {}
    for path, operations in told["paths"].items():
        operation = operations["get"]
        found.setdefault(operation["tags"][0], []).append((_operation(path, operation, schemas), _record(operation)))
    return [_thing(tag, rows, schemas) for tag, rows in found.items()]


def _thing(tag: str, rows: list[tuple[Operation, str]], schemas: dict[str, Any]) -> Thing:
    record = schemas[rows[-1][1]]
    fields = tuple(
        Named(name, kind_of(field, schemas), field.get("description", ""))
        for name, field in record["properties"].items()
    )
    return Thing(tag.lower(), tag, record.get("description", ""), tuple(operation for operation, _ in rows), fields)


def _record(operation: dict[str, Any]) -> str:
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return str(schema["$ref"]).rpartition("/")[2]


def _operation(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    asked = tuple(
        Named(row["name"], kind_of(row["schema"], schemas), row.get("description", ""))
        for row in operation.get("parameters", ())
        if row["in"] == "query"
    )
    return Operation(path, operation["operationId"], operation["summary"], asked)


def kind_of(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """ "text", "number, 1 to 100", "one of confirmed, tentative", "list of text", "date or nothing"."""
    if "anyOf" in schema:
        kinds = [kind_of(part, schemas) for part in schema["anyOf"]]
        return " or ".join(kinds)
    if "$ref" in schema:
        named = str(schema["$ref"]).rpartition("/")[2]
        values = schemas[named].get("enum")
        return f"one of {', '.join(values)}" if values else named.removesuffix("Record").lower()
    if schema.get("type") == "array":
        return f"list of {kind_of(schema['items'], schemas)}"
    if "minimum" in schema and schema.get("maximum", 2**31) < 10_000:
        return f"number, {schema['minimum']} to {schema['maximum']}"
    kinds_by_type = {"string": "text", "integer": "number", "boolean": "true or false", "null": "nothing"}
    return KINDS.get(schema.get("format", ""), kinds_by_type.get(schema.get("type", ""), ""))
