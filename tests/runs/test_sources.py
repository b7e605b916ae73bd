"""From arguments to sources."""

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from extract.errors import (
    EmptyTextError,
    MissingFileError,
    TooLargeError,
    UnreadableFileError,
    UnsafeArchiveError,
    UsageError,
)
from extract.runs.sources import Source, contents_of, find_sources, read_source_bytes


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with texts, hidden files, other files and old results, as the working folder."""
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.txt",
        "sub/.hidden.txt",
        ".git/d.txt",
        "README.md",
        "notes.css",
        "out/e.txt",
        "odd[1].txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*arguments: str) -> list[str]:
    """The names of the sources found."""
    return [source.name for source in find_sources(arguments, Path("out")).sources]


@pytest.mark.usefixtures("tree")
def test_a_folder_gives_its_texts_in_order_without_hidden_ones_and_results() -> None:
    """What lies in the folder of results is never read."""
    assert names(".") == ["a.txt", "b.txt", "odd[1].txt", "sub/c.txt"]


@pytest.mark.usefixtures("tree")
def test_patterns_are_expanded_here_for_shells_that_do_not() -> None:
    """`**` goes through all folders; a named file needs no suffix that is known."""
    assert names("**/*.txt") == ["a.txt", "b.txt", "odd[1].txt", "sub/c.txt"]
    assert names("notes.css") == ["notes.css"]


@pytest.mark.usefixtures("tree")
def test_a_file_whose_name_looks_like_a_pattern_is_that_file() -> None:
    """What exists goes before what matches."""
    assert names("odd[1].txt") == ["odd[1].txt"]


@pytest.mark.usefixtures("tree")
def test_no_source_is_read_twice() -> None:
    """However often it is named; the first name stays."""
    assert names("b.txt", ".", "./b.txt", "sub/../b.txt")[:2] == ["b.txt", "a.txt"]
    assert len(names("b.txt", ".", "./b.txt")) == 4


@pytest.mark.usefixtures("tree")
def test_a_missing_path_is_an_error_beside_the_others() -> None:
    """The others go on."""
    found = find_sources(("gone.txt", "a.txt"), Path("out"))
    assert [source.name for source in found.sources] == ["a.txt"]
    assert [type(error) for error in found.missing] == [MissingFileError]
    assert "gone.txt" in str(found.missing[0])


@pytest.mark.usefixtures("tree")
def test_nothing_at_all_is_wrong_use() -> None:
    """An empty folder or a pattern without a match."""
    with pytest.raises(UsageError, match=r"No document matches \*\.pdf"):
        find_sources(("*.pdf",), Path("out"))


def test_standard_input_is_a_source() -> None:
    """It has a name of its own."""
    found = find_sources(("-", "-"), Path("out"))
    assert found.sources == (Source("stdin", None),)
    assert read_source_bytes(found.sources[0], 10, b"abc") == b"abc"


def test_too_large_files_are_refused_without_being_read_whole(tmp_path: Path) -> None:
    """The limit is named."""
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 101)
    with pytest.raises(TooLargeError, match="larger than 100 bytes"):
        read_source_bytes(Source("big.txt", path), 100)
    assert len(read_source_bytes(Source("big.txt", path), 101)) == 101


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    """The sentence gives the reason of the system."""
    with pytest.raises(UnreadableFileError, match="Is a directory"):
        read_source_bytes(Source("d", tmp_path), 100)
    with pytest.raises(MissingFileError):
        read_source_bytes(Source("d", tmp_path / "no"), 100)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only there")
def test_a_file_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    """Its source is still found by its bytes."""
    raw = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    (source,) = find_sources((str(tmp_path),), Path("out")).sources
    source.name.encode()
    assert read_source_bytes(source, 10) == b"x"


def test_a_folder_gives_documents_of_all_kinds_but_not_what_was_saved_with_a_page(tmp_path: Path) -> None:
    """Neither does it give Markdown, mostly notes, nor the decoded texts of another folder of results."""
    for name in (
        "a.DOCX",
        "b.pdf",
        "c.html",
        "c_files/frame.html",
        "d_files/e.htm",
        "f.zip",
        "g.doc",
        "h.md",
        "ReadMe.md",
        "~$a.docx",
        "old/x.decoded.txt",
        "picture.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [Path(name).relative_to(tmp_path).as_posix() for name in names(str(tmp_path))]
    assert found == ["a.DOCX", "b.pdf", "c.html", "d_files/e.htm", "f.zip", "g.doc"]
    assert names(f"{tmp_path}/*.md")[-1].endswith("h.md")


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_an_archive_gives_its_documents_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    """One that cannot be had is an error of its own; pictures are left alone."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.txt": b"2", "a.txt": b"1", "p.png": b"", "../out.txt": b"3"}))
    found = list(contents_of(Source("a.zip", path), 1_000))
    assert [(one.name, one.data) for one in found] == [
        ("a.zip/../out.txt", None),
        ("a.zip/a.txt", b"1"),
        ("a.zip/b.txt", b"2"),
    ]
    assert isinstance(found[0].error, UnsafeArchiveError)


def test_an_archive_without_documents_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"p.png": b""}))
    (only,) = contents_of(Source("a.zip", path), 1_000)
    assert isinstance(only.error, EmptyTextError)


def test_a_file_that_is_gone_is_a_content_with_its_error(tmp_path: Path) -> None:
    (only,) = contents_of(Source("a.txt", tmp_path / "a.txt"), 1_000)
    assert isinstance(only.error, MissingFileError)


@pytest.mark.parametrize("name", ["报告.rar", "报告.7z"])
def test_an_archive_that_cannot_be_unpacked_is_not_passed_over_in_silence(tmp_path, name):
    """It may hold reports: it is looked at, and refused with the way out."""
    (tmp_path / name).write_bytes(b"Rar!\x1a\x07")
    (found,) = find_sources([str(tmp_path)], tmp_path / "out").sources
    assert found.name.endswith(name)


@pytest.mark.parametrize(
    ("arguments", "most"),
    [(".", 0), ("*.txt", 2), ("**/*.txt", 3), ("each", 2)],
    ids=["folder", "pattern", "deep pattern", "one by one"],
)
def test_of_each_of_many_files_little_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, most: int
) -> None:
    """A listing says what is needed, and the folder is resolved once: a hundred thousand are found in a moment."""
    monkeypatch.chdir(tmp_path)
    for number in range(300):
        (tmp_path / f"{number:03}.txt").touch()
    given = [f"{number:03}.txt" for number in range(300)] if arguments == "each" else [arguments]
    asked: list[object] = []

    def counting(ask: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            asked.append(arguments)
            return ask(*arguments, **more)

        return counted

    for module, name in ((os, "stat"), (os, "lstat"), (os.path, "realpath"), (Path, "resolve")):
        monkeypatch.setattr(module, name, counting(getattr(module, name)))
    found = find_sources(given, tmp_path / "out").sources
    monkeypatch.undo()
    assert len(found) == 300
    assert len(asked) < 60 + 300 * most


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_shown_with_its_bytes(tmp_path: Path) -> None:
    """In whatever encoding the system writes names."""
    path = os.path.join(os.fsencode(tmp_path), b"\xff\xff.txt")  # noqa: PTH118 - bytes
    with open(path, "wb"):  # noqa: PTH123
        pass
    (name,) = (source.name for source in find_sources([str(tmp_path)], tmp_path / "out").sources)
    assert name.endswith(r"/\xff\xff.txt")
