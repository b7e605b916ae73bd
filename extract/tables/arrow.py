"""Data frames as one Arrow stream, read while they are made.

polars gives such a stream of what is made in Python only to another thread, and who waits for that thread with the
interpreter's lock in hand waits for ever. Here whoever reads calls for the next frame itself.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import polars as pl
from nanoarrow.ipc import InputStream

from extract.tables.frames import packed

_LENGTH = slice(4, 8)
"""Where a message says how long it is, behind the mark that opens it."""
_MARK_AND_LENGTH = 8
_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"


@contextmanager
def as_arrow(data: Iterable[pl.DataFrame]) -> Iterator[InputStream]:
    """Data frames as an Arrow stream, to be read once and inside the block.

    Args:
        data: at least one, all with the same columns.

    Raises:
        Exception: what making the frames raised, in place of what the reader made of it.
    """
    reader = _Reader(_messages(data))
    try:
        yield InputStream.from_readable(io.BufferedReader(reader))
    finally:
        if reader.error:
            raise reader.error


class _Reader(io.RawIOBase):
    """Pieces as a file; it remembers what went wrong, of which a reader in another language tells a part only."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what is called with is no more
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return 0
        except BaseException as error:  # noqa: BLE001 - it is raised again where the block ends
            self.error = error
            raise OSError("there is no next frame") from None  # a reader in C knows what to do with this one
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _messages(data: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """The first frame's schema, the rows of each, the end: a stream of one frame has all three."""
    schema = b""
    for one in data:
        stream = packed(one)
        if not schema:
            schema = stream[: _MARK_AND_LENGTH + int.from_bytes(stream[_LENGTH], "little")]
            yield schema
        yield stream[len(schema) : -len(_END)]
    yield _END
