"""The API against its own description, by a program that tries whatever the description allows."""

import copy

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from archive.api.description import description
from config.wsgi import application
from tests.archive.programs.whole import SITE

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance]
TRIES = 12  # for each of the operations: all of them take less than a minute


def test_description_is_public_and_names_every_operation(client):
    response = client.get("/api/v1/openapi.json")
    assert (response.status_code, response["Content-Type"], response["Access-Control-Allow-Origin"]) == (
        200,
        "application/json",
        "*",
    )
    told = response.json()
    assert (told["openapi"], told["servers"]) == ("3.1.0", [{"url": SITE}])
    names = ["events", "talks", "speakers", "organisations", "answers", "asks", "questions", "topics", "hosts"]
    ones = {"events": "id", "talks": "id", "answers": "id", "asks": "id"}
    assert set(told["paths"]) == {
        "/api/v1/lookup",
        *(f"/api/v1/{name}" for name in names),
        *(f"/api/v1/{name}/{{{ones.get(name, 'name')}}}" for name in names),
    }
    assert {tuple(operations) for operations in told["paths"].values()} == {("get",)}


def test_every_field_and_parameter_that_needs_words_has_some():
    told = description()
    silent = [
        (name, field)
        for name, schema in told["components"]["schemas"].items()
        for field, kind in schema.get("properties", {}).items()
        if name.endswith("Record") and name != "LicenceRecord" and not kind.get("description")
    ]
    parameters = [row for operations in told["paths"].values() for row in operations["get"].get("parameters", [])]
    silent += [row["name"] for row in parameters if not row.get("description")]
    assert silent == []
    # An address can't say null.
    assert [row["name"] for row in parameters if "null" in str(row["schema"])] == []


@pytest.fixture
def one_connection():
    """The program speaks to the site as a server would; Django would then end the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
def test_whatever_the_description_allows_is_answered_as_it_says(whole):
    schema = schemathesis.openapi.from_dict(copy.deepcopy(description()))
    schema.app = application
    tried = []
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy()

        @hypothesis.given(case=strategy)
        @hypothesis.settings(
            max_examples=TRIES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        def attempt(case):
            response = case.call(headers={"Host": "testserver", "Accept-Encoding": "identity"})
            tried.append(response.status_code)
            case.validate_response(response, checks=CHECKS)

        attempt()
    assert len(tried) >= 18 * TRIES / 2
    assert {200, 404} <= set(tried)
