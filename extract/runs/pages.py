"""Sources document by document; pages of one report, which their names give away, come together."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extract.documents.joining import goes_on_in, join, series
from extract.documents.model import SourceText
from extract.documents.readers import Bounds, read_document
from extract.errors import InputError
from extract.runs.sources import Content, Source, contents_of

_HEAD_WORDS = tuple(
    word.encode(encoding)
    for word in ("请予审议", "请予审查", "请审议", "报告工作", "报告政府工作")
    for encoding in ("utf-8", "gb18030")
)
"""What a report says at its beginning and nowhere else; a page with it goes on with no other one."""


def contents(sources: Iterable[Source], max_bytes: int, stdin: bytes = b"") -> Iterator[Content]:
    """All documents of some sources, in their order; pages of one report as one.

    Two documents are in memory at a time, and an archive with all of its own.

    Args:
        sources: what to read.
        max_bytes: a larger file is refused.
        stdin: what standard input held, for the source that is standard input.
    """
    sources = tuple(sources)
    for group in _grouped([source.name for source in sources]):
        if len(group) > 1:
            parts = chain.from_iterable(contents_of(sources[at], max_bytes, stdin) for at in group)
            yield from _gathered(parts, max_bytes)
            continue
        source = sources[group[0]]
        if not source.name.lower().endswith(".zip"):
            yield from contents_of(source, max_bytes, stdin)
            continue
        members = list(contents_of(source, max_bytes, stdin))
        for among in _grouped([member.name for member in members]):
            yield from _gathered((members[at] for at in among), max_bytes)


def _grouped(names: Sequence[str]) -> list[tuple[int, ...]]:
    """All names, by index, in their order; those of a series stand together at the place of its first."""
    groups = {min(group): group for group in series(names)}
    taken = {at for group in groups.values() for at in group}
    return [groups.get(at, (at,)) for at in range(len(names)) if at in groups or at not in taken]


@dataclass(slots=True)
class _Group:
    """Pages that were found to be one report so far."""

    pages: list[Content]
    text: SourceText | None = None

    def takes(self, content: Content, max_bytes: int) -> bool:
        """Whether a document goes on with the report; it is a page of the group then."""
        if content.data is None or self.pages[0].data is None:
            return False
        if any(word in content.data for word in _HEAD_WORDS):
            return False
        try:
            before = self.text or _read(self.pages[0], max_bytes)
            after = _read(content, max_bytes)
        except InputError:
            return False
        self.text = before
        if not goes_on_in(before, after):
            return False
        self.pages.append(content)
        self.text = join([before, after])
        return True

    def as_one(self) -> Content:
        first, *more = self.pages
        return replace(first, more=tuple((one.name, one.data) for one in more if one.data is not None))


def _gathered(parts: Iterable[Content], max_bytes: int) -> Iterator[Content]:
    group: _Group | None = None
    for content in parts:
        if group and group.takes(content, max_bytes):
            continue
        if group:
            yield group.as_one()
        group = _Group([content])
    if group:
        yield group.as_one()


def _read(content: Content, max_bytes: int) -> SourceText:
    return read_document(content.data or b"", content.name, bounds=Bounds(bytes=max_bytes))


def content_digest(data: bytes, more: Iterable[tuple[str, bytes]]) -> str:
    """The SHA-256 of the bytes of a source, in hex; of several files that of theirs, one after the other."""
    digests = [hashlib.sha256(one).hexdigest() for one in (data, *(page for _, page in more))]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
