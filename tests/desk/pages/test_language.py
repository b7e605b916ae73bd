"""The words of the pages in both languages."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from extract.desk.pages.failures import failure_page
from extract.desk.pages.language import language, preferred
from extract.desk.pages.words import WORDS, facet_word, type_word, word
from extract.errors import ForbiddenError
from extract.messages import Message

DESK = Path(__file__).parents[3] / "extract" / "desk"
METHODS = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "marked": None, "say": None, "count": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def messages() -> set[object]:
    """Every message of the pages."""
    found = extract_from_dir(DESK, METHODS, {"templates/**.html": {"trimmed": "true"}}, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def catalogue() -> dict[object, object]:
    """The Chinese catalogue."""
    with (DESK / "locales/zh/LC_MESSAGES/desk.po").open("rb") as file:
        return {one.id: one.string for one in read_po(file, locale="zh") if one.id}


def test_every_message_has_its_chinese_and_none_is_left_over() -> None:
    """What the pages say and what the catalogue holds are the same; see `make messages`."""
    assert catalogue().keys() == messages()
    empty = [key for key, text in catalogue().items() if not text or not all(text)]
    assert not empty


def test_a_translation_names_the_same_values() -> None:
    """A lost placeholder would lose a number or a name; a singular may leave the number to the plural."""
    for key, text in catalogue().items():
        english = key if isinstance(key, str) else key[1]
        chinese = text if isinstance(text, str) else text[0]
        assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(chinese)), english


@pytest.mark.parametrize(
    ("chosen", "accepted", "code"),
    [
        ("en", "zh-CN", "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "fr;q=0.9, en-GB;q=0.4, zh;q=0.3", "en"),
        (None, "fr", "zh"),
        (None, None, "zh"),
        ("<script>", ";q=nan,,en;q=1", "en"),
    ],
)
def test_what_the_reader_chose_goes_before_what_the_browser_asks_for(
    chosen: str | None, accepted: str | None, code: str
) -> None:
    """Then the languages of the browser by their weight, then Chinese."""
    assert preferred(chosen, accepted) == code


def test_numbers_and_dates_are_formatted_for_the_language() -> None:
    """Digits are grouped and nothing is rounded."""
    assert language("zh").number(Decimal("537030000000.25")) == "537,030,000,000.25"
    assert language("zh").day(date(2026, 3, 5)) == "3月5日"
    assert language("en").day(date(2026, 3, 5)) == "5 Mar"
    at = datetime(2026, 3, 5, 12, tzinfo=UTC)
    assert "2026年3月5日" in language("zh").moment(at)
    assert "5 Mar 2026" in language("en").moment(at)
    assert language("zh").since(at, at + timedelta(minutes=3)) == "3分钟前"


def test_counts_take_the_right_number() -> None:
    """English has one and many; Chinese has one form."""
    said = [language("en").count("%(num)s item", "%(num)s items", count) for count in (1, 1200)]
    assert said == ["1 item", "1,200 items"]
    assert language("zh").count("%(num)s item", "%(num)s items", 1200) == "1,200 条"


def test_codes_have_names_and_what_has_none_is_shown_as_it_is() -> None:
    """A type or code of somebody else's is data, not an error."""
    for group, words in WORDS.items():
        for code in words:
            assert word(language("zh"), group, code)
    assert word(language("en"), "code", "their_own") == "their_own"
    assert type_word(language("zh"), "goal") == "目标"
    assert type_word(language("en"), "theirs") == "theirs"
    assert facet_word(language("zh"), "region", "unknown", "unknown") == "不明"
    assert facet_word(language("zh"), "report", "r1", "云州市政府工作报告") == "云州市政府工作报告"


def test_a_refusal_is_said_in_the_language_of_the_page() -> None:
    """What an error says stands in the catalogue of the whole program, beside that of the pages."""
    error = ForbiddenError(Message("Unknown host name."))
    assert failure_page(403, error, language("zh")).detail == "未知的主机名。"
    assert failure_page(403, error, language("en")).detail == "Unknown host name."
