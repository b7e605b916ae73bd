"""The numbers of a file, with spans that point into its decoded text."""

from collections.abc import Iterator
from dataclasses import replace

from extract.documents.cleaning import clean
from extract.documents.readers import Bounds, read_document
from extract.numbers import find_mentions
from extract.numbers.batch import mention_row


def number_rows(data: bytes, name: str, max_bytes: int) -> Iterator[dict[str, object]]:
    """Rows of the Mention contract.

    The numbers are looked for in the clean text, so that one that a page break cuts in two is still one.

    Args:
        data: the bytes of a document.
        name: how messages call it.
        max_bytes: a larger document is refused.

    Raises:
        InputError: the bytes cannot be read.
    """
    text = read_document(data, name, bounds=Bounds(bytes=max_bytes)).text
    cleaned = clean(text, 0, len(text))
    for mention in find_mentions(cleaned.text):
        start, end = cleaned.source_span(mention.start, mention.end)
        yield mention_row(replace(mention, start=start, end=end, text=text[start:end]))
