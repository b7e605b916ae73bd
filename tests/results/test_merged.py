"""Which copy of a report stands for the others."""

import json
from pathlib import Path

from extract.results.merged import superfluous
from tests.cli.conftest import Invoke, invoke, work

__all__ = ["invoke", "work"]


def test_the_whole_copy_stands_for_the_broken_one(invoke: Invoke, work: Path, small_report: str):
    """Only on request; other reports stay."""
    (work / "a.txt").write_text(small_report.partition("力争引进")[0], encoding="utf-8")
    (work / "b.txt").write_text(small_report, encoding="utf-8")
    (work / "c.txt").write_text(small_report.replace("临江", "望海"), encoding="utf-8")
    invoke("run", "a.txt", "b.txt", "c.txt", "--out", "out")
    assert superfluous(Path("out")) == {"a": "b"}

    def reports(*options: str) -> set[str]:
        return {row["report_id"] for row in invoke("export", "out", *options).rows}

    assert reports() == {"a", "b", "c"}
    assert reports("--merge-copies") == {"b", "c"}
    assert "a is a copy of b" in invoke("export", "out", "--merge-copies").err


def test_a_copy_that_is_gone_stands_for_nothing(invoke: Invoke, work: Path, small_report: str):
    (work / "a.txt").write_text(small_report, encoding="utf-8")
    (work / "b.txt").write_text(small_report, encoding="utf-8")
    invoke("run", "a.txt", "b.txt", "--out", "out")
    assert superfluous(Path("out")) == {"b": "a"}
    (work / "out/a.json").unlink()
    assert superfluous(Path("out")) == {}


def test_a_folder_without_copies_loses_nothing(invoke: Invoke, work: Path):
    invoke("run", "r.txt", "--out", "out")
    assert superfluous(Path("out")) == {}
    assert (
        json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))["sources"][0]["reports"][0][
            "same_as"
        ]
        == []
    )
