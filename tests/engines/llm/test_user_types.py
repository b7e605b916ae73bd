"""Record types of a user's own, with the worked example of the repository."""

import asyncio
import json
from pathlib import Path

import pytest

from extract.checks import ground
from extract.engines.llm.engine import LlmEngine, llm_engine
from extract.engines.llm.exchange import Check, Reply, Request, Usage
from extract.engines.llm.user_types import load_types
from extract.errors import SettingsError
from extract.pipeline import conclude
from extract.results.files import render
from schemas import discovery, record_types
from schemas.result import Result

from .speaking import read

REPORT = """临江市2024年政府工作报告

各位代表：
现在，我代表市人民政府，向大会报告工作。

一、2023年工作回顾
全市地区生产总值增长6.4%。

二、2024年重点工作
加快临海高速建设，完成投资38亿元；实施亿元以上项目60个。

各位代表，让我们携手奋进！谢谢大家。
"""


@pytest.fixture(autouse=True)
def _types_as_before(monkeypatch: pytest.MonkeyPatch):
    """A type that a test adds is gone after it."""
    monkeypatch.setattr(discovery, "_ADDED", {})
    record_types.cache_clear()
    yield
    monkeypatch.undo()
    record_types.cache_clear()


def record(kind: str, indicator: str, text: str, **own: str | None) -> dict[str, object]:
    figure = {"text": text, "kind": "level", "direction": None, "modifier": "exact", "period": "2024"}
    common = {"category": None, "sentences": [2], "commitment": None, "status": None, "figures": [figure]}
    return {"type": kind, "indicator": indicator, "project": None, "stage": None, **common, **own}


def custom(examples: Path) -> LlmEngine:
    folder = examples / "custom_types"
    return llm_engine("m", ground, own_types=folder / "my_types.py", own_prompts=folder / "my_prompts")


async def ask(request: Request, check: Check) -> Reply:
    """Knows one project."""
    records = []
    if "临海高速" in request.messages[1]["content"]:
        project = {"project": "临海高速", "stage": "building"}
        records = [
            record("major_project", "临海高速完成投资", "38亿元", **project),
            record("goal", "实施亿元以上项目", "60个"),
        ]
    text = json.dumps({"records": records}, ensure_ascii=False)
    assert check(text) is None
    return Reply(text, Usage(1, 1, 1))


def test_the_worked_example_gives_records_of_the_new_type(examples: Path) -> None:
    """One file with the type, one with its instructions, no change to the package."""
    engine = custom(examples)
    report, witness = read(REPORT)
    result = conclude(report, engine, witness, asyncio.run(engine.aextract(report, witness, ask)))
    (project,) = [one for one in result.records if one.type == "major_project"]
    assert (project.project, project.stage, project.issues) == ("临海高速", "building", ())
    assert [figure.text for figure in project.figures] == ["38亿元"]
    assert "major_project" in engine.prompt_hashes
    assert "## major_project" in engine.questions.system["content"]


def test_such_a_result_can_be_read_where_the_type_is_not_known(examples: Path) -> None:
    """Other programs and later runs lose nothing of it."""
    engine = custom(examples)
    report, witness = read(REPORT)
    text = render(conclude(report, engine, witness, asyncio.run(engine.aextract(report, witness, ask))))
    discovery._ADDED.clear()
    record_types.cache_clear()
    assert render(Result.model_validate_json(text)) == text


@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("1/0", "ZeroDivisionError"),
        ("x = 1", "defines no record type"),
        ("from schemas import Record\nclass A(Record):\n    pass", "no usable name"),
        ("from schemas import Record\nclass A(Record):\n    type: str = 'goal'", "already"),
        ("from schemas import Record\nclass A(Record):\n    type: str = 'a'\n    cost: int = 0", "cost"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(
    tmp_path: Path, program: str, word: str
) -> None:
    """One sentence that names the file and what is wrong in it."""
    path = tmp_path / "mine.py"
    path.write_text(program, encoding="utf-8")
    with pytest.raises(SettingsError, match=word) as caught:
        load_types(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Not an import error."""
    with pytest.raises(SettingsError, match=r"gone\.py"):
        load_types(tmp_path / "gone.py")


def test_a_type_without_instructions_is_refused(examples: Path) -> None:
    """A model that is told nothing about a type would guess."""
    with pytest.raises(SettingsError, match=r"major_project\.md is missing"):
        llm_engine("m", ground, own_types=examples / "custom_types" / "my_types.py")
