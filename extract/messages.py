"""What the program tells people, in English and Chinese.

A message is written in English where it is needed, with the names of its values: `Message("%(name)s is not there.",
name=path)`. It is that English sentence, an ordinary string for programs, results and logs. Only where it is shown
to a person is it put into their language, from the catalogue `extract/locales/zh/LC_MESSAGES/extract.po`. `make
messages` brings the catalogue up to the code; what is empty there is then to be filled in.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from gettext import NullTranslations
from pathlib import Path, PurePath
from typing import Any, Final

from extract.file_names import without_surrogates

ENGLISH: Final = "en"
CHINESE: Final = "zh"
BOTH: Final = "both"
"""English, then Chinese: where nobody knows what the reader speaks."""

DOMAIN: Final = "extract"
PACKAGE: Final = Path(__file__).parent

_ENTRY = re.compile(
    r'^msgid (?P<id>".*"(?:\n".*")*)'
    r'(?:\nmsgid_plural ".*"(?:\n".*")*)?'
    r'\nmsgstr(?:\[0\])? (?P<text>".*"(?:\n".*")*)',
    re.MULTILINE,
)


class Message(str):
    """An English sentence that can be said in another language, too.

    Args:
        template: the sentence; `%(name)s` stands for a value.
        values: by their names; a message among them, or one of an error, is put into the same
            language.

    Attributes:
        template, many: as written in the code; `many` is the plural, empty where there is none.
        number: what decides between them.
        values: as given.
        chinese: what it is in Chinese, where no catalogue can know it.
    """

    __slots__ = ("chinese", "many", "number", "template", "values")

    template: str
    many: str
    number: int
    values: Mapping[str, object]
    chinese: str

    def __new__(cls, template: str, /, **values: object) -> "Message":  # noqa: PYI034 - it has no subclass
        """The English sentence."""
        return _message(template, "", 1, values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _message, (self.template, self.many, self.number, dict(self.values), self.chinese)


def count(one: str, many: str, number: int, /, **values: object) -> Message:
    """A message that depends on a number, which it may name as `%(num)s`."""
    return _message(one, many, number, {"num": f"{number:,}", **values})


def in_both(english: str, chinese: str) -> Message:
    """A message of which both languages are at hand, as the names of record types are."""
    return _message(english, "", 1, {}, chinese)


def with_values(message: Message, change: Callable[[object], object]) -> Message:
    """A message with other values, in both languages.

    Args:
        message: as it is.
        change: what becomes of a value; of a message among them, what becomes of its values.
    """
    values = {
        name: with_values(value, change) if isinstance(value, Message) else change(value)
        for name, value in message.values.items()
    }
    return _message(message.template, message.many, message.number, values, message.chinese)


def _message(one: str, many: str, number: int, values: Mapping[str, object], chinese: str = "") -> Message:
    values = {name: _words(value) for name, value in values.items()}
    template = many if many and number != 1 else one
    made = str.__new__(Message, template % values if values else template)
    made.template, made.many, made.number, made.values, made.chinese = one, many, number, values, chinese
    return made


def _words(value: object) -> object:
    """A value as it is kept: of an error its words, which may be a message, and of a path a name that can be shown."""
    if isinstance(value, BaseException):
        value = str(value)
    if isinstance(value, PurePath):
        value = str(value)
    return without_surrogates(value) if isinstance(value, str) and not isinstance(value, Message) else value


def listed(parts: Sequence[str]) -> str:
    """Some messages as one, with commas as the language has them."""
    *before, last = parts
    for part in reversed(before):
        last = Message("%(first)s, %(rest)s", first=part, rest=last)
    return last


def sides(text: str) -> Message:
    """A text `中文 / English`, as reasons of the account are written, as a message."""
    return in_both(one_side(text, ENGLISH), one_side(text, CHINESE))


def one_side(text: str, language: str) -> str:
    """Of a text that a result or an account holds as `中文 / English`, the side of a language; all of it for `both`."""
    chinese, slash, english = text.partition(" / ")
    if not slash or language == BOTH:
        return text
    return chinese if language == CHINESE else english


def in_language(text: str, language: str) -> str:
    """What a text says in a language; one that the catalogue does not hold stays as it is.

    Args:
        text: a message, or any other text.
        language: `en`, `zh`, or `both` for one after the other.
    """
    if language == ENGLISH:
        return str.__str__(text)
    chinese = _in_chinese(text)
    if language == CHINESE or chinese == text:
        return chinese
    return f"{text} {chinese}"


def _in_chinese(text: str) -> str:
    texts = catalogue(CHINESE)
    if not isinstance(text, Message):
        return texts.gettext(text) if text else ""
    if text.chinese:
        return text.chinese
    sentence = (
        texts.ngettext(text.template, text.many, text.number) if text.many else texts.gettext(text.template)
    )
    values = {
        name: _in_chinese(value) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return sentence % values if values else sentence


def to_json(text: str) -> dict[str, Any] | None:
    """What JSON has to carry beside the English text of a message; None where it has no values.

    Returns:
        Plain data for `from_json`.
    """
    if not isinstance(text, Message) or not (text.values or text.chinese):
        return None
    values = {
        name: to_json(value) or str(value) if isinstance(value, str) else str(value)
        for name, value in text.values.items()
    }
    parts: dict[str, Any] = {"template": text.template, "values": values}
    if text.many:
        parts |= {"many": text.many, "number": text.number}
    return parts | {"chinese": text.chinese} if text.chinese else parts


def from_json(text: str, parts: Mapping[str, Any] | None) -> str:
    """A message as it was before it went through JSON.

    Args:
        text: in English.
        parts: what `to_json` made of it; None where there is nothing.
    """
    if not parts:
        return text
    values = {
        name: from_json("", value) if isinstance(value, Mapping) else value
        for name, value in parts["values"].items()
    }
    rest = parts.get("many", ""), parts.get("number", 1), values, parts.get("chinese", "")
    return _message(parts["template"], *rest)


class Catalogue(NullTranslations):
    """The messages of one language, as gettext has them.

    Args:
        texts: by the English message. There is one form for all numbers, as in Chinese.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message: str) -> str:
        """The message in this language; itself where there is none."""
        return self.texts.get(message) or super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The message for a number of things."""
        return self.texts.get(msgid1) or super().ngettext(msgid1, msgid2, n)


@cache
def catalogue(language: str, domain: str = DOMAIN) -> NullTranslations:
    """The catalogue of a language; that of English is empty, for messages are written in it.

    It is read from its source: that takes 2 ms, when the first message is said, and no compiled file can grow
    stale or be left out of an installation.

    Args:
        language: `en` or `zh`.
        domain: `extract`, or `desk` for what only the pages of the desk say.
    """
    if language == ENGLISH:
        return NullTranslations()
    package = PACKAGE if domain == DOMAIN else PACKAGE / domain
    path = package / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
    found = Catalogue(parsed(path.read_text(encoding="utf-8")))
    if domain != DOMAIN:
        found.add_fallback(catalogue(language))
    return found


def parsed(source: str) -> dict[str, str]:
    """The entries of a catalogue (a .po file): message → translation, of plurals the first form."""
    return {
        message: _unquoted(entry["text"])
        for entry in _ENTRY.finditer(source)
        if (message := _unquoted(entry["id"]))
    }


def _unquoted(lines: str) -> str:
    """A string over several quoted lines; of the escapes of C, only those that JSON has, too, are ever written."""
    text = "".join(line[1:-1] for line in lines.split("\n"))
    return str(json.loads(f'"{text}"')) if "\\" in text else text
