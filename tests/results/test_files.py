"""Result files: whole or not at all, and read back with care."""

import json
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest

from extract.engines.rules import RulesEngine
from extract.errors import InputError, MissingFileError, ResultsFolderError
from extract.pipeline import process_source
from extract.results.files import (
    ForeignFileError,
    Skipped,
    parse,
    read_result,
    read_results,
    render,
    replace_file,
    write_atomically,
)
from schemas.result import Result


@pytest.fixture
def result(small_report: str) -> Result:
    """One result."""
    (only,) = process_source(small_report.encode(), "linjiang.txt", RulesEngine()).results
    return only


def test_a_result_survives_the_way_to_disk_and_back(result: Result) -> None:
    """Nothing is lost, and record types come back as themselves."""
    again = parse(render(result), "linjiang.json")
    assert again == result
    assert [type(record) for record in again.records] == [type(record) for record in result.records]


def test_the_same_result_gives_the_same_readable_bytes(result: Result) -> None:
    """Chinese stays Chinese, lines are indented, the file ends with a newline."""
    data = render(result)
    assert data == render(parse(data, "x"))
    assert "地区生产总值" in data.decode()
    assert data.endswith(b"}\n")
    assert b'\n  "report": {\n' in data


def test_writing_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """The temporary file is gone."""
    target = tmp_path / "a.json"
    write_atomically(target, [b"old"])
    write_atomically(target, [b"ne", b"w"])
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("fails_after", [0, 1, 7])
def test_a_full_disk_leaves_the_old_file_and_no_part(tmp_path: Path, fails_after: int) -> None:
    """However many bytes went through before the disk was full."""

    def full(file: BinaryIO, data: Iterable[bytes]) -> None:
        file.write(b"".join(data)[:fails_after])
        file.flush()
        raise OSError(28, os.strerror(28))

    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    with pytest.raises(ResultsFolderError, match=r"a\.json cannot be written: No space left"):
        write_atomically(target, [b"new content"], write=full)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_an_interrupt_in_mid_write_leaves_no_part(tmp_path: Path) -> None:
    """Ctrl-C is passed on, after tidying up."""

    def interrupted(file: BinaryIO, data: Iterable[bytes]) -> None:
        file.writelines(data)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.json", [b"content"], write=interrupted)
    assert list(tmp_path.iterdir()) == []


def test_a_name_of_the_longest_kind_can_be_written(tmp_path: Path) -> None:
    """Eighty Chinese letters are 240 bytes; the temporary name may not exceed the file system's 255."""
    target = tmp_path / f"{'政' * 80}.json"
    write_atomically(target, [b"x"])
    assert target.read_bytes() == b"x"


def test_a_result_of_a_newer_version_is_refused_with_a_way_out(result: Result) -> None:
    """Half-understood results would be worse than none."""
    content = json.loads(render(result)) | {"schema_version": 2}
    with pytest.raises(ResultsFolderError, match="newer version") as caught:
        parse(json.dumps(content).encode(), "x.json")
    assert "Update" in caught.value.hint


def test_a_result_of_an_older_version_says_so_and_what_to_do(result: Result) -> None:
    """It is not damaged: its source only has to be read again."""
    content = json.loads(render(result)) | {"schema_version": 0}
    with pytest.raises(InputError, match="older version") as caught:
        parse(json.dumps(content).encode(), "x.json")
    assert "--fresh" in caught.value.hint


@pytest.mark.parametrize("data", [b"{}", b"[1]", b'{"schema_version": "1"}', b'{"name": "package"}'])
def test_a_json_file_of_another_program_is_foreign(data: bytes) -> None:
    """It was never ours, so nothing is damaged."""
    with pytest.raises(ForeignFileError, match="not a result of this program"):
        parse(data, "x.json")


def test_a_damaged_result_says_where(result: Result) -> None:
    """The sentence names the place, not a class of the validator."""
    content = json.loads(render(result))
    content["ledger"][0]["state"] = "lost"
    with pytest.raises(InputError, match=r"damaged result \(ledger\.0\.state"):
        parse(json.dumps(content).encode(), "x.json")
    with pytest.raises(InputError, match="not valid JSON"):
        parse(render(result)[:-100], "x.json")


