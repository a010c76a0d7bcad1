"""How a window and a program started beside it meet: a socket in the data folder, or a port of this machine.

A port is taken where there are no such sockets (Windows, some file systems) or the folder's path is too long for one.
Either way both sides prove that they know the secret before anything is said.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from typing import TYPE_CHECKING, TypeVar

from studio.app.handover.letters import LONGEST, PROTOCOL, Greeting, Proof, fresh_number, proof, proves
from studio.storage.announcement import Announcement
from studio.storage.private import PRIVATE_FILE
from studio.storage.records import UnreadableRecord, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

NAME = "window.socket"
LONGEST_PATH = 100
"""Bytes. Linux takes 107, macOS 103."""
GREETING_S = 5.0
"""Seconds for both proofs; who needs longer is not one of us."""
HERE = "127.0.0.1"

CALLER, WINDOW = "caller", "window"


class Broken(Exception):
    """The other side is gone, or no one that we talk to."""


class Line:
    """One conversation."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def say(self, letter: object) -> None:
        """Raises Broken."""
        try:
            self._writer.write(encode(letter).encode() + b"\n")
            await self._writer.drain()
        except OSError as error:
            raise Broken(str(error)) from error

    def say_last(self, letter: object) -> None:
        """Say it and hang up, without waiting for anything."""
        if not self._writer.is_closing():
            self._writer.write(encode(letter).encode() + b"\n")
        self.hang_up()

    async def hear(self, kind: type[T]) -> T:
        """The next letter. Raises Broken, also where it is none of this kind."""
        try:
            text = await self._reader.readline()
            if not text.endswith(b"\n"):
                raise Broken("the line ends")
            return decode(text, kind)
        except (OSError, ValueError, *UnreadableRecord) as error:
            raise Broken(str(error)) from error

    def hang_up(self) -> None:
        """What was said is still sent."""
        self._writer.close()


async def listen(folder: Path, secret: str, meet: Callable[[Line], None]) -> tuple[asyncio.Server, Announcement]:
    """Call `meet` for everyone who comes; the server, and where it is to be found. Raises OSError."""

    def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        meet(Line(reader, writer))

    path = str(folder / NAME)
    if sys.platform != "win32" and len(os.fsencode(path)) <= LONGEST_PATH:
        with contextlib.suppress(OSError):
            server = await asyncio.start_unix_server(greet, path, limit=LONGEST)
            os.chmod(path, PRIVATE_FILE)
            return server, Announcement(pid=os.getpid(), socket=path, secret=secret)
    server = await asyncio.start_server(greet, HERE, 0, limit=LONGEST)
    port: int = server.sockets[0].getsockname()[1]
    return server, Announcement(pid=os.getpid(), port=port, secret=secret)


async def welcome(line: Line, secret: str) -> None:
    """The window's half of the proofs. Raises Broken where the caller is no one that we talk to."""
    number = fresh_number()
    try:
        async with asyncio.timeout(GREETING_S):
            await line.say(Greeting(overpaint=PROTOCOL, number=number))
            theirs = await line.hear(Proof)
            if not proves(theirs.proof, secret, CALLER, number):
                raise Broken("the caller does not know the secret")
            await line.say(Proof(proof=proof(secret, WINDOW, theirs.number)))
    except TimeoutError as error:
        raise Broken("no proof came") from error


async def call(place: Announcement) -> Line:
    """The window's line, after both have proved themselves. Raises Broken."""
    try:
        async with asyncio.timeout(GREETING_S):
            if place.socket and sys.platform != "win32":
                streams = await asyncio.open_unix_connection(place.socket, limit=LONGEST)
            else:
                streams = await asyncio.open_connection(HERE, place.port, limit=LONGEST)
            line = Line(*streams)
            try:
                await _introduce(line, place.secret)
            except BaseException:
                line.hang_up()
                raise
            return line
    except (OSError, TimeoutError) as error:
        raise Broken(str(error)) from error


async def _introduce(line: Line, secret: str) -> None:
    greeting = await line.hear(Greeting)
    if greeting.overpaint != PROTOCOL:
        raise Broken("the window is of another version")
    number = fresh_number()
    await line.say(Proof(proof=proof(secret, CALLER, greeting.number), number=number))
    theirs = await line.hear(Proof)
    if not proves(theirs.proof, secret, WINDOW, number):
        raise Broken("the window does not know the secret")
