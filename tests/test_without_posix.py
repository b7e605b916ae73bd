"""The whole program where there is nothing of POSIX, as on Windows: a stand-in for that system, which is not here.

`without_posix/sitecustomize.py` takes the modules and functions away in every process that is started.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).parent / "documents" / "readers" / "samples"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("EXTRACT_", "OPENAI_"))},
    "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "without_posix"), str(ROOT)]),
    "PYTHONWARNINGS": "ignore:only soft file lock",  # filelock has another lock on Windows
    "PYTHONIOENCODING": "utf-8",
    "USERNAME": "analyst",
}


def extract(*arguments: object, cwd: Path, code: int = 0) -> str:
    """What `extract ARGUMENTS` prints; nothing may be said of a fault."""
    command = [sys.executable, "-m", "extract.cli", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "unexpected error" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A working folder in which the reports of the samples were read: two texts, and a PDF in a process."""
    here = tmp_path_factory.mktemp("windows")
    extract("run", ROOT / "examples", SAMPLES / "yunzhou-2025.pdf", "--out", "out", "--jobs", "2", cwd=here)
    return here


def test_nothing_of_posix_is_there():
    """Or the other tests of this module would show nothing."""
    program = "import os, signal\nassert not hasattr(os, 'killpg') and not hasattr(signal, 'setitimer')\nimport fcntl"
    done = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    assert "No module named 'fcntl'" in done.stderr


def test_reports_are_read_and_left_as_they_are_the_second_time(folder):
    manifest = json.loads((folder / "out" / "manifest.json").read_bytes())
    assert [one["status"] for one in manifest["sources"]] == ["done"] * 3
    before = (folder / "out" / "yunzhou-2024.json").read_bytes()
    again = json.loads(extract("run", ROOT / "examples", "--out", "out", "--json", cwd=folder))
    assert [one["unchanged"] for one in again["sources"]] == [True, True]
    assert (folder / "out" / "yunzhou-2024.json").read_bytes() == before


def test_results_are_shown(folder):
    assert "研发经费支出" in extract("show", "out/yunzhou-2025.json", cwd=folder)


def test_facts_are_exported(folder):
    extract("export", "out", "--table", "facts", "--format", "csv", "--output", "facts.csv", cwd=folder)
    assert "地区生产总值" in (folder / "facts.csv").read_text(encoding="utf-8-sig")
    lines = extract("export", "out", "--table", "facts", "--format", "jsonl", cwd=folder).splitlines()
    assert all(json.loads(line)["report_id"] for line in lines)


def test_texts_are_ingested(folder):
    extract("ingest", ROOT / "examples", "--out", "texts", cwd=folder)
    assert (folder / "texts" / "yunzhou-2024.txt").is_file()


def test_the_doctor_says_how_documents_are_bounded(folder):
    said = extract("doctor", "--no-ask", "--json", "--base-url", "http://127.0.0.1:9/v1", cwd=folder, code=1)
    findings = {row["what"]: row["says"] for row in map(json.loads, said.splitlines())}
    assert "this program limits" in findings["reading of documents"]


def test_the_desk_answers(folder):
    command = [sys.executable, "-m", "extract.cli", "desk", "out", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, encoding="utf-8"
    ) as desk:
        assert desk.stderr
        try:
            said = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in desk.stderr)
            address = next(found[0] for found in said if found)
            with urllib.request.urlopen(f"{address}/") as page:  # noqa: S310 - our own
                assert "yunzhou-2024" in page.read().decode()
            with urllib.request.urlopen(f"{address}/static/desk.js") as script:  # noqa: S310
                assert script.headers["content-type"].startswith("text/javascript")
        finally:
            desk.terminate()


def test_a_model_is_asked_and_what_it_cost_is_written_down(tmp_path):
    """The cache of answers and the journal of spending, by recorded answers."""
    command = [sys.executable, "-m", "cassettes.play", "capable", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "out" / "spending.jsonl").read_bytes().splitlines(keepends=True)
    assert {json.loads(line)["event"] for line in lines} == {"sent", "booked"}
    assert not any(line.endswith(b"\r\n") for line in lines)
