"""Whatever the description of the API allows, and more, is answered without a fault of ours."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from starlette.testclient import TestClient

from extract.desk.filters import parse_filter
from extract.desk.queries import first
from extract.desk.store import Store
from tests.desk.conftest import ANN, HERE

CASES = 6
"""Of each route and each mode."""
FAULT = 500


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
        "/api/openapi.json", client.app, headers={"Host": "127.0.0.1:8750"}
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
