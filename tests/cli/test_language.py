"""The commands in the language of the user."""

import json
import re
from pathlib import Path

import pytest

from extract.cli import entry
from extract.cli.app import app

from .conftest import Invoke

LEFT_IN_ENGLISH = re.compile(
    r"\b(?:error|hint|note|region|year|figures|numbers|flagged|unclaimed|records?|reports?|sources?|from|unchanged|gone|"
    r"there|not|the|is|are|was|with|of|this|and)\b"
)
"""Words of English sentences; commands, options, codes and file names hold none of them."""


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.mark.usefixtures("chinese")
def test_an_error_is_said_in_chinese_to_those_who_read_it(invoke: Invoke, work: Path) -> None:
    ran = invoke("run", "gone.txt", "--out", "out")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == "错误：找不到 gone.txt。"
    assert ran.err.splitlines()[1].startswith("提示：请检查路径")


def test_where_no_locale_says_a_language_both_are_shown(invoke: Invoke, work: Path) -> None:
    ran = invoke("run", "gone.txt", "r.txt", "--out", "out")
    assert ran.err.splitlines()[0] == "error: gone.txt is not there. 找不到 gone.txt。"
    english, chinese = ran.out.splitlines()[-2:]
    assert english.startswith("1 report from 1 source, ")
    assert chinese.startswith("1 个来源，1 份报告，")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "zh", "run", "gone.txt"),
        ("--lang=zh", "run", "gone.txt"),
        ("run", "gone.txt", "--lang", "zh"),
        ("run", "--lang=zh", "gone.txt"),
        ("panel", "gone", "--lang", "zh"),
    ],
)
def test_an_option_goes_before_the_locale(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Before or behind the command; for the next command it is forgotten."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert invoke(*arguments).err.startswith("错误：")
    assert invoke("run", "gone.txt").err.splitlines()[0] == "error: gone.txt is not there."


def test_so_does_a_variable(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("EXTRACT_LANG", "zh")
    assert invoke("run", "gone.txt").err.startswith("错误：")


def test_a_language_that_is_not_spoken_is_wrong_use(invoke: Invoke, work: Path) -> None:
    ran = invoke("--lang", "fr", "run", "r.txt")
    assert ran.code == 2
    assert "--lang" in ran.err


def test_commands_with_tables_keep_their_own_option() -> None:
    """It is left to them, for the names of columns; every other command knows it through the program."""
    from typer.main import get_command

    def names(command, path: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
        for name, below in getattr(command, "commands", {}).items():
            yield from names(below, (*path, name))
        if path and any(one.name == "lang" for one in command.params):
            yield path[0]

    assert set(names(get_command(app))) == entry.WITH_TABLES


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_chinese_letters_gets_english(
    work: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Not a row of escapes."""
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "extract.cli", "run", "gone.txt"],
        capture_output=True,
        check=False,
        cwd=work,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stderr.decode(encoding).splitlines()[0] == "error: gone.txt is not there."


WRONG_USE = [
    ("rnu",),
    ("run",),
    ("run", "x", "--jobs", "0"),
    ("run", "x", "--jobs", "many"),
    ("run", "x", "--job", "2"),
    ("run", "x", "--jobs"),
    ("show", "x", "y"),
    ("export", "x", "--format", "xml"),
    ("numbers",),
    ("show", "r.txt", "--type", "gaol"),
    ("run", "r.txt", "--out", ""),
    ("run", "*.pdf"),
    ("export", "nothing"),
    ("show", "r.json"),
]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("arguments", WRONG_USE)
def test_wrong_use_is_said_in_chinese(invoke: Invoke, work: Path, arguments: tuple[str, ...]) -> None:
    """The parser's own words, too."""
    ran = invoke(*arguments)
    assert ran.code
    assert ran.err.startswith("错误：")
    assert LEFT_IN_ENGLISH.findall(ran.err) == []


@pytest.mark.usefixtures("chinese")
def test_no_english_is_left_over_in_a_chinese_run(invoke: Invoke, work: Path, small_report: str) -> None:
    """A walk through the main commands, with what can go wrong in it."""
    folder = work / "资料"
    folder.mkdir()
    for name, city in (("甲", "临江市"), ("乙", "望海市"), ("丙", "澄湖市")):
        (folder / f"{name}.txt").write_text(small_report.replace("临江市", city), encoding="utf-8")
    (folder / "丁.txt").write_text(small_report.replace("162.3", "126.3"), encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    (folder / "闻.txt").write_text("今天天气晴朗，市民纷纷出游。", encoding="utf-8")
    said = []
    for arguments in (
        ("run", "资料", "--out", "结果"),
        ("run", "资料", "--out", "结果"),
        ("show", "结果"),
        ("show", "结果/甲.json"),
        ("show", "结果", "--flagged"),
        ("ingest", "资料", "--out", "文本"),
        ("diff", "资料/甲.txt", "资料/丁.txt"),
        ("indicators", "match", "财政收入"),
    ):
        ran = invoke(*arguments)
        said.append((arguments, ran.out + ran.err))
    tables = (("panel", "结果"), ("export", "结果"), ("tracking", "结果"), ("livelihood", "结果"))
    said += [(arguments, "。" + invoke(*arguments).err) for arguments in tables]  # rows are for programs
    (folder / "丙.txt").unlink()
    for option in ("", "--prune"):
        ran = invoke("run", "资料", "--out", "结果", *filter(None, [option]))
        said.append((("run", option), ran.out + ran.err))
    for arguments, words in said:
        assert re.search(r"[\u3000-\u9fff]", words), arguments
        assert LEFT_IN_ENGLISH.findall(words) == [], (arguments, words)


@pytest.mark.usefixtures("chinese")
def test_no_english_is_left_over_where_an_endpoint_is_down(invoke: Invoke, work: Path) -> None:
    """Nothing listens at its port."""
    ran = invoke("doctor", "--base-url", "http://127.0.0.1:9/v1", "--model", "m-1")
    assert ran.code == 1
    assert LEFT_IN_ENGLISH.findall(ran.out + ran.err) == [], ran.out + ran.err


@pytest.mark.usefixtures("chinese")
def test_what_is_for_programs_is_the_same_in_every_language(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages in JSON are English, and so are columns unless asked otherwise."""
    (work / "empty.txt").write_bytes(b"")
    chinese = json.loads(invoke("run", "r.txt", "empty.txt", "--out", "one", "--json").out)
    table = invoke("export", "one", "--format", "csv").out
    manifest = json.loads((work / "one/manifest.json").read_text(encoding="utf-8"))
    assert "is empty" in json.dumps(manifest) or "no text" in json.dumps(manifest)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    english = json.loads(invoke("run", "r.txt", "empty.txt", "--out", "two", "--json").out)
    assert chinese["sources"] == english["sources"]
    assert invoke("export", "two", "--format", "csv").out == table


@pytest.mark.usefixtures("chinese")
def test_several_processes_say_it_in_chinese_too(invoke: Invoke, work: Path) -> None:
    """What went wrong in another process comes back as more than English words."""
    (work / "news.txt").write_text("今天天气晴朗，市民纷纷出游。", encoding="utf-8")
    ran = invoke("run", "news.txt", "r.txt", "--out", "out", "--jobs", "2")
    assert "news.txt 中没有政府工作报告" in ran.err
    entry = json.loads((work / "out/manifest.json").read_text(encoding="utf-8"))["sources"][0]
    assert entry["error"]["message"].startswith("news.txt holds no government work report")
    assert entry["error"]["message_parts"]["values"]["name"] == "news.txt"
