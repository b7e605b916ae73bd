"""Damaged and hostile variants of a document, the same for the same seed."""

import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

Damage = Callable[[bytes, random.Random], bytes]


def variants(data: bytes, count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """So many damaged variants of a document, each with the name of what was done to it."""
    chance = random.Random(seed)  # noqa: S311 - the same variants each time
    kinds = list(_KINDS.items())
    for n in range(count):
        name, damage = kinds[n % len(kinds)]
        yield name, damage(data, chance)


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 4, 30, 400))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = chance.randrange(1, max(2, len(data) // 4))
    return data[:start] + bytes(len(data[start : start + length])) + data[start + length :]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, max(2, len(data) // 3)) :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start // 2 :] * chance.choice((2, 3))


def _nested(data: bytes, chance: random.Random) -> bytes:
    """Deep nesting in whatever grammar the format has."""
    depth = chance.choice((300, 3_000, 60_000))
    if data.startswith(b"PK"):
        return _rewritten(data, lambda xml: _deeper(xml, depth))
    if data.startswith(b"%PDF"):
        return data.replace(
            b"/Type", b"/Kids " + b"[" * depth + b"]" * depth + b" /Type", chance.choice((1, 5))
        )
    if b"<body" in data:
        return data.replace(b"<p>", b"<div>" * depth + b"<p>", 1)
    return b"> " * depth + data + b"\n" + b"* " * min(depth, 3_000) + b"[" * depth


def _deeper(xml: bytes, depth: int) -> bytes:
    return xml.replace(b"<w:p>", b"<w:sdt><w:sdtContent>" * depth + b"<w:p>", 1).replace(
        b"</w:p>", b"</w:p>" + b"</w:sdtContent></w:sdt>" * depth, 1
    )


def _rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """An archive whose `word/document.xml` is changed, and nothing else."""
    out = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                content = old.read(info)
                new.writestr(info, change(content) if info.filename == "word/document.xml" else content)
    except (zipfile.BadZipFile, zlib.error):
        return data
    return out.getvalue()


_ENTITIES = (
    b'<!DOCTYPE w [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


def _entities(data: bytes, _chance: random.Random) -> bytes:
    """Entities that refer to entities, and to a file."""
    if data.startswith(b"PK"):
        return _rewritten(
            data,
            lambda xml: xml.replace(b"<w:document", _ENTITIES + b"<w:document", 1).replace(
                b"<w:t>", b"<w:t>&c;&x;", 1
            ),
        )
    return _ENTITIES + data.replace("增长".encode(), b"&c;&x;", 3)


def _lying(data: bytes, chance: random.Random) -> bytes:
    """Sizes and places that are not what they say."""
    if data.startswith(b"PK"):
        out = bytearray(data)
        for sign, at in ((b"PK\x03\x04", 18), (b"PK\x01\x02", 20)):
            place = -1
            while (place := data.find(sign, place + 1)) >= 0:
                if chance.random() < 0.5 and place + at + 8 <= len(out):
                    lie = struct.pack(
                        "<II",
                        chance.choice((0, 1, 2**31, 2**32 - 1)),
                        chance.choice((0, 7, 2**31, 2**32 - 1)),
                    )
                    out[place + at : place + at + 8] = lie
        return bytes(out)
    numbers = list(re.finditer(rb"\d+", data))
    out = bytearray(data)
    for match in chance.sample(numbers, min(len(numbers), 12)):
        lie = str(chance.choice((0, 1, 10 ** len(match[0]) - 1))).encode()[: len(match[0])]
        out[match.start() : match.end()] = lie.rjust(len(match[0]), b"0")
    return bytes(out)


def _bomb(data: bytes, chance: random.Random) -> bytes:
    """Much in little."""
    much = b" " * 60_000_000
    if data.startswith(b"PK"):
        out = BytesIO(data)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/media/blank.xml", much)
        return out.getvalue()
    if data.startswith(b"%PDF"):
        packed = zlib.compress(much)
        stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
        return re.sub(
            rb"<<[^<>]*/Filter/FlateDecode[^<>]*>>\s*stream\r?\n",
            lambda _: stream + b"\nendobj\n9 0 obj<<>>stream\n",
            data,
            count=1,
        )
    if b"<body" in data:
        return data.replace(b"<p>", b"<p>" + chance.choice((b"&nbsp;", b"<b>", b"<td>")) * 400_000, 1)
    return data + b"|" * 200_000 + b"\n|" + b"-|" * 100_000 + b"\n" + b"`" * 50_000


_KINDS: dict[str, Damage] = {
    "truncated": _truncated,
    "flipped": _flipped,
    "zeroed": _zeroed,
    "cut out": _cut_out,
    "doubled": _doubled,
    "nested": _nested,
    "entities": _entities,
    "lying": _lying,
    "flipped more": lambda data, chance: _flipped(_flipped(data, chance), chance),
    "bomb": _bomb,
}
