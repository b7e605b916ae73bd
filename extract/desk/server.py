"""The server under the application: uvicorn, with bounds on what a connection may take.

Of the servers that Python has none bounds all of it. Tried on loopback against a head that comes line by line, a
connection that says nothing, a body that comes byte by byte, an answer that nobody takes, and 700 half-sent heads from
one address: hypercorn 0.18 ends the first two, granian 2.8 the first one (and one address fills the places of all),
uvicorn 0.54 none. What is left over is the same work on each of them; uvicorn lets a protocol of ours in, so that all of
it stands in one place: `extract.desk.connections`.
"""

import asyncio
import logging
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from socket import SO_LINGER, SOL_SOCKET, socket
from time import monotonic
from typing import ClassVar

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from extract.desk.connections import Course, Phase, Room

GRACE_SECONDS = 3
TICKS_A_SECOND = 10
NO_LINGER = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)


class _Connection(H11Protocol):
    """A connection of which a room keeps count."""

    room: ClassVar[Room]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        now = monotonic()
        self.course = Course(now)
        if not self.room.enter(self, now):
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        self.room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.course.received += len(data)
        super().data_received(data)
        self._enter_phase()

    def on_response_complete(self) -> None:
        unread = self.conn.their_state is h11.SEND_BODY
        if not unread:
            self.course.await_next(monotonic())
        super().on_response_complete()
        if unread:  # the application has its reasons not to read it, and nobody else will
            self.transport.close()
        self._enter_phase()

    def look(self, now: float) -> None:
        """Bring the course up to date."""
        unsent = self.transport.get_write_buffer_size()
        self.course.look(now, unsent=unsent, held=self.flow.read_paused)

    def end(self) -> None:
        """End at once, whatever is under way; the system, too, keeps nothing for who takes nothing."""
        with suppress(OSError):
            self.transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, NO_LINGER)
        self.transport.abort()

    def _enter_phase(self) -> None:
        theirs = self.conn.their_state
        phase = Phase.HEAD if theirs is h11.IDLE else Phase.BODY if theirs is h11.SEND_BODY else Phase.ANSWER
        self.course.enter(phase, monotonic())


class _Server(uvicorn.Server):
    """A server that looks at its connections every second."""

    def __init__(self, config: uvicorn.Config, room: Room) -> None:
        super().__init__(config)
        self.room = room

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_A_SECOND == 0:
            self.room.end_overdue(monotonic())
        return await super().on_tick(counter)


def make_server(app: ASGIApp, room_here: Room) -> uvicorn.Server:
    """A server that has not begun.

    Args:
        app: what answers.
        room_here: of its connections.
    """

    class Connection(_Connection):
        room = room_here

    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="error",  # a warning for each request that is none lets strangers fill the log
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the desk reads what proxies say itself, and only of those that it believes
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return _Server(config, room_here)


def serve(app: ASGIApp, sockets: Sequence[socket], room: Room) -> None:
    """Serve until Ctrl-C or SIGTERM; answers that are under way have `GRACE_SECONDS` then. Arguments as above."""
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # for the same reason
    make_server(app, room).run(sockets=list(sockets))