@pytest.mark.parametrize("away", ["../victim", "/victim", "..\\victim", "C:victim", "a\0b", "nul"])
@pytest.mark.parametrize("field", ["id", "text_file"])
def test_a_result_that_names_a_file_elsewhere_is_refused(result: Result, field: str, away: str) -> None:
    """Somebody has tampered with it; nothing outside its folder is read for it, moved or written."""
    content = json.loads(render(result))
    content["report"][field] = away
    with pytest.raises(InputError, match="no plain file name"):
        parse(json.dumps(content).encode(), "r.json")


def test_a_missing_result_is_missing(tmp_path: Path) -> None:
    """And not a folder of results is a matter of use."""
    with pytest.raises(MissingFileError):
        read_result(tmp_path / "no.json")
    with pytest.raises(ResultsFolderError, match="not a folder of results"):
        list(read_results(tmp_path / "no"))


def test_a_folder_gives_results_in_the_order_of_ids_and_names_the_rest(
    tmp_path: Path, result: Result
) -> None:
    """Foreign files are named, damaged ones too; the manifest is neither."""
    for name in ("b", "a"):
        report = result.report.model_copy(update={"id": name})
        (tmp_path / f"{name}.json").write_bytes(render(result.model_copy(update={"report": report})))
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "torn.json").write_text('{"schema_version": 1, "rep')
    found = list(read_results(tmp_path))
    assert [one.report.id for one in found if isinstance(one, Result)] == ["a", "b"]
    assert [one.damaged for one in found if isinstance(one, Skipped)] == [False, True]


def test_lone_surrogates_do_not_keep_a_result_from_the_disk(result: Result) -> None:
    """They cannot come from a file, but a caller may hand them in as text. What is written can be read."""
    odd = result.model_copy(update={"report": result.report.model_copy(update={"title": "报告\ud800"})})
    assert parse(render(odd), "odd").report.title == "报告\x1a"


def test_no_result_is_written_with_a_nul(result: Result) -> None:
    """A model may send one in any text; PostgreSQL would not take it. All else stays as it is."""
    record = result.records[0]
    odd = result.model_copy(update={"records": (record.model_copy(update={"indicator": "产\0值"}),)})
    assert b"\\u0000" not in render(odd)
    written = parse(render(odd), "odd")
    assert written.records[0].indicator == "产\x1a值"
    assert written.records[0].figures == record.figures


def test_threads_that_write_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each is in the middle of its writing while the others begin and end; nothing is left behind."""
    path, together = tmp_path / "a.json", threading.Barrier(20)

    def write(file: BinaryIO, data: Iterable[bytes]) -> None:
        file.writelines(data)
        together.wait(60)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: write_atomically(path, [b"the same"], write=write), range(20)))
    assert path.read_bytes() == b"the same"
    assert list(tmp_path.iterdir()) == [path]


class HeldError(PermissionError):
    """What Windows says while somebody reads the file."""

    winerror = 32


@pytest.mark.parametrize(("refusals", "well"), [(3, True), (100, False)])
def test_a_file_that_somebody_reads_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, *, well: bool
) -> None:
    """On Windows; who reads on and on is waited for in vain."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"content")
    left, waited = [HeldError()] * refusals, list[float]()
    replace = Path.replace

    def as_windows(path: Path, target: Path) -> Path:
        if left:
            raise left.pop()
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", as_windows)
    if well:
        replace_file(old, new, sleep=waited.append)
        assert new.read_bytes() == b"content"
        assert len(waited) == refusals
    else:
        with pytest.raises(PermissionError):
            replace_file(old, new, sleep=waited.append)
        assert 1 < sum(waited) < 3


def test_a_refusal_for_good_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gets rights by waiting."""

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "old", tmp_path / "new", sleep=lambda _: pytest.fail("it waited"))
