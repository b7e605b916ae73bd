"""Whatever the description of the API allows, and more, is answered without a fault of ours."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from starlette.testclient import TestClient

from extract.desk.access import COOKIE
from extract.desk.filters import parse_filter
from extract.desk.listing import first
from extract.desk.store import Store
from extract.results.files import parse
from tests.desk.conftest import ANN, HERE

CASES = 6
"""Of each route and each mode."""
FAULT = 500
NO_LOGIN = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
"""An invented token would end every request before it begins; without any, the local person asks."""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_meets_a_fault(client: TestClient, mode: GenerationMode) -> None:
    """What is allowed and what is not: an answer, and never one of the five hundreds."""
    ask_all(client, mode, CASES)


def ask_all(client: TestClient, mode: GenerationMode, cases: int) -> int:
    """Ask every route so many times.

    Returns:
        How many answers there were.
    """
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", client.app, config=NO_LOGIN, headers={"Host": "127.0.0.1:8750"}
    )
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/events"):
            continue  # it lasts as long as its job

        @settings(
            max_examples=cases,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            response = case.call(base_url=HERE)
            asked += 1
            assert response.status_code < FAULT, (case.method, case.formatted_path, response.status_code)

        with suppress(Unsatisfiable):  # some routes have nothing that could be wrong
            ask()
    return asked


def test_odd_values_in_real_requests_meet_no_fault(client: TestClient, store: Store) -> None:
    """Lone surrogates, NUL, numbers beyond any column, nested bodies, on an item that is there."""
    key = first(store, parse_filter([]), ANN)
    odd = ["\\ud800", "\\u0000", "x" * 3_000, "=1+1", "<script>"]
    bodies = [f'{{"verdict":"reject","version":1,"why":"{value}"}}' for value in odd]
    bodies += [
        f'{{"verdict":"correct","version":1,"changes":{{"indicator":{value}}}}}'
        for value in ('"\\ud800"', '"\\u0000"', "1e999", "[[]]", "{}", "null", "true", str(10**400))
    ]
    bodies += [
        '{"verdict":"correct","version":1,"changes":{"figures":[{"value":"1e999999999"}]}}',
        '{"verdict":"correct","version":1,"changes":{"figures":[{"value":"NaN"}]}}',
        '{"verdict":"correct","version":1,"changes":{"start":"-1","end":"99999999999"}}',
        f'{{"verdict":"reject","version":{10**30}}}',
        "[" * 5_000,
        "",
    ]
    for body in bodies:
        answer = client.post(
            f"/api/items/{key}/decisions", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code < FAULT, (body[:80], answer.text)
        undone = client.get(f"/api/items/{key}")
        assert undone.status_code == 200
    for address in (
        "/api/items?code=%00",
        "/api/items?code=%ff",
        "/api/items?report=%ed%a0%80",
        "/api/reports/%00",
    ):
        assert client.get(address).status_code < FAULT, address


def test_the_description_says_how_to_log_in(client: TestClient) -> None:
    """A token or a session, wherever somebody has to be known; either is enough."""
    described = client.get("/api/openapi.json").json()
    schemes = described["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    assert [schemes["session"][part] for part in ("type", "in", "name")] == ["apiKey", "cookie", COOKIE]
    assert described["paths"]["/api/items"]["get"]["security"] == [{"token": []}, {"session": []}]
    assert "security" not in described["paths"]["/health"]["get"]


def test_the_description_says_what_a_result_is(client: TestClient) -> None:
    """And what is sent is the file, as it is."""
    described = client.get("/api/openapi.json").json()
    answer = described["paths"]["/api/reports/{report_id}/result"]["get"]["responses"]["200"]
    name = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert {"report", "records", "ledger", "manifest"} <= set(
        described["components"]["schemas"][name]["properties"]
    )
    sent = client.get("/api/reports/yunzhou-2025/result")
    assert parse(sent.content, "sent").report.id == "yunzhou-2025"
