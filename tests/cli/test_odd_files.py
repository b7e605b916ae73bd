"""Files with names that are no text, and files that are none: each has a result of its own, or a plain refusal."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import Invoke

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")

NAMES = (
    *(f"{city}市2024年报告.txt".encode("gbk") for city in ("临江", "云州", "石桥", "望湖", "南坪")),
    b"\xff.txt",
    b"\xfe.txt",
    rb"\xff.txt",
    "gbk:临江市2024年报告.txt".encode(),
    "临江市2024年报告.txt".encode(),
    b"a\nb.txt",
)
LONGEST_WAIT = 60
"""Only for a test that fails: a command that hangs is ended."""


@pytest.fixture
def odd(work: Path, small_report: str) -> list[bytes]:
    """Reports under odd names in the folder `in`, each of another city."""
    (work / "in").mkdir()
    (work / "r.txt").unlink()
    for number, name in enumerate(NAMES):
        text = small_report.replace("临江", chr(ord("甲") + number) + "江")
        with open(os.path.join(b"in", name), "wb") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(text.encode())
    return [os.path.join(b"in", name) for name in NAMES]  # noqa: PTH118 - bytes


def results(out: Path) -> dict[str, bytes]:
    """The results of a folder."""
    return {path.name: path.read_bytes() for path in out.glob("*.json") if path.name != "manifest.json"}


def test_each_file_of_a_folder_has_a_result_of_its_own(invoke: Invoke, work: Path, odd: list[bytes]) -> None:
    """Nothing is swallowed, and running again changes nothing and sets nothing aside."""
    ran = invoke("run", "in", "--out", "out")
    assert ran.code == 0, ran.err
    first = results(work / "out")
    assert len(first) == len(odd)
    manifest = json.loads((work / "out/manifest.json").read_text(encoding="utf-8"))
    assert len({entry["path"] for entry in manifest["sources"]}) == len(odd)
    again = invoke("run", "in", "--out", "out")
    assert again.code == 0
    assert results(work / "out") == first
    assert not (work / "out/superseded").exists()


def test_files_are_named_on_the_command_line_whatever_their_names(
    invoke: Invoke, work: Path, odd: list[bytes]
) -> None:
    """One by one, as a shell hands them over."""
    ran = invoke("run", *map(os.fsdecode, odd), "--out", "out")
    assert ran.code == 0, ran.err
    assert len(results(work / "out")) == len(odd)
    assert "\ufffd" not in ran.out + ran.err


def test_what_is_printed_of_a_name_shows_all_of_it(invoke: Invoke, work: Path, odd: list[bytes]) -> None:
    """GBK as Chinese, other bytes and breaks as escapes; a name steers no terminal."""
    rows = json.loads(invoke("run", "in", "--out", "out", "--json").out)["reports"]
    sources = {row["source"] for row in rows}
    assert {"in/gbk:云州市2024年报告.txt", r"in/\xff.txt", r"in/\x5cxff.txt", r"in/a\x0ab.txt"} <= sources
    assert len(sources) == len(odd)


def test_documents_of_an_archive_keep_apart_too(invoke: Invoke, work: Path, odd: list[bytes]) -> None:
    """Names in GBK, as Chinese Windows packs them."""
    with zipfile.ZipFile(work / "all.zip", "w") as archive:
        for number, path in enumerate(odd[:5]):
            info = zipfile.ZipInfo(f"{number}-{path[3:].decode('gbk')}")
            info.filename = info.filename.encode("gbk").decode("cp437")
            info.flag_bits = 0
            archive.writestr(info, Path(os.fsdecode(path)).read_bytes())
    ran = invoke("run", "all.zip", "--out", "out")
    assert ran.code == 0, ran.err
    assert len(results(work / "out")) == 5


@pytest.mark.parametrize(
    "command",
    [
        ["run", "PIPE", "--out", "out"],
        ["numbers", "PIPE"],
        ["check", "r.txt", "PIPE"],
        ["check", "PIPE", "facts.csv"],
        ["panel", "out", "--indicators", "PIPE"],
        ["ingest", "PIPE", "--out", "files"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_pipe_is_refused_at_once_by_every_command(work: Path, invoke: Invoke, command: list[str]) -> None:
    """Nobody writes to it, so whoever waits for it hangs."""
    invoke("run", "r.txt", "--out", "out")
    (work / "facts.csv").write_text("indicator,value\n地区生产总值,1\n", encoding="utf-8")
    os.mkfifo("pipe.txt")
    words = [word.replace("PIPE", "pipe.txt") for word in command]
    done = subprocess.run(
        [sys.executable, "-m", "extract.cli", *words],
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
        check=False,
    )
    assert done.returncode != 0
    assert "pipe" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_kernel_log_is_no_report(work: Path) -> None:
    """It says that it is a file, and gives nothing until something happens."""
    if not Path("/proc/kmsg").exists():
        pytest.skip("there is no /proc/kmsg here")
    done = subprocess.run(
        [sys.executable, "-m", "extract.cli", "run", "/proc/kmsg", "--out", "out"],
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
        check=False,
        cwd=work,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("victim", ["../victim", "/victim", "a/../../victim", "..\\victim"])
def test_an_id_in_a_manifest_moves_nothing_from_elsewhere(work: Path, invoke: Invoke, victim: str) -> None:
    """Whoever can write to the folder of results cannot reach out of it."""
    (work / "victim.json").write_text('{"schema_version": 1}', encoding="utf-8")
    invoke("run", "r.txt", "--out", "out")
    path = work / "out/manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["sources"][0]["reports"][0]["id"] = victim
    path.write_text(json.dumps(manifest), encoding="utf-8")
    (work / "r.txt").write_text("另一份材料，没有报告。", encoding="utf-8")
    invoke("run", "r.txt", "--out", "out")
    assert (work / "victim.json").read_text(encoding="utf-8") == '{"schema_version": 1}'
    assert not list((work / "out").rglob("victim*"))


def test_an_id_in_a_result_leads_nowhere(work: Path, invoke: Invoke) -> None:
    """It is named, and what reads results goes on without it."""
    invoke("run", "r.txt", "--out", "out")
    path = work / "out/r.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    result["report"]["text_file"] = "../../secret.txt"
    path.write_text(json.dumps(result), encoding="utf-8")
    ran = invoke("show", "out")
    assert "secret" not in ran.out
    assert "no plain file name" in ran.err + ran.out
