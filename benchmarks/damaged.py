"""Damaged and hostile documents: what becomes of them, and what they take."""

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.damage import variants
from benchmarks.measure import KIB_PER_MIB, ROOT, Row
from extract.documents.readers import read_document
from extract.documents.readers.archive import unpack
from extract.documents.readers.isolation import PROCESS
from extract.errors import InputError
from tests.documents.readers.made import SAMPLES, docx, page, paragraphs, zipped

REPORT = ROOT / "examples" / "yunzhou-2025.txt"


def damaged(count: int) -> Iterator[Row]:
    """So many damaged variants of a document of each kind, read one after the other."""
    text = REPORT.read_text(encoding="utf-8")
    documents: dict[str, Callable[[], bytes]] = {
        "a.md": text.encode,
        "a.html": page(paragraphs(text)).encode,
        "a.docx": lambda: docx(text),
        "a.pdf": Path(SAMPLES / "yunzhou-2025.pdf").read_bytes,
        "a.zip": lambda: zipped({"a.docx": docx(text), "b.html": page(paragraphs(text)).encode()}),
    }
    yield from (_measured(name, make(), count) for name, make in documents.items())


def _measured(name: str, data: bytes, count: int) -> Row:
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    PROCESS.close()
    for _, variant in variants(data, count):
        began = time.perf_counter()
        outcomes[_outcome(variant, name)] += 1
        slowest = max(slowest, time.perf_counter() - began)
    PROCESS.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIB_PER_MIB
    told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    return Row(
        f"{count} damaged variants of {name}: {told}",
        f"{slowest:.1f} s at most, {peak:.0f} MiB",
        "no crash, ≤ 5 s, ≤ 500 MB",
    )


def _outcome(data: bytes, name: str) -> str:
    """`read`, or the class of the error; any other exception is a fault and ends the measurement."""
    try:
        if name.endswith(".zip"):
            errors = [member.error for member in unpack(data, name) if member.error]
            return type(errors[0]).__name__ if errors else "read"
        read_document(data, name)
    except InputError as error:
        if not str(error).startswith(name) or not error.hint:
            raise AssertionError(f"{error!r} names no file, or no way out") from error
        return type(error).__name__
    return "read"
