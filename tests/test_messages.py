"""What the program tells people, in English and Chinese."""

import json
import pickle
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from extract import errors
from extract.config import language_of
from extract.errors import ExtractError, MissingFileError
from extract.messages import (
    Message,
    catalogue,
    count,
    from_json,
    in_both,
    in_language,
    listed,
    one_side,
    parsed,
    sides,
    to_json,
)

PACKAGE = Path(__file__).parents[1] / "extract"
SOURCE = PACKAGE / "locales/zh/LC_MESSAGES/extract.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "Message": None, "say": None, "heading": None, "count": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
NOT_THERE = Message("%(path)s is not there.", path="a.txt")
REPORTS = count("%(num)s report", "%(num)s reports", 1200)


def messages() -> set[object]:
    """Every message in the code, but for the pages of the desk, which have a catalogue of their own."""
    found = extract_from_dir(
        PACKAGE,
        [("**.py", "python")],
        keywords=KEYWORDS,
        directory_filter=lambda folder: Path(folder).name != "pages",
    )
    return {message for _, _, message, _, _ in found}


def entries() -> dict[object, object]:
    """The Chinese catalogue, as Babel reads it."""
    with SOURCE.open("rb") as file:
        return {one.id: one.string for one in read_po(file, locale="zh") if one.id}


def test_every_message_has_its_chinese_and_none_is_left_over() -> None:
    """What the code says and what the catalogue holds are the same; see `make messages`."""
    assert entries().keys() == messages()
    assert not [key for key, text in entries().items() if not text or not all(text)]


def test_a_translation_names_the_same_values() -> None:
    """A lost one would lose a name or a number."""
    for key, text in entries().items():
        english = key if isinstance(key, str) else key[1]
        chinese = text if isinstance(text, str) else text[0]
        assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(chinese)), english
        assert "%" not in PLACEHOLDER.sub("", chinese).replace("%%", ""), english


def test_a_translation_is_chinese() -> None:
    """But for commands and signs."""
    bare = [
        key
        for key, text in entries().items()
        if not re.search(r"[\u4e00-\u9fff]", text if isinstance(text, str) else text[0])
    ]
    words = [re.findall(r"[A-Za-z]{2,}", PLACEHOLDER.sub("", str(key))) for key in bare]
    assert all(word == "from" for found in words for word in found), bare


@pytest.mark.parametrize("domain", ["extract", "desk"])
def test_the_catalogue_is_read_as_babel_reads_it(domain: str) -> None:
    """Quotes, line breaks, plurals and all."""
    package = PACKAGE if domain == "extract" else PACKAGE / domain
    path = package / f"locales/zh/LC_MESSAGES/{domain}.po"
    with path.open("rb") as file:
        read = {
            one.id if isinstance(one.id, str) else one.id[0]: (
                one.string if isinstance(one.string, str) else one.string[0]
            )
            for one in read_po(file, locale="zh")
            if one.id
        }
    assert parsed(path.read_text(encoding="utf-8")) == read
    assert "fuzzy" not in path.read_text(encoding="utf-8")


def test_a_message_is_its_english_sentence() -> None:
    """Programs, results and logs know nothing else."""
    assert NOT_THERE == "a.txt is not there."
    assert f"{NOT_THERE}" == "a.txt is not there."
    assert json.dumps({"message": NOT_THERE}) == '{"message": "a.txt is not there."}'
    assert Message("100% of it") == "100% of it"


def test_a_message_is_said_in_one_language_or_in_both() -> None:
    assert in_language(NOT_THERE, "en") == "a.txt is not there."
    assert in_language(NOT_THERE, "zh") == "找不到 a.txt。"
    assert in_language(NOT_THERE, "both") == "a.txt is not there. 找不到 a.txt。"


def test_what_has_no_chinese_stays_as_it_is() -> None:
    """A name of a file, or a sentence of somebody else's program."""
    assert [in_language("Errno 5", language) for language in ("en", "zh", "both")] == ["Errno 5"] * 3
    assert in_language("", "both") == ""


def test_values_of_messages_are_said_in_the_same_language() -> None:
    message = Message("%(facts)s → %(out)s", facts=listed([REPORTS, "x", NOT_THERE]), out="out")
    assert in_language(message, "en") == "1,200 reports, x, a.txt is not there. → out"
    assert in_language(message, "zh") == "1,200 份报告，x，找不到 a.txt。 → out"


def test_numbers_choose_between_one_and_many() -> None:
    assert count("%(num)s report", "%(num)s reports", 1) == "1 report"
    assert REPORTS == "1,200 reports"
    assert in_language(REPORTS, "zh") == "1,200 份报告"


def test_names_that_bring_both_languages_need_no_catalogue() -> None:
    assert in_language(in_both("reform", "改革"), "zh") == "改革"
    reason = sides("网页导航 / navigation of a web page")
    assert (reason, in_language(reason, "zh")) == ("navigation of a web page", "网页导航")
    assert one_side("网页导航 / navigation", "both") == "网页导航 / navigation"


MESSAGES = [NOT_THERE, REPORTS, in_both("reform", "改革"), Message("%(path)s is not there.", path=REPORTS)]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_goes_through_processes_and_files(message: Message) -> None:
    """Pickled for a worker, copied, or as JSON."""
    for other in (
        pickle.loads(pickle.dumps(message)),  # noqa: S301 - our own
        deepcopy(message),
        from_json(str(message), json.loads(json.dumps(to_json(message)))),
    ):
        assert other == message
        assert in_language(other, "zh") == in_language(message, "zh") != message


def test_a_text_without_values_needs_nothing_beside_it_in_json() -> None:
    assert to_json("Errno 5") is None
    assert to_json(Message("Check the path.")) is None
    assert from_json("Errno 5", None) == "Errno 5"


def test_an_error_is_english_for_programs_and_chinese_for_people() -> None:
    error = MissingFileError(NOT_THERE)
    assert str(error) == "a.txt is not there."
    assert error.args == ("a.txt is not there.",)
    assert in_language(str(error), "zh") == "找不到 a.txt。"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert in_language(str(again), "zh") == "找不到 a.txt。"
    assert "请检查路径" in in_language(error.hint, "zh")


def kinds() -> Iterator[type[ExtractError]]:
    """Every kind of error in the tree."""
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, ExtractError):
            yield kind


def test_every_hint_of_the_tree_can_be_said_in_chinese() -> None:
    for kind in kinds():
        assert not kind.hint or catalogue("zh").gettext(kind.hint) != kind.hint, kind


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LANG": "C.UTF-8"}, "both"),
        ({"LANG": "POSIX"}, "both"),
        ({}, "both"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.GBK", "LC_MESSAGES": "en_US.UTF-8", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "EXTRACT_LANG": "en"}, "en"),
        ({"LANG": "en_US", "EXTRACT_LANG": "both"}, "both"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    """Of several variables the strongest counts; a locale without a language says nothing."""
    assert language_of(environment) == language


@pytest.mark.parametrize(("interface", "language"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en")])
def test_on_windows_it_is_that_of_the_windows(interface: int, language: str) -> None:
    """Unless a variable says another one."""
    assert language_of({}, interface) == language
    assert language_of({"LANG": "zh_CN"}, 0x0409) == "zh"
