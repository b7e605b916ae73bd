"""`extract run` again: what is new, what is unchanged, and what is gone."""

import json
from pathlib import Path

import pytest

from extract.results.manifest import read_manifest

from .conftest import Invoke, Ran

MENU = "首页\n政务公开\n网站地图\n联系我们\n"


@pytest.fixture
def folder(work: Path, small_report: str) -> Path:
    """Three reports of three cities."""
    made = work / "in"
    made.mkdir()
    for name, city in (("a", "临江市"), ("b", "望海市"), ("c", "澄湖市")):
        (made / f"{name}.txt").write_text(small_report.replace("临江市", city), encoding="utf-8")
    return made


def again(invoke: Invoke, *options: str) -> Ran:
    return invoke("run", "in", "--out", "out", *options)


def closing(ran: Ran) -> str:
    """The closing line in English."""
    return next(line for line in ran.out.splitlines() if " → out" in line)


@pytest.mark.usefixtures("folder")
def test_a_run_that_finds_nothing_new_prints_no_table(invoke: Invoke) -> None:
    """But says how many there are, and how to see them."""
    assert "new" not in closing(again(invoke))
    ran = again(invoke)
    assert (ran.code, ran.err) == (0, "")
    assert "report  " not in ran.out
    assert "Nothing new." in ran.out
    assert "extract show out" in ran.out
    assert closing(ran).startswith("3 reports from 3 sources, ")
    assert "3 unchanged" in closing(ran)


def test_a_run_shows_what_is_new_and_what_has_changed(
    invoke: Invoke, folder: Path, small_report: str
) -> None:
    again(invoke)
    (folder / "b.txt").write_text(small_report.replace("临江市", "望海市").replace("162.3", "163.2"))
    (folder / "d.txt").write_text(small_report.replace("临江市", "南屏市"), encoding="utf-8")
    ran = again(invoke)
    assert [line.split()[0] for line in ran.out.splitlines()[:3]] == ["report", "b", "d"]
    assert "1 new, 1 changed, 2 unchanged" in closing(ran)


@pytest.mark.usefixtures("folder")
def test_what_is_asked_for_again_is_shown_again(invoke: Invoke) -> None:
    again(invoke)
    ran = again(invoke, "--fresh")
    assert [line.split()[0] for line in ran.out.splitlines()[:4]] == ["report", "a", "b", "c"]
    assert "3 read again" in closing(ran)


@pytest.mark.usefixtures("folder")
def test_json_holds_all_of_them_every_time(invoke: Invoke) -> None:
    """With what each is to the folder of results."""
    for change in ("new", "unchanged"):
        content = json.loads(again(invoke, "--json").out)
        assert [one["id"] for one in content["reports"]] == ["a", "b", "c"]
        assert {one["change"] for one in content["sources"]} == {change}
        assert (content["gone"], content["pruned"]) == ([], False)


def test_menus_that_were_left_out_are_one_line_at_the_end(
    invoke: Invoke, folder: Path, small_report: str
) -> None:
    """Nothing that reads as a refusal, however many sources had some."""
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"{MENU}{small_report}\n{MENU}", encoding="utf-8")
    ran = again(invoke)
    assert ran.code == 0
    assert "Left out of 2 sources: menus and page furniture; extract ingest shows it." in ran.out
    assert "no report" not in ran.out
    assert not any(line.startswith("in/") for line in ran.out.splitlines())


def test_a_source_that_is_gone_is_named_and_its_result_stays(invoke: Invoke, folder: Path) -> None:
    again(invoke)
    (folder / "b.txt").unlink()
    ran = again(invoke)
    assert ran.code == 0
    assert "1 source is gone since an earlier run: in/b.txt." in ran.err
    assert "--prune" in ran.err
    assert "2 unchanged, 1 gone" in closing(ran)
    assert Path("out/b.json").exists()
    assert json.loads(again(invoke, "--json").out)["gone"] == ["in/b.txt"]


def test_prune_removes_the_results_of_sources_that_are_gone(invoke: Invoke, folder: Path) -> None:
    """Of these alone; and they are forgotten."""
    again(invoke)
    (folder / "b.txt").unlink()
    ran = again(invoke, "--prune")
    assert ran.code == 0
    assert "1 source is gone, and its results were removed: in/b.txt." in ran.err
    assert sorted(path.name for path in Path("out").glob("?.json")) == ["a.json", "c.json"]
    manifest = read_manifest(Path("out"))
    assert manifest
    assert [entry.path for entry in manifest.sources] == ["in/a.txt", "in/c.txt"]
    assert again(invoke, "--prune").err == ""


