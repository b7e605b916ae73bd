"""The README shows what the commands really print."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.browser.serving import desk

ROOT = Path(__file__).parents[1]
BOTH_LANGUAGES = {"LC_ALL": "C.UTF-8", "EXTRACT_LANG": ""}  # as on a bare machine
READMES = ("README.md", "README.zh.md")
FACTS = "indicator,value,unit,period\n地区生产总值,2638.9亿元,元,2024\n固定资产投资,5.9,%,2024\n"


def extract(*arguments: str, cwd: Path = ROOT, given: str = "") -> str:
    """What a command prints on stdout."""
    done = subprocess.run(
        [sys.executable, "-m", "extract.cli", *arguments],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, **BOTH_LANGUAGES, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    return done.stdout


def blocks(name: str) -> list[str]:
    """The fenced blocks of a README."""
    return re.findall(r"```\w*\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory) -> Path:
    """Where the demo writes its results."""
    return tmp_path_factory.mktemp("demo") / "out"


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> tuple[str, str]:
    """The summary of the demo and one report of it, as printed."""
    summary = extract("run", "examples/", "--out", str(demo_folder)).replace(str(demo_folder), "out/demo")
    return summary, extract("show", str(demo_folder / "yunzhou-2025.json"), "--no-color")


@pytest.mark.parametrize("name", READMES)
def test_the_summary_of_the_demo_is_the_real_one(name, demo):
    assert demo[0].strip() in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_report_shown_is_the_real_one(name, demo):
    shown = next(block for block in blocks(name) if "⟨" in block)
    assert shown.strip() in demo[1]


def test_the_numbers_shown_are_the_real_ones():
    block = next(block for block in blocks("README.md") if "extract numbers -" in block)
    text = re.search(r"echo '(.*?)'", block)[1]
    printed = extract("numbers", "-", "--format", "jsonl", given=text + "\n")
    assert block.split("\n", 1)[1].strip() == printed.strip()


@pytest.mark.parametrize("name", READMES)
def test_the_verdicts_shown_are_the_real_ones(name, tmp_path):
    table = tmp_path / "facts.csv"
    table.write_text(FACTS, encoding="utf-8")
    block = next(block for block in blocks(name) if "cat facts.csv" in block)
    assert FACTS in block
    printed = extract("check", "examples/yunzhou-2025.txt", str(table), "--format", "jsonl")
    assert "\n".join(printed.splitlines()[:2]) in block


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """A folder with the samples and a copy of one of them in which a number differs."""
    folder = tmp_path_factory.mktemp("copied")
    (folder / "examples").mkdir()
    for path in (ROOT / "examples").glob("*.txt"):
        (folder / "examples" / path.name).write_bytes(path.read_bytes())
    text = (ROOT / "examples/yunzhou-2025.txt").read_text(encoding="utf-8")
    (folder / "copy.txt").write_text(text.replace("2638.9亿元", "2683.9亿元"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", READMES)
def test_the_differences_shown_are_the_real_ones(name, copied):
    shown = next(block for block in blocks(name) if "extract diff" in block)
    printed = extract("diff", "examples/yunzhou-2025.txt", "copy.txt", cwd=copied)
    assert shown.split("copy.txt\n", 2)[2].strip() == printed.strip()


def test_the_ingest_shown_is_the_real_one(copied):
    shown = next(block for block in blocks("README.md") if "extract ingest" in block)
    samples = ("examples/yunzhou-2024.txt", "examples/yunzhou-2025.txt")
    printed = extract("ingest", *samples, "copy.txt", "--out", "texts", cwd=copied)
    assert shown.split("\n", 1)[1].strip() == printed.strip()


@pytest.mark.parametrize("name", READMES)
def test_what_is_shown_of_a_pdf_is_the_real_thing(name):
    block = next(block for block in blocks(name) if "yunzhou-2025.pdf" in block)
    path = re.search(r"extract show (\S+)", block)[1]
    assert block.split("\n", 1)[1] in extract("show", path, "--no-color")


def test_the_row_of_the_panel_shown_is_a_real_one(tmp_path):
    block = next(block for block in blocks("README.md") if "extract panel out/demo" in block)
    keys = re.search(r"'\[(.*?)\]'", block)[1].replace(".", "").split(", ")
    extract("run", "examples/", "--out", str(tmp_path / "out"))
    first = json.loads(extract("panel", str(tmp_path / "out"), "--stated").splitlines()[0])
    assert json.loads(block.splitlines()[-1]) == [first[key] for key in keys]


@pytest.mark.parametrize("name", READMES)
def test_the_matches_shown_are_the_real_ones(name):
    block = next(block for block in blocks(name) if "extract indicators match" in block)
    for shown in block.split("$ extract indicators match ")[1:]:
        wording, _, printed = shown.partition("\n")
        assert extract("indicators", "match", wording).strip() == printed.strip()


def test_the_data_frame_shown_is_the_real_one(demo, demo_folder):
    """The snippet of the README is run as it stands there."""
    (code,) = re.findall(
        r"```python\n(import extract, .*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    done = subprocess.run(
        [sys.executable, "-c", code.replace("out/demo", str(demo_folder))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.stdout in blocks("README.md")


def test_the_chart_shown_is_the_real_one(demo, demo_folder):
    """Drawn anew, it is the same but for fonts."""
    indicators = ("gdp_growth", "budget_revenue_growth", "fixed_asset_investment_growth", "urban_new_jobs")
    options = [part for one in indicators for part in ("--indicator", one)]
    drawn = extract("chart", "tracking", str(demo_folder), "--format", "svg", *options)
    shown = (ROOT / "docs/targets-and-actuals.svg").read_text(encoding="utf-8")
    texts = [re.findall(r">([^<>]+)</text>", one) for one in (drawn, shown)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("name", READMES)
def test_the_calls_of_the_desk_shown_are_the_real_ones(name, demo, demo_folder, tmp_path, monkeypatch):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    shown = next(block for block in blocks(name) if "curl" in block)
    out = shutil.copytree(demo_folder, tmp_path / "out")
    monkeypatch.setenv("EXTRACT_DESK_SECRET", "0123456789abcdef" * 4)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    extract(
        "desk", "user", "add", "li", "--role", "administrator", "--out", str(out), given="long enough 1\n"
    )
    with desk(out) as address:
        script = shown.replace("http://127.0.0.1:8750", address).replace("out/demo", str(out))
        lines = re.findall(r"^\$ ((?:.*\\\n)*.*)", script, re.MULTILINE)
        ran = "\n".join(
            ["extract() { " + sys.executable + ' -m extract.cli "$@"; }', *(f"{one}; echo" for one in lines)]
        )
        done = subprocess.run(["bash", "-c", ran], cwd=ROOT, capture_output=True, text=True, check=True)
    printed = re.sub(r"\n\n+", "\n", done.stdout).strip().splitlines()
    expected = [line for line in shown.splitlines() if line.startswith("{")]
    assert len(printed) == len(expected) == 3
    for real, one in zip(printed, expected, strict=True):
        assert re.fullmatch(".+".join(map(re.escape, one.split("…"))), real), real


def test_both_languages_name_the_same_commands():
    named = [
        set(re.findall(r"`extract ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"))) for name in READMES
    ]
    assert named[0] == named[1] >= {"run", "show", "numbers", "check", "export", "eval", "schema"}


@pytest.mark.parametrize("name", READMES)
def test_no_placeholder_is_left(name):
    assert re.findall(r"@[A-Z]+@", (ROOT / name).read_text(encoding="utf-8")) == []
