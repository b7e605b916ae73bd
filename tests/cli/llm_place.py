"""A working folder with a report and an endpoint, as the tests of commands that ask a model use them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extract.cli import main
from tests.endpoint.faults import good, question_of
from tests.endpoint.server import Endpoint
from tests.runs.asked_cases import answers_to


@dataclass
class Place:
    """A working folder with one report, and an endpoint.

    Attributes:
        folder: the working folder.
        endpoint, url: the endpoint.
        fault: what it does instead of answering; `good` answers.
        capture: what was printed.
    """

    folder: Path
    endpoint: Endpoint
    url: str
    capture: pytest.CaptureFixture[str]

    def run(self, *options: str) -> tuple[int, str, str]:
        """`extract run` with the llm engine."""
        return self.call(
            *("run", "r.txt", "--engine", "llm", "--model", "loopback", "--base-url", self.url),
            *("--mode", "json_schema", *options),
        )

    def call(self, *arguments: str) -> tuple[int, str, str]:
        """Any command: exit code, standard output, standard error."""
        code = main(arguments)
        out, err = self.capture.readouterr()
        return code, out, err

    def result(self) -> dict[str, Any]:
        """The result of the report."""
        return json.loads((self.folder / "out/r.json").read_text(encoding="utf-8"))

    def manifest(self) -> dict[str, Any]:
        """The manifest of the folder."""
        return json.loads((self.folder / "out/manifest.json").read_text(encoding="utf-8"))


def answering(text: str) -> Any:
    """Behaves well."""
    table = answers_to(text)
    return lambda body: good(table.get(question_of(body), '{"records":[]}'), body)