def test_prune_leaves_what_somebody_changed(invoke: Invoke, folder: Path) -> None:
    """A result with notes of a person in it is theirs."""
    again(invoke)
    (folder / "b.txt").unlink()
    result = Path("out/b.json")
    result.write_text(result.read_text(encoding="utf-8") + " ", encoding="utf-8")
    ran = again(invoke, "--prune")
    assert "out/b.json was changed after the run, so it was not removed." in ran.err
    assert result.exists()


def test_prune_leaves_the_decisions_of_the_desk(invoke: Invoke, folder: Path) -> None:
    """Somebody decided on a record of a source that is gone; the store keeps that."""
    from extract.desk.store import default_url

    again(invoke)
    store = Path(default_url(Path("out")).removeprefix("sqlite:///"))
    store.parent.mkdir()
    store.write_bytes(b"decisions")
    (folder / "b.txt").unlink()
    assert again(invoke, "--prune").code == 0
    assert store.read_bytes() == b"decisions"


def test_prune_leaves_what_a_copy_of_the_source_still_gives(invoke: Invoke, folder: Path, work: Path) -> None:
    """The same file by another path has the same result."""
    (work / "more").mkdir()
    (work / "more/a.txt").write_bytes((folder / "a.txt").read_bytes())
    invoke("run", "in", "more", "--out", "out")
    (folder / "a.txt").unlink()
    assert invoke("run", "in", "more", "--out", "out", "--prune").code == 0
    assert Path("out/a.json").exists()


@pytest.mark.parametrize("named", ["in/a.txt", "in/*.txt", "in"])
def test_a_folder_that_was_looked_at_may_be_named_in_any_way(
    invoke: Invoke, folder: Path, named: str
) -> None:
    """A shell has put the names of files in the place of a pattern."""
    again(invoke)
    (folder / "b.txt").unlink()
    assert "in/b.txt" in invoke("run", named, "--out", "out").err


def test_sources_elsewhere_are_not_said_to_be_gone(invoke: Invoke, folder: Path, work: Path) -> None:
    """A run of other sources into the same folder looked for nothing there; nor does one from another place."""
    again(invoke)
    (folder / "b.txt").unlink()
    ran = invoke("run", "r.txt", "--out", "out", "--prune")
    assert ran.err == ""
    assert (work / "out/b.json").exists()


def test_a_folder_that_is_missing_as_a_whole_prunes_nothing(invoke: Invoke, folder: Path) -> None:
    """A disk that is not mounted is no wish to forget."""
    again(invoke)
    folder.rename("elsewhere")
    ran = invoke("run", "in", "r.txt", "--out", "out", "--prune")
    assert ran.code == 1
    assert sorted(path.name for path in Path("out").glob("?.json")) == [
        "a.json",
        "b.json",
        "c.json",
        "r.json",
    ]


@pytest.mark.usefixtures("folder")
def test_sources_beyond_a_limit_are_not_gone(invoke: Invoke) -> None:
    again(invoke)
    assert again(invoke, "--limit", "1").err == ""


def test_a_document_that_left_its_archive_is_gone(invoke: Invoke, work: Path, small_report: str) -> None:
    """And so are all with the archive itself; one that is damaged tells nothing."""
    import zipfile

    def pack(*names: str) -> None:
        with zipfile.ZipFile(work / "z.zip", "w") as archive:
            for name in names:
                archive.writestr(
                    name, small_report.replace("临江市", {"x.txt": "望海市", "y.txt": "澄湖市"}[name])
                )

    pack("x.txt", "y.txt")
    invoke("run", "z.zip", "--out", "out")
    pack("x.txt")
    assert "z.zip/y.txt" in invoke("run", "z.zip", "--out", "out", "--prune").err
    (work / "z.zip").write_bytes(b"PK\x03\x04 damaged")
    ran = invoke("run", "z.zip", "--out", "out", "--prune")
    assert ran.code == 1
    assert "gone" not in ran.err
    assert Path("out/x.json").exists()
    (work / "z.zip").unlink()
    assert "z.zip/x.txt" in invoke("run", ".", "--out", "out").err


def test_a_file_is_not_to_be_compared_with_itself(invoke: Invoke, work: Path, small_report: str) -> None:
    """It may hold a report twice; there is nothing that `extract diff` could show then."""
    made = work / "in"
    made.mkdir()
    (made / "twice.txt").write_text(f"{small_report}\n\n{small_report}", encoding="utf-8")
    ran = again(invoke)
    assert "the same report as" in ran.out
    assert "extract diff" not in ran.out


def test_why_nothing_can_be_tracked_is_said_in_one_language(invoke: Invoke, folder: Path) -> None:
    """That of the reader."""
    again(invoke)
    assert folder.is_dir()
    assert "nothing to track" not in invoke("--lang", "zh", "tracking", "out").err
    assert "没有可对照的目标" in invoke("--lang", "zh", "tracking", "out").err
    assert "另有2个地区可用 --region 指定。\n" in invoke("--lang", "zh", "chart", "tracking", "out").err
