"""Strangers who try to stop a desk without logging in; a process of its own, started by `benchmarks.desk_attack`.

    python -m benchmarks.desk_attackers PORT SECONDS STEPS

All come from 127.0.0.2 where the system has it, and each is bounded: so many connections, so many bytes a second, in the
background of the processor. Ends after SECONDS, or, where that is 0, when each has done STEPS. Prints one JSON object:
for each kind of attack what it met, by how often.
"""

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

HERE = "127.0.0.1"
ELSEWHERE = ("127.0.0.2", 0) if sys.platform == "linux" else None
PIECE = b"x" * 65_536
BODY_BYTES = 900_000_000
BODY_PAUSE = 0.01
"""Seconds between two pieces: at most 6 MB a second from each sender."""
LONGEST, LONGEST_STEP = 60.0, 1.0
"""Seconds after which an attacker lets go of a connection that is still open, and counts it as `kept`."""
NICENESS = 10
PATHS = ("/", "/queue", "/api/items", "/nowhere", "/api/reports/{}", "/items/{}")


@dataclass(slots=True)
class Attack:
    """What all attackers share.

    Attributes:
        port: of the desk.
        until: when to end; None to end after `steps`.
        steps: how often each does what it does.
        met: what each kind met.
    """

    port: int
    until: float | None
    steps: int
    met: dict[str, Counter[str]] = field(default_factory=dict)

    async def rounds(self) -> AsyncIterator[int]:
        """Count the turns of one attacker until it has to end."""
        turn = 0
        while monotonic() < self.until if self.until is not None else turn < self.steps:
            yield turn
            turn += 1
            await asyncio.sleep(0)

    def head(self, method: str, path: str, *headers: str) -> bytes:
        """The head of a request."""
        return "\r\n".join(
            [f"{method} {path} HTTP/1.1", f"Host: {HERE}:{self.port}", *headers, "", ""]
        ).encode()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection, closed at the end."""
        reader, writer = await asyncio.open_connection(HERE, self.port, local_addr=ELSEWHERE, limit=65_536)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


Attacker = Callable[[Attack], Awaitable[str]]


async def first_line(reader: asyncio.StreamReader) -> str:
    """The status of an answer; `closed` where there is none."""
    line = (await reader.readline()).split()
    return line[1].decode() if len(line) > 1 else "closed"


@asynccontextmanager
async def listening(reader: asyncio.StreamReader) -> AsyncIterator[asyncio.Task[str]]:
    """The status of an answer, awaited while something else is done."""
    answer = asyncio.create_task(first_line(reader))
    try:
        yield answer
    finally:
        answer.cancel()
        await asyncio.wait([answer])
        if not answer.cancelled():
            answer.exception()


async def large_body(attack: Attack) -> str:
    """Send a gigabyte to a route that needs a login."""
    path = random.choice(("/api/reports", "/upload", "/api/bulk", "/api/preferences", "/login"))  # noqa: S311
    async with attack.connected() as (reader, writer):
        method = "PUT" if path == "/api/preferences" else "POST"
        kind = "Content-Type: multipart/form-data; boundary=x"
        writer.write(attack.head(method, path, kind, f"Content-Length: {BODY_BYTES}"))
        async with listening(reader) as answer:
            for _ in range(BODY_BYTES // len(PIECE)):
                try:
                    writer.write(PIECE)
                    await writer.drain()
                except OSError:
                    break
                await asyncio.sleep(BODY_PAUSE)
            return await answer


async def half_head(attack: Attack) -> str:
    """Begin a request, and say no more."""
    async with attack.connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: ")
        return await first_line(reader)


async def slow_head(attack: Attack) -> str:
    """A line of a head each second."""
    return await _drip(attack, b"GET / HTTP/1.1\r\n", b"X-More: y\r\n")


async def slow_body(attack: Attack) -> str:
    """A byte of a login each second."""
    kind = "Content-Type: application/json"
    return await _drip(attack, attack.head("POST", "/api/session", kind, "Content-Length: 50000"), b" ")


async def _drip(attack: Attack, begin: bytes, piece: bytes) -> str:
    async with attack.connected() as (reader, writer):
        writer.write(begin)
        async with listening(reader) as answer:
            while not answer.done():
                writer.write(piece)
                await writer.drain()
                await asyncio.wait([answer], timeout=1.0)
            return await answer


async def unread_answers(attack: Attack) -> str:
    """Ask for much, and take nothing of it."""
    async with attack.connected() as (_, writer):
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # a transport that reads, too
        while True:
            writer.write(attack.head("GET", "/static/htmx.min.js"))
            await writer.drain()
            await asyncio.sleep(0.01)


async def unknown_login(attack: Attack) -> str:
    """Log in under a name that nobody has."""
    body = json.dumps({"name": f"nobody{random.randrange(10**9)}", "password": "a" * 20}).encode()  # noqa: S311
    kind = "Content-Type: application/json"
    async with attack.connected() as (reader, writer):
        writer.write(attack.head("POST", "/api/session", kind, f"Content-Length: {len(body)}") + body)
        return await first_line(reader)


async def odd_request(attack: Attack) -> str:
    """Use a method that nobody has, at an address that may be none."""
    method = "".join(random.choices("BDFKRWXZ", k=6))  # noqa: S311
    path = random.choice(PATHS).format(random.randrange(10**9))  # noqa: S311
    async with attack.connected() as (reader, writer):
        writer.write(attack.head(method, path))
        status = await first_line(reader)
        await asyncio.sleep(0.1)
        return status


ATTACKERS: dict[Attacker, int] = {
    large_body: 4,
    half_head: 150,
    slow_head: 20,
    slow_body: 20,
    unread_answers: 5,
    unknown_login: 60,
    odd_request: 4,
}
"""Each kind, and how many do it at once."""


async def attacker(attack: Attack, does: Attacker) -> None:
    """Do it again and again."""
    met = attack.met.setdefault(does.__name__, Counter())
    async for _ in attack.rounds():
        try:
            async with asyncio.timeout(LONGEST_STEP if attack.until is None else LONGEST):
                met[await does(attack)] += 1
        except TimeoutError:
            met["kept"] += 1
        except OSError:
            met["ended"] += 1
            await asyncio.sleep(0.05)


async def everybody(attack: Attack, share: float) -> None:
    """All at once; `share` of those of each kind, at least one."""
    work = [
        asyncio.create_task(attacker(attack, does))
        for does, count in ATTACKERS.items()
        for _ in range(max(1, round(count * share)))
    ]
    await asyncio.wait(work, timeout=None if attack.until is None else attack.until - monotonic())
    for one in work:
        one.cancel()
    await asyncio.gather(*work, return_exceptions=True)


def main() -> None:
    """Attack."""
    port, seconds, steps = sys.argv[1:]
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    attack = Attack(int(port), monotonic() + float(seconds) if float(seconds) else None, int(steps))
    asyncio.run(everybody(attack, 1.0 if attack.until else 0.1))
    print(json.dumps(attack.met))


if __name__ == "__main__":
    main()
