"""Where the system writes GBK, as Windows in Chinese does (code page 936), and Python is not told to write UTF-8."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = (
    "tests/documents/test_decode.py",
    "tests/results",
    "tests/runs/test_run.py",
    "tests/runs/test_sources.py",
    "tests/cli/test_run.py",
    "tests/cli/test_show.py",
    "tests/cli/test_tables.py",
    "tests/cli/test_ingest.py",
    "tests/test_config.py",
)
SLOW = "long_report or processes or fresh"
OUTSIDE_GBK = "🚩€𠮷é"


@pytest.fixture(scope="module")
def gbk(tmp_path_factory) -> dict[str, str]:
    """The environment of a process on such a system."""
    if shutil.which("localedef") is None:
        pytest.skip("localedef is not here, which makes the locale")
    folder = tmp_path_factory.mktemp("locales")
    made = subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "GBK", folder / "zh_CN.GBK"], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("the sources of the locale zh_CN are not here (Debian: locales)")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_"))}
    return {**kept, "LOCPATH": str(folder), "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}


def test_the_locale_is_what_it_should_be(gbk):
    program = "import locale, sys; print(locale.getpreferredencoding(), sys.stdout.encoding)"
    done = subprocess.run(
        [sys.executable, "-c", program], env=gbk, capture_output=True, encoding="ascii", check=True
    )
    assert done.stdout.lower().split() == ["gbk", "gbk"]


def test_the_core_of_the_suite_passes(gbk):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-n0",
        "-p",
        "no:cacheprovider",
        "-k",
        f"not ({SLOW})",
        *CORE,
    ]
    done = subprocess.run(command, cwd=ROOT, env=gbk, capture_output=True, encoding="gbk", check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_lines_for_programs_are_utf8_and_tables_for_people_end_in_no_error(gbk, small_report, tmp_path):
    """What the code page lacks is shown as an escape where people read, and is there where programs do."""
    report = small_report.replace("临江市", f"临江{OUTSIDE_GBK}市")
    (tmp_path / os.fsdecode("报告.txt".encode("gbk"))).write_text(report, encoding="utf-8")

    def extract(*arguments: str) -> bytes:
        command = [sys.executable, "-m", "extract.cli", *(one.encode("gbk") for one in arguments)]
        return subprocess.run(command, cwd=tmp_path, env=gbk, capture_output=True, check=True).stdout

    assert "报告" in extract("run", "报告.txt", "--out", "结果").decode("gbk")
    extract("show", "结果").decode("gbk")
    extract("numbers", "报告.txt").decode("utf-8")
    lines = extract("export", "结果", "--table", "facts", "--format", "jsonl").decode("utf-8").splitlines()
    assert {json.loads(line)["source"] for line in lines} == {"报告.txt"}
    assert json.loads(extract("run", "报告.txt", "--out", "结果", "--json").decode("utf-8"))["sources"]
