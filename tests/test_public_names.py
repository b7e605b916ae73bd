"""The names that other people's code may import."""

import subprocess
import sys

import extract


def test_the_public_names_are_these():
    assert extract.__all__ == [
        "ExtractError",
        "Mention",
        "RulesEngine",
        "__version__",
        "find_mentions",
        "load",
        "process_source",
        "read_source",
    ]


def test_each_public_name_is_there():
    assert all(getattr(extract, name) is not None for name in extract.__all__)


def test_importing_the_package_loads_nothing_heavy():
    loaded = subprocess.run(
        [sys.executable, "-c", "import extract, sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert not {"pydantic", "typer", "rich", "openpyxl"} & set(loaded)


def test_the_whole_route_in_three_lines(small_report):
    outcome = extract.process_source(small_report.encode(), "linjiang.txt", extract.RulesEngine())
    (result,) = outcome.results
    assert {record.type for record in result.records} == {"achievement", "goal", "livelihood_project"}
    assert all(row.state != "unclaimed" for row in result.ledger)
