"""An answer on its way to the socket, with a fault laid over it where the script says so."""

from __future__ import annotations

import asyncio
import socket
import struct
from email.utils import formatdate
from typing import TYPE_CHECKING

import h11

from studio.playground.faults import End, Fault, Place
from studio.playground.ledger import now

if TYPE_CHECKING:
    from studio.playground.exchange import Given

CHUNK = 256 * 1024
_NO_LINGER = struct.pack("ii", 1, 0)


class Cut(Exception):
    """The connection was ended on purpose."""


async def deliver(
    connection: h11.Connection, writer: asyncio.StreamWriter, given: Given, fault: Fault | None, request_id: str
) -> None:
    """Write the answer. Raises Cut where the fault ends the connection."""
    length = len(given.body) + (fault.length if fault is not None else 0)
    date = formatdate(now(), usegmt=True)
    headers = [*given.headers, ("date", date), ("x-request-id", request_id), ("content-length", str(length))]
    response = h11.Response(status_code=given.status, headers=headers)
    head = connection.send(response) or b""
    if fault is None:
        await _written(writer, head)
        for start in range(0, len(given.body), CHUNK):
            await _written(writer, connection.send(h11.Data(data=given.body[start : start + CHUNK])) or b"")
        await _written(writer, connection.send(h11.EndOfMessage()) or b"")
        return
    whole = head + given.body
    kept = whole[: _kept(fault, len(head), len(given.body))]
    await _paced(writer, kept, fault.pace)
    # Past this point the two sides need not agree any more on what was said.
    await end(writer, fault.cut[1] if fault.cut is not None else End.CLOSE)


async def end(writer: asyncio.StreamWriter, how: End) -> None:
    """End the connection: at once, in good order, or not at all until the other side leaves. Raises Cut."""
    if how is End.STALL:
        await asyncio.Event().wait()
    if how is End.RESET:
        found = writer.get_extra_info("socket")
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        writer.transport.abort()
    raise Cut


def _kept(fault: Fault, head: int, body: int) -> int:
    """Bytes of head and body together that are sent."""
    if fault.cut is None:
        return head + body
    match fault.cut[0]:
        case Place.BODY:
            return head + (body // 2 if fault.after is None else min(body, fault.after))
        case Place.HEADERS:
            return head // 2
        case _:
            return 0


async def _paced(writer: asyncio.StreamWriter, data: bytes, pace: tuple[int, float] | None) -> None:
    step, pause = pace or (CHUNK, 0.0)
    for start in range(0, len(data), step):
        await _written(writer, data[start : start + step])
        if pause:
            await asyncio.sleep(pause)


async def _written(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()
