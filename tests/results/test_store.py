"""The folder of results: nobody's file is overwritten by another source."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from extract.engines.rules import RulesEngine
from extract.errors import ResultsFolderError
from extract.pipeline import process_source
from extract.results.files import TEMPORARY_NAME, Rendered, parse, read_result, rendered, write_atomically
from extract.results.store import SUPERSEDED, Store, opened


def made(text: str, name: str) -> Rendered:
    """The rendered result of one report."""
    (only,) = process_source(text.encode(), name, RulesEngine()).results
    return rendered(only)


def test_the_first_source_keeps_the_plain_name_and_the_second_gets_its_hash(
    tmp_path: Path, small_report: str
) -> None:
    """Two files of one name in two folders are two reports."""
    store = Store(tmp_path, {})
    first, second = made(small_report, "a/r.txt"), made(small_report + "\n", "b/r.txt")
    assert store.save(first).id == "r"
    assert store.save(second).id == f"r-{second.source_sha256[:8]}"
    assert read_result(store.path("r")).report.source == "a/r.txt"
    assert read_result(store.path(f"r-{second.source_sha256[:8]}")).report.source == "b/r.txt"


def test_a_copy_shares_the_result_of_its_original(tmp_path: Path, small_report: str) -> None:
    """In one run the first one stays; numbers of a report are never counted twice."""
    store = Store(tmp_path, {})
    first = store.save(made(small_report, "a/r.txt"))
    before = store_bytes(tmp_path, "r")
    assert store.save(made(small_report, "b/r.txt")) == first
    assert store.save(made(small_report, "/elsewhere/r.txt")) == first
    assert store_bytes(tmp_path, "r") == before
    assert len(list(tmp_path.iterdir())) == 1


def test_names_are_found_for_any_number_of_sources(tmp_path: Path, small_report: str) -> None:
    """Also where the hashed name is taken by a file that is not ours."""
    store = Store(tmp_path, {})
    second = made(small_report + "\n", "b/r.txt")
    hashed = f"r-{second.source_sha256[:8]}"
    (tmp_path / f"{hashed}.json").write_text("{}")
    store.save(made(small_report, "a/r.txt"))
    assert store.save(second).id == f"{hashed}-2"


def test_the_same_source_replaces_its_own_result(tmp_path: Path, small_report: str) -> None:
    """A corrected file gives a corrected result under the same name, also without a manifest."""
    Store(tmp_path, {}).save(made(small_report, "a/r.txt"))
    changed = made(small_report.replace("12所", "13所"), "a/r.txt")
    assert Store(tmp_path, {}).save(changed).id == "r"
    assert store_bytes(tmp_path, "r") == changed.data


def store_bytes(folder: Path, report_id: str) -> bytes:
    """What a folder holds for a report."""
    return (folder / f"{report_id}.json").read_bytes()


def test_a_file_that_is_not_ours_is_never_overwritten(tmp_path: Path, small_report: str) -> None:
    """Whatever stands there under our name."""
    (tmp_path / "r.json").write_text('{"keep": "me"}')
    saved = Store(tmp_path, {}).save(made(small_report, "r.txt"))
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == '{"keep": "me"}'
    assert saved.id.startswith("r-")


@pytest.mark.parametrize("report_id", ["manifest", "../evil", "a/b", ".."])
def test_no_report_takes_the_manifest_or_leaves_the_folder(
    tmp_path: Path, small_report: str, report_id: str
) -> None:
    """Ids come from file names, which anybody may choose."""
    inside = tmp_path / "out"
    inside.mkdir()
    result = made(small_report, "r.txt")
    whole = parse(result.data, "r")
    named = whole.model_copy(update={"report": whole.report.model_copy(update={"id": report_id})})
    with suppress(ResultsFolderError):
        Store(inside, {}).save(rendered(named))
    assert not (inside / "manifest.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_changed_or_missing_file_is_not_intact(tmp_path: Path, small_report: str) -> None:
    """Only the very bytes that were saved count."""
    store = Store(tmp_path, {})
    saved = store.save(made(small_report, "r.txt"))
    assert store.intact(saved)
    assert not store.intact(saved.model_copy(update={"id": "gone"}))
    store.path("r").write_bytes(store_bytes(tmp_path, "r")[:-1])
    assert not store.intact(saved)


def test_what_is_set_aside_is_moved_not_deleted(tmp_path: Path, small_report: str) -> None:
    """It leaves the tables, and nothing else."""
    store = Store(tmp_path, {})
    store.save(made(small_report, "r.txt"))
    before = store_bytes(tmp_path, "r")
    moved = store.set_aside("r")
    assert moved == tmp_path / SUPERSEDED / "r.json"
    assert moved.read_bytes() == before
    assert store.set_aside("r") is None


def test_what_is_set_aside_again_is_numbered(tmp_path: Path, small_report: str) -> None:
    """Nothing that was set aside before is overwritten."""
    store = Store(tmp_path, {})
    before = []
    for count in (13, 14, 15):
        store.save(made(small_report.replace("12所", f"{count}所"), "r.txt"))
        before.append(store_bytes(tmp_path, "r"))
        store.set_aside("r")
    aside = [tmp_path / SUPERSEDED / name for name in ("r.json", "r-2.json", "r-3.json")]
    assert [path.read_bytes() for path in aside] == before


def test_a_second_run_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    """Two manifests at once would lose one of them."""
    with (
        opened(tmp_path / "out"),
        pytest.raises(ResultsFolderError, match="Another run"),
        opened(tmp_path / "out"),
    ):
        pass
    with opened(tmp_path / "out"):
        pass


def test_a_run_that_was_killed_leaves_the_folder_free(tmp_path: Path) -> None:
    """Its lock file stays, and holds nobody up."""
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom extract.results.store import opened\n"
        "with opened(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(ResultsFolderError, match="Another run"), opened(tmp_path):
            pass
        other.kill()
    with opened(tmp_path):
        pass


def test_names_that_differ_in_capitals_alone_are_two_files_on_every_system(
    tmp_path: Path, small_report: str
) -> None:
    """On Windows and macOS one would have replaced the other."""
    store = Store(tmp_path, {})
    first = store.save(made(small_report, "a/Report.txt"))
    second = store.save(made(small_report + "\n", "b/REPORT.txt"))
    assert first.id == "Report"
    assert second.id.startswith("REPORT-")
    assert store.save(made(small_report, "c/report.txt")) == first


def test_parts_left_by_a_killed_run_are_cleared(tmp_path: Path) -> None:
    """They were never results."""
    part = tmp_path / ".r.json.123.part"
    part.write_bytes(b"half")
    with opened(tmp_path):
        assert not part.exists()


def test_parts_of_long_names_are_cleared_and_files_of_others_are_left(tmp_path: Path) -> None:
    """A long name is cut where it is temporary, so that its end does not say what it is."""

    def killed(_file: object, _data: object) -> None:
        raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        write_atomically(tmp_path / f"{'报告' * 35}.json", [b"x"], write=killed)
    left = tmp_path / f".{('报告' * 35)[:TEMPORARY_NAME]}.4711.part"
    left.write_bytes(b"half")
    foreign = tmp_path / ".download.part"
    foreign.write_bytes(b"somebody else's")
    with opened(tmp_path):
        assert not left.exists()
        assert foreign.exists()


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_said_so(tmp_path: Path, where: str) -> None:
    """A file stands where the folder, or its parent, should be."""
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(ResultsFolderError, match="cannot be used as a folder of results"),
        opened(tmp_path / where),
    ):
        pass


def test_a_result_of_a_newer_version_is_never_overwritten(tmp_path: Path, small_report: str) -> None:
    """Known to the manifest or not, by whatever path; the sentence says what to do."""
    result = made(small_report, "a/r.txt")
    newer = result.data.replace(b'"schema_version": 1', b'"schema_version": 999', 1)
    store = Store(tmp_path, {})
    store.save(result)
    (tmp_path / "r.json").write_bytes(newer)
    for again in (store, Store(tmp_path, {})):
        with pytest.raises(ResultsFolderError, match="newer version") as refused:
            again.save(result)
        assert "another --out folder" in refused.value.hint
    assert (tmp_path / "r.json").read_bytes() == newer


def of_document(text: str, name: str, decoded: str) -> Rendered:
    """The rendered result of a report whose source is no text."""
    (only,) = process_source(text.encode(), name, RulesEngine()).results
    report = only.report.model_copy(update={"format": "docx", "text_file": f"{only.report.id}.decoded.txt"})
    return rendered(only.model_copy(update={"report": report}), decoded)


def test_the_decoded_text_of_a_document_lies_beside_its_result(tmp_path: Path, small_report: str) -> None:
    """Under the name that the result tells, also where the report had to take another name."""
    store = Store(tmp_path, {})
    store.save(made(small_report, "a/r.txt"))
    saved = store.save(of_document(small_report + "\n", "b/r.docx", "甲乙"))
    report = read_result(store.path(saved.id)).report
    assert report.text_file == f"{saved.id}.decoded.txt"
    assert (tmp_path / report.text_file).read_text(encoding="utf-8") == "甲乙"
    assert not (tmp_path / "r.decoded.txt").exists()


def test_a_result_whose_decoded_text_is_gone_or_changed_is_not_intact(
    tmp_path: Path, small_report: str
) -> None:
    store = Store(tmp_path, {})
    saved = store.save(of_document(small_report, "r.docx", "甲乙"))
    assert store.intact(saved)
    store.text_path(saved.id).write_text("丙", encoding="utf-8")
    assert not store.intact(saved)
    store.text_path(saved.id).unlink()
    assert not store.intact(saved)


def test_the_decoded_text_is_set_aside_with_its_result(tmp_path: Path, small_report: str) -> None:
    store = Store(tmp_path, {})
    saved = store.save(of_document(small_report, "r.docx", "甲乙"))
    moved = store.set_aside(saved.id)
    assert moved is not None
    assert (tmp_path / SUPERSEDED / f"{moved.stem}.decoded.txt").is_file()
    assert not store.text_path(saved.id).exists()
