"""A server that says whatever a test wants it to, byte for byte, and remembers who came."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One request. `target` as it stood in the first line; header names have small letters."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


@dataclass(slots=True, kw_only=True)
class Wayside:
    """`says` answers by the path of the request, `other` the rest; None ends the connection without a word. `drip`:
    one byte at a time, the test decides when by setting `go`."""

    url: str = ""
    port: int = 0
    says: dict[str, bytes | Callable[[Came], bytes] | None] = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType]  # the type stands to the left
    other: bytes | None = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    came: list[Came] = field(default_factory=list["Came"])
    connections: int = 0
    hold: asyncio.Event | None = None

    @property
    def paths(self) -> list[str]:
        return [each.target for each in self.came]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            came = await _request(reader)
            self.came.append(came)
            answer = self.says.get(came.target.partition("?")[0], self.other)
            data = answer(came) if callable(answer) else answer
            if data is not None:
                writer.write(data)
                await writer.drain()
            if self.hold is not None:
                await self.hold.wait()
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def standing(context: ssl.SSLContext | None = None) -> AsyncIterator[Wayside]:
    """A server on a free port of this machine."""
    wayside = Wayside()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(wayside.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    wayside.port = int(server.sockets[0].getsockname()[1])
    wayside.url = f"{'http' if context is None else 'https'}://127.0.0.1:{wayside.port}"
    try:
        yield wayside
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def moved(to: str, status: int = 302, **headers: str) -> bytes:
    """A redirect."""
    return answer(b"", f"{status} Moved", Location=to, **headers)


def urls(*addresses: str, **others: object) -> bytes:
    """The answer to an order whose pictures are at these addresses."""
    body = json.dumps({"created": 1, "data": [{"url": each} for each in addresses], **others}).encode()
    return answer(body, Content_Type="application/json", X_Request_ID="req-7")


async def _request(reader: asyncio.StreamReader) -> Came:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.rstrip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in rest))
    length = next((int(value) for name, value in headers if name == "content-length"), 0)
    return Came(method=method, target=target, headers=headers, body=await reader.readexactly(length))
