"""A run: what it saves, what it leaves alone, how it resumes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.errors import ResultsFolderError
from extract.runs import run as run_module
from extract.runs.run import Plan, RunState, SourceDone, run_sources
from extract.runs.sources import find_sources

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_report: str) -> Path:
    """Two reports and a text that is none, in the working folder."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(small_report, encoding="utf-8")
    (tmp_path / "in/b.txt").write_text(small_report.replace("临江", "望海"), encoding="utf-8")
    (tmp_path / "in/c.txt").write_text("今天天气晴朗。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def go(*arguments: str, on_done: Callable[[SourceDone], None] = lambda _: None, **options: Any) -> RunState:
    """A run with a clock that stands still."""
    out = Path("out")
    found = find_sources(arguments or ("in",), out)
    plan = Plan(found.sources, out, "rules", 1, 1_000_000)
    return run_sources(replace(plan, **options), on_done, now=lambda: "2024-01-01T00:00:00+00:00")


def files(out: str = "out") -> dict[str, bytes]:
    """Everything in the folder of results but the lock."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(Path(out).rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def manifest() -> dict[str, Any]:
    """The manifest as others read it."""
    return json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("folder")
def test_a_run_saves_each_report_and_says_what_became_of_each_source() -> None:
    """Done and no report are two things."""
    state = go()
    assert [done.entry.status for done in state.done] == ["done", "done", "no_report"]
    assert sorted(files()) == ["a.json", "b.json", "manifest.json"]
    sources = manifest()["sources"]
    assert [source["path"] for source in sources] == ["in/a.txt", "in/b.txt", "in/c.txt"]
    assert sources[2]["error"]["code"] == "no_report"
    assert sources[2]["error"]["hint"]
    assert manifest()["compared"]


@pytest.mark.usefixtures("folder")
def test_running_again_changes_nothing() -> None:
    """What is there is not done again, and every byte stays."""
    go()
    before = files()
    state = go()
    assert [done.unchanged for done in state.done] == [True, True, False]
    assert files() == before
    assert [one.id for done in state.done for one in done.summaries] == ["a", "b"]


@pytest.mark.usefixtures("folder")
def test_fresh_does_everything_again_to_the_same_bytes() -> None:
    """As does a run with several processes."""
    go()
    before = files()
    state = go(fresh=True, jobs=2)
    assert not any(done.unchanged for done in state.done)
    assert files() == before


@pytest.mark.usefixtures("folder")
def test_a_damaged_or_deleted_result_is_made_again() -> None:
    """The manifest knows the hash of what it saved."""
    go()
    before = files()
    Path("out/a.json").write_bytes(before["a.json"][:100])
    Path("out/b.json").unlink()
    go()
    assert files() == before


@pytest.mark.usefixtures("folder")
def test_a_changed_source_is_done_again(small_report: str) -> None:
    """And only that one."""
    go()
    Path("in/a.txt").write_text(small_report.replace("12所", "15所"), encoding="utf-8")
    assert [done.unchanged for done in go().done] == [False, True, False]
    assert "15所" in Path("out/a.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_changed_rules_are_not_the_same_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result of the program as it was yesterday is not taken for today's."""
    go()
    monkeypatch.setattr(run_module, "recipe", lambda _engine: "rules/-/9.9.9/1/else")
    assert not any(done.unchanged for done in go().done)


@pytest.mark.usefixtures("folder")
def test_sources_of_other_runs_keep_their_entries() -> None:
    """The manifest accumulates."""
    go("in/a.txt")
    go("in/b.txt")
    assert [source["path"] for source in manifest()["sources"]] == ["in/a.txt", "in/b.txt"]


@pytest.mark.usefixtures("folder")
def test_a_source_that_fails_now_keeps_the_result_that_it_had() -> None:
    """Nothing that was there before is lost."""
    go()
    before = files()
    Path("in/a.txt").write_bytes(b"")
    state = go()
    assert state.done[0].entry.status == "failed"
    assert files()["a.json"] == before["a.json"]
    assert manifest()["sources"][0]["reports"][0]["id"] == "a"


@pytest.mark.usefixtures("folder")
def test_a_result_that_its_source_gives_no_longer_is_set_aside(small_report: str) -> None:
    """One report became two, so that the old name is nobody's."""
    go()
    Path("in/a.txt").write_text(
        small_report + "\n\n" + small_report.replace("临江", "望海").replace("2024", "2023"), encoding="utf-8"
    )
    state = go()
    assert [(source, path.as_posix()) for source, path in state.set_aside] == [
        ("in/a.txt", "out/superseded/a.json")
    ]
    assert "superseded/a.json" in files()
    assert len([name for name in files() if name.startswith("a-")]) == 2


@pytest.mark.usefixtures("folder")
def test_an_interrupted_run_keeps_what_is_done_and_resumes() -> None:
    """The second run does only the rest, and ends where an undisturbed one would have ended."""
    go()
    whole = {name: data for name, data in files().items() if name != "manifest.json"}
    for name in files():
        Path("out", name).unlink()

    def interrupt(_done: SourceDone) -> None:
        raise KeyboardInterrupt

    state = go(on_done=interrupt)
    assert state.interrupted
    assert manifest()["run"]["interrupted"]
    assert sorted(files()) == ["a.json", "manifest.json"]
    assert [done.unchanged for done in go().done] == [True, False, False]
    assert {name: data for name, data in files().items() if name != "manifest.json"} == whole


@pytest.mark.usefixtures("folder")
def test_reports_of_one_region_are_compared_after_the_run(small_report: str) -> None:
    """Also when the second report comes in a later run; and a second look finds nothing new."""
    go("in/a.txt")
    Path("in/d.txt").write_text(small_report.replace("162.3亿元", "171.9亿元"), encoding="utf-8")
    state = go("in/d.txt")
    assert state.done[0].summaries[0].flagged == 1
    assert "copies_differ" in Path("out/a.json").read_text(encoding="utf-8")
    before = files()
    assert [done.unchanged for done in go("in/a.txt", "in/d.txt").done] == [True, True]
    assert {**files(), "manifest.json": b""} == {**before, "manifest.json": b""}


@pytest.mark.usefixtures("folder")
def test_a_settled_difference_is_unflagged(small_report: str) -> None:
    """Once the wrong figure is corrected in its source."""
    Path("in/d.txt").write_text(small_report.replace("162.3亿元", "171.9亿元"), encoding="utf-8")
    go("in/a.txt", "in/d.txt")
    Path("in/d.txt").write_text(small_report, encoding="utf-8")
    go("in/a.txt", "in/d.txt")
    assert "copies_differ" not in Path("out/a.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_copies_of_a_source_share_its_result(small_report: str) -> None:
    """In another folder, or by another path; and running again finds all of them unchanged."""
    for name in ("copies/one/a.txt", "copies/two/a.txt"):
        Path(name).parent.mkdir(parents=True)
        Path(name).write_text(small_report, encoding="utf-8")
    state = go("in/a.txt", "copies", str(Path("in/b.txt").absolute()), "in/b.txt")
    assert sorted(files()) == ["a.json", "b.json", "manifest.json"]
    assert [one.id for one in state.summaries] == ["a", "b"]
    again = go("in/a.txt", "copies")
    assert [done.unchanged for done in again.done] == [True, True, True]
    Path("copies/two/a.txt").write_text("今天天气晴朗。", encoding="utf-8")
    assert go("copies").set_aside == []
    assert "a.json" in files()


@pytest.mark.usefixtures("folder")
def test_a_source_that_is_no_report_any_more_leaves_the_tables() -> None:
    """Its earlier result is set aside, and that is said."""
    go()
    Path("in/a.txt").write_text("今天天气晴朗。", encoding="utf-8")
    state = go()
    assert [(source, path.name) for source, path in state.set_aside] == [("in/a.txt", "a.json")]
    assert "a.json" not in files()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("content", ["{}", "not json", '{"manifest_version": 99}'])
def test_somebody_elses_manifest_is_never_overwritten(content: str) -> None:
    """It might be the manifest of something else altogether."""
    Path("out").mkdir()
    Path("out/manifest.json").write_text(content)
    with pytest.raises(ResultsFolderError, match="not a manifest that this version can read"):
        go()
    assert Path("out/manifest.json").read_text(encoding="utf-8") == content


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_a_killed_run_leaves_whole_files_and_resumes(killed_at: int) -> None:
    """Without any chance to tidy up; the next run ends where an undisturbed one would have ended."""
    go()
    whole = {name: data for name, data in files().items() if name != "manifest.json"}
    for name in files():
        Path("out", name).unlink()
    program = (
        "import os\n"
        "from pathlib import Path\n"
        "from extract.runs.run import Plan, run_sources\n"
        "from extract.runs.sources import find_sources\n"
        "done = []\n"
        "def kill(one):\n"
        "    done.append(one)\n"
        f"    if len(done) == {killed_at}:\n"
        "        Path('out/.x.json.1.part').write_text('half')\n"
        "        os._exit(9)\n"
        "run_sources(Plan(find_sources(['in'], Path('out')).sources, Path('out'), 'rules', 1, 10**6), kill)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], check=False, env=environment).returncode == 9
    for path in Path("out").glob("*.json"):
        assert whole[path.name] == path.read_bytes()
    assert not go().interrupted
    assert {name: data for name, data in files().items() if name != "manifest.json"} == whole
