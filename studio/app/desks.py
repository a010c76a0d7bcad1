"""The desks that the verbs of the command line get: the working rooms, or the window that holds the data folder.

All of it is loaded for a verb only, and so inside of the functions: the window must stand before any of it is read.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.app.ground import resources
from studio.storage.folders import Folders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from studio.app.handover.meeting import Line
    from studio.cli.playing import Place
    from studio.domain.steps import Steps
    from studio.session.face.terminal import TerminalDesk, WritingDesk


class TerminalDesks:
    """Matches `cli.errand.Desks`. `steps` are told to the rooms that are opened for writing."""

    def __init__(self, steps: Steps | None = None) -> None:
        self._steps = steps

    @asynccontextmanager
    async def reading(self, data_dir: str | None) -> AsyncIterator[TerminalDesk]:
        """The rooms opened for reading, whoever holds the data folder."""
        async with _rooms(Folders.at(data_dir), read_only=True) as desk:
            yield desk

    @asynccontextmanager
    async def writing(
        self, data_dir: str | None, *, sends: bool, waits: Callable[[], None] | None = None
    ) -> AsyncIterator[WritingDesk]:
        """The window's, else the rooms with the data folder for ourselves."""
        from studio.app.handover.courier import Courier, lock_or_line
        from studio.storage.lock import Lock

        folders = Folders.at(data_dir)
        folders.make()
        met = await lock_or_line(folders.data, waits=waits)
        if isinstance(met, Lock):
            if sends:
                from studio.app.preloading import ORDERS, preload

                # Before there are threads, which would load it piece by piece, in turns with the loop that sends.
                preload(ORDERS)
            try:
                async with _rooms(folders, read_only=False, steps=self._steps) as desk:
                    yield desk
            finally:
                met.release()
        else:
            yield Courier(met, lambda: _again(folders), lambda: self.reading(data_dir))

    @asynccontextmanager
    async def playground(self, port: int) -> AsyncIterator[Place]:
        """One on loopback, closed when left."""
        from studio.cli.playing import Place
        from studio.domain.catalogue import trouble
        from studio.playground.server import Playground

        try:
            playground = await Playground.start(port)
        except (OSError, OverflowError) as error:
            reason = f"Port {port} cannot be used; give another one with --port, or leave it out."
            raise trouble("bad-arguments", reason=reason, detail=str(error)) from error
        async with playground:
            yield Place(url=playground.url, key=playground.key)


async def _again(folders: Folders) -> Line:
    """A further line to the window. Raises StudioError where it has ended."""
    from studio.app.handover.courier import lock_or_line
    from studio.storage.lock import Lock

    met = await lock_or_line(folders.data)
    if isinstance(met, Lock):
        from studio.domain.catalogue import trouble

        met.release()
        raise trouble("window-gone")
    return met


@asynccontextmanager
async def _rooms(folders: Folders, *, read_only: bool, steps: Steps | None = None) -> AsyncIterator[TerminalDesk]:
    import asyncio

    from studio.app.rooms import Rooms
    from studio.domain.steps import no_steps
    from studio.session.terminal import Terminal

    post = asyncio.get_running_loop().call_soon_threadsafe
    rooms = await Rooms.open(folders, post, resources(), read_only=read_only, steps=steps or no_steps)
    desk = Terminal(rooms.terminal_world())
    try:
        yield desk
        if not read_only:
            await rooms.back_up()
    finally:
        await desk.close()
        await rooms.close()
