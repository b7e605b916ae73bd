"""The encoding of a web page: strictly tried, as for text; what the page declares is only a second opinion."""

import codecs
import re

from extract.documents.decode import MARKS, decode
from extract.errors import UndecodableTextError

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""",
    re.IGNORECASE,
)
_LOOKED_AT = 8_192
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "hz-gb-2312", "x-gbk", "gb_2312-80", "chinese"})
_EAST_ASIAN = frozenset("big5 big5hkscs cp950 hz euc_jp shift_jis cp932 euc_kr cp949".split())
_ONE_IN = 1_000
_REPLACED = "\ufffd"


def decode_page(data: bytes, most_bytes: int) -> tuple[str, str, int]:
    """Decode a web page.

    A page that declares GB2312 and holds characters of GB18030 is read as GB18030. One that keeps to the
    encoding that it declares but for a byte in a thousand is read, too, and the bytes counted. Encodings without
    Chinese characters, and those in which the declaration itself could not be read, are not believed.

    Returns:
        The text, its encoding, and how many bytes in it could not be read; each is U+FFFD in the text.

    Raises:
        InputError: no encoding fits.
    """
    declared = _declared(data)
    if declared in _EAST_ASIAN and not any(data.startswith(mark) for mark, _, _ in MARKS):
        try:
            return data.decode(declared), declared, 0
        except UnicodeDecodeError:
            declared = ""
    try:
        source = decode(data, "", most_bytes)
    except UndecodableTextError:
        text = data.decode(declared, "replace") if declared else ""
        if not text or text.count(_REPLACED) * _ONE_IN > len(text):
            raise
        return text, declared, text.count(_REPLACED)
    return source.text, source.encoding, 0


def _declared(data: bytes) -> str:
    """The encoding that a page says it has, as Python calls it; empty where it names none that is known."""
    match = _DECLARED.search(data[:_LOOKED_AT])
    name = match[1].decode("ascii").lower() if match else ""
    if name in _CHINESE:
        return "gb18030"
    try:
        known = codecs.lookup(name)
    except LookupError:
        return ""
    return known.name if known.name in {"utf-8", *_EAST_ASIAN} else ""
