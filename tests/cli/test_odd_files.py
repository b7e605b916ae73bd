"""Files with names that are no text, and files that are none: each has a result of its own, or a plain refusal."""

import io
import json
import os
import string
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
    rb"\x5cxff.txt",
    "gbk:临江市2024年报告.txt".encode(),
    "临江市2024年报告.txt".encode(),
    b"a\nb.txt",
    "\ufffd.txt".encode(),
    *(f"第{number}份报告.txt".encode("gbk") for number in range(18)),
)
"""Thirty-one, of which many were one name where bytes that are no text were replaced."""
CITIES = "东西南北中上下左右前后春夏秋冬山水风云雨雪金银铜铁松竹梅兰菊桂"
LONGEST_WAIT = 60
"""Only for a test that fails: a command that hangs is ended."""


@pytest.fixture
def odd(work: Path, small_report: str) -> list[bytes]:
    """Reports under odd names in the folder `in`, each of another city."""
    (work / "in").mkdir()
    (work / "r.txt").unlink()
    for number, name in enumerate(NAMES):
        text = small_report.replace("临江", CITIES[number] + "江")
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
    assert {
        row["change"] for row in json.loads(invoke("run", "in", "--out", "out", "--json").out)["sources"]
    } == {"unchanged"}


def test_files_are_named_on_the_command_line_whatever_their_names(
    invoke: Invoke, work: Path, odd: list[bytes]
) -> None:
    """One by one, as a shell hands them over."""
    ran = invoke("run", *map(os.fsdecode, odd), "--out", "out")
    assert ran.code == 0, ran.err
    first = results(work / "out")
    assert len(first) == len(odd)
    again = invoke("run", "in", "--out", "out")  # the same files by another way are the same sources
    assert again.code == 0, again.err
    assert results(work / "out") == first
    assert not (work / "out/superseded").exists()


def test_what_is_printed_of_a_name_shows_all_of_it(invoke: Invoke, work: Path, odd: list[bytes]) -> None:
    """GBK as Chinese, other bytes and breaks as escapes; a name steers no terminal."""
    rows = json.loads(invoke("run", "in", "--out", "out", "--json").out)["reports"]
    sources = {row["source"] for row in rows}
    assert {"in/gbk:云州市2024年报告.txt", r"in/\xff.txt", r"in/\x5cxff.txt", r"in/a\x0ab.txt"} <= sources
    assert len(sources) == len(odd)


def test_documents_of_an_archive_keep_apart_too(invoke: Invoke, work: Path, odd: list[bytes]) -> None:
    """Whatever bytes their names are: in GBK, as Chinese Windows packs them, or no text at all."""
    (work / "all.zip").write_bytes(packed({path[3:]: Path(os.fsdecode(path)).read_bytes() for path in odd}))
    ran = invoke("run", "all.zip", "--out", "out")
    first = results(work / "out")
    manifest = json.loads((work / "out/manifest.json").read_text(encoding="utf-8"))
    refused = {entry["path"] for entry in manifest["sources"] if entry["status"] == "failed"}
    assert len(refused) == 3, "a break, and a backslash that leads to the root on Windows"
    assert len(first) == len(odd) - len(refused)
    assert len({entry["path"] for entry in manifest["sources"]}) == len(odd)
    again = invoke("run", "all.zip", "--out", "out")
    assert again.code == ran.code
    assert results(work / "out") == first
    assert not (work / "out/superseded").exists()


def packed(files: dict[bytes, bytes]) -> bytes:
    """An archive whose names are these bytes, without a mark for UTF-8."""
    stand_ins = {
        name: (string.ascii_letters[number] * len(name)).encode() for number, name in enumerate(files)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(stand_ins[name].decode(), data)
    data = out.getvalue()
    for name, stand_in in stand_ins.items():
        assert data.count(stand_in) == 2, "once before the file, and once in the list"
        data = data.replace(stand_in, name)
    return data


def extract(*words: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, which can be ended if it hangs."""
    return subprocess.run(
        [sys.executable, "-m", "extract.cli", *words],
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
        check=False,
        stdin=subprocess.DEVNULL,
    )


NO_FILE = "not a file but a pipe or a device"
LLM = ("--engine", "llm", "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "odd", "--out", "out2"),
    "numbers": ("numbers", "odd"),
    "check a report": ("check", "odd", "facts.csv"),
    "check facts": ("check", "r.txt", "odd"),
    "indicators": ("panel", "out", "--indicators", "odd"),
    "ingest": ("ingest", "odd", "--out", "files"),
    "prices": ("run", "r.txt", *LLM, "--prices", "odd", "--out", "out2"),
    "prompts": ("run", "r.txt", *LLM, "--prompts", "prompts", "--out", "out2"),
    "settings": ("run", "r.txt", "--out", "out2"),
}
PLACES = {"prompts": "prompts/system.md", "settings": "extract.toml"}
"""Where it has to stand so that the command reads it; elsewhere it is named."""


@pytest.fixture
def ready(work: Path, invoke: Invoke) -> Path:
    """A working folder with results, a facts table and a folder of prompts."""
    invoke("run", "r.txt", "--out", "out")
    (work / "facts.csv").write_text("indicator,value\n地区生产总值,1\n", encoding="utf-8")
    (work / "prompts").mkdir()
    return work


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_is_refused_at_once_by_every_command(ready: Path, command: str) -> None:
    """Nobody writes to it, so whoever waits for it hangs."""
    os.mkfifo(ready / PLACES.get(command, "odd"))
    refused_plainly(extract(*COMMANDS[command]))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_device_is_refused_at_once_by_every_command(ready: Path, command: str) -> None:
    """Reading zeros never ends."""
    (ready / PLACES.get(command, "odd")).symlink_to("/dev/zero")
    refused_plainly(extract(*COMMANDS[command]))


def refused_plainly(done: "subprocess.CompletedProcess[str]") -> None:
    """See that a command said what is wrong, and what to do."""
    assert done.returncode in {1, 2}
    assert NO_FILE in done.stderr
    assert "Traceback" not in done.stderr
    assert "extract run - < FILE" in done.stderr or "Save what comes out of it as a file" in done.stderr


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="there is no /proc/kmsg here")
@pytest.mark.parametrize("command", ["run", "numbers", "indicators"])
def test_the_kernel_log_is_no_report(ready: Path, command: str) -> None:
    """It says that it is a file, and gives nothing until something happens; not everybody may open it."""
    (ready / "odd").symlink_to("/proc/kmsg")
    done = extract(*COMMANDS[command])
    assert done.returncode in {1, 2}
    assert "cannot be read" in done.stderr or NO_FILE in done.stderr or "odd is" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "victim", ["../victim", "ABSOLUTE", "a/../../victim", "..\\victim", "C:victim", "nul", "a\0b"]
)
def test_an_id_in_a_manifest_moves_nothing_from_elsewhere(work: Path, invoke: Invoke, victim: str) -> None:
    """Whoever can write to the folder of results cannot reach out of it."""
    (work / "victim.json").write_text('{"schema_version": 1}', encoding="utf-8")
    invoke("run", "r.txt", "--out", "out")
    path = work / "out/manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["sources"][0]["reports"][0]["id"] = victim.replace("ABSOLUTE", str(work / "victim"))
    path.write_text(json.dumps(manifest), encoding="utf-8")
    (work / "r.txt").write_text("另一份材料，没有报告。", encoding="utf-8")
    ran = invoke("run", "r.txt", "--out", "out")
    assert ran.code == 2
    assert "not a manifest that this version can read" in ran.err
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
