"""The playground: two ports on loopback, one for the API (and by default the pictures), one for pictures alone."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from studio.playground.connection import Conversation
from studio.playground.faults import Faults
from studio.playground.world import World

if TYPE_CHECKING:
    from types import TracebackType

    from studio.playground.catalogue import Catalogue
    from studio.playground.exchange import Asked
    from studio.playground.ledger import Ledger
    from studio.playground.results import Results
    from studio.playground.world import Rules

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
_STREAM_LIMIT = 1024 * 1024


class Playground:
    """A running server. `async with await Playground.start() as playground:` closes it at the end.

    NanoGPT is spoken at `url`; Naga and OpenAI at `url` + "/v1", where the model decides which of the two. Below
    `url` + "/nanogpt", "/naga/v1" and "/openai/v1" nothing but the model's provider is spoken. `catalogue`, `rules`,
    `faults` and `results` may be changed while it runs; `requests` and `ledger` tell what came and what it would cost.
    """

    def __init__(self, world: World, faults: Faults) -> None:
        self.world, self.faults = world, faults
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def start(cls, port: int = 0, world: World | None = None) -> Playground:
        """Listen on this port of 127.0.0.1 (0: any that is free). Raises OSError where it is taken."""
        playground = cls(world or World(), Faults())
        try:
            await playground._listen(port)
            await playground._listen(0)
        except OSError:
            await playground.close()
            raise
        first, second = (_port_of(server) for server in playground._servers)
        playground.world.origins = (f"http://{HOST}:{first}", f"http://{HOST}:{second}")
        return playground

    @property
    def url(self) -> str:
        """Where the API is, without a slash at its end."""
        return self.world.origins[0]

    @property
    def key(self) -> str:
        """A key that is good."""
        return self.world.keys[0]

    @property
    def ledger(self) -> Ledger:
        """What it would bill."""
        return self.world.ledger

    @property
    def requests(self) -> list[Asked]:
        """All requests so far, those of the second port too."""
        return self.world.requests

    @property
    def catalogue(self) -> Catalogue:
        """The models."""
        return self.world.catalogue

    @property
    def rules(self) -> Rules:
        """Switches for what real servers differ in."""
        return self.world.rules

    @property
    def results(self) -> Results:
        """The pictures that are handed out by address."""
        return self.world.results

    async def close(self) -> None:
        """End at once; what is under way is cut."""
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()

    async def __aenter__(self) -> Playground:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _listen(self, port: int) -> None:
        self._servers.append(await asyncio.start_server(self._accept, HOST, port, limit=_STREAM_LIMIT))

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = Conversation(self.world, self.faults, reader, writer)
        task = asyncio.get_running_loop().create_task(conversation.run())
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a connection failed", exc_info=task.exception())


def _port_of(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])
