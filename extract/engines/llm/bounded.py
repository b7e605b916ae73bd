"""Reads what an endpoint sends within bounds, before anything makes text or data of it.

A body is read piece by piece and given up when it grows too
large, as it came or unpacked: a compressed body of some kilobytes may swell to gigabytes.
"""

import zlib
from collections.abc import AsyncIterable, Iterable, Iterator

MOST_BYTES = 8_000_000
"""Of one answer, unpacked: 16 times as much as the longest answers of today's models."""
MOST_FILE_BYTES = 1_000_000_000
"""Of a batch's file of answers, unpacked."""
PIECE = 1 << 16
PACKED = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
"""What we ask for and can unpack piece by piece, by the window that zlib is told."""
ACCEPTED = "gzip, deflate"
GZIP = b"\x1f\x8b"
"""How packed pieces of gzip begin."""


class UnfitBodyError(Exception):
    """A body that is not read to its end.

    Attributes:
        limit: bytes that it passed; None where it is packed in a way that was not asked for.
    """

    def __init__(self, message: str, limit: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit


class Unpacking:
    """Counts and unpacks a body, a piece at a time.

    Args:
        encoding: the header that says how it is packed.
        most: bytes.

    Raises:
        UnfitBodyError: it is packed in another way, in vain, or unpacks to too much.
    """

    def __init__(self, encoding: str, most: int) -> None:
        ways = [
            way for way in (part.strip().lower() for part in encoding.split(",")) if way != "identity" and way
        ]
        if len(ways) > 1 or not set(ways) <= PACKED.keys():
            raise UnfitBodyError(f"packed as {encoding[:40]!r}, which was not asked for")
        self._way = ways[0] if ways else None
        self._most = most
        self._left = most
        self._unpack = zlib.decompressobj(PACKED[self._way]) if self._way else None
        self._begun = False

    def pieces(self, raw: bytes) -> Iterator[bytes]:
        """What some bytes unpack to."""
        if self._unpack is None:
            yield self._counted(raw)
            return
        try:
            while raw:
                piece = self._unpacked(raw)
                raw = self._unpack.unconsumed_tail
                if piece:
                    yield self._counted(piece)
                if self._unpack.eof:
                    raw = self._next_member()
        except zlib.error as error:
            raise UnfitBodyError("its packing is damaged") from error

    def end(self) -> None:
        """The body has ended.

        Raises:
            UnfitBodyError: its packing has not: something is missing, though nothing else says so.
        """
        if self._begun and self._unpack is not None and not self._unpack.eof:
            raise UnfitBodyError("its packing breaks off")

    def _next_member(self) -> bytes:
        """What follows a packed piece that has ended: another one, as gzip allows; anything else is left."""
        assert self._unpack is not None
        rest = self._unpack.unused_data
        if not rest.startswith(GZIP):
            return b""
        self._unpack = zlib.decompressobj(PACKED["gzip"])
        return rest

    def _unpacked(self, raw: bytes) -> bytes:
        assert self._unpack is not None
        try:
            piece = self._unpack.decompress(raw, PIECE)
        except zlib.error:
            if self._begun or self._way != "deflate":
                raise
            self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave the frame of deflate out
            piece = self._unpack.decompress(raw, PIECE)
        self._begun = True
        return piece

    def _counted(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise UnfitBodyError(f"more than {self._most:,} bytes", self._most)
        return piece


async def read_body(raw: AsyncIterable[bytes], encoding: str, most: int = MOST_BYTES) -> bytes:
    """A whole body, unpacked.

    Args:
        raw: the body as it comes.
        encoding: the header that says how it is packed.
        most: bytes.

    Raises:
        UnfitBodyError: it is too large or packed in another way.
    """
    unpacking = Unpacking(encoding, most)
    body = bytearray()
    async for some in raw:
        for piece in unpacking.pieces(some):
            body += piece
    unpacking.end()
    return bytes(body)


def plain_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Headers of a body that has been unpacked."""
    unpacked = (b"content-encoding", b"content-length", b"transfer-encoding")
    return [(name, value) for name, value in headers if name.lower() not in unpacked]
