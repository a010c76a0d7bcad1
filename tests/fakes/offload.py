"""The pools and the object selection of a session, without threads, processes and models."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from studio.domain.problems import StudioError
from studio.imaging.decode import decode

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from studio.domain.geometry import Point
    from studio.domain.pixels import Pixels

P = ParamSpec("P")
T = TypeVar("T")


class AtOnce:
    """Does the work of the pools where it is asked for."""

    async def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    async def decode(self, data: bytes, name: str, *, megapixels: int) -> object:
        raise AssertionError("nothing is decoded here")


class Held(AtOnce):
    """Does it in the order in which it was asked for, but not while it is held."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._held = False
        self._waiting = deque[asyncio.Future[None]]()

    def hold(self) -> None:
        self._held = True

    def step(self, *, newest: bool = False) -> None:
        """Let one through: the one that waits longest, or the one that came last."""
        if self._waiting:
            turn = self._waiting.pop() if newest else self._waiting.popleft()
            turn.set_result(None)

    def let_go(self) -> None:
        self._held = False
        while self._waiting:
            self.step()

    async def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        await self._turn(function)
        return function(*args, **kwargs)

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        await self._turn(function)
        return function(*args, **kwargs)

    async def decode(self, data: bytes, name: str, *, megapixels: int) -> object:
        await self._turn(decode)
        return decode(data, name, megapixels)

    async def _turn(self, function: Callable[..., object]) -> None:
        self.asked.append(function.__name__)
        if self._held:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn


class HeldSelector:
    """Finds what it is told to, when it is told to; None ends the search that is heard."""

    def __init__(self) -> None:
        self.found: asyncio.Queue[Pixels | StudioError | None] = asyncio.Queue()
        self.asked: list[tuple[tuple[Point, ...], tuple[Point, ...]]] = []
        self.warmed = 0
        self._turn = asyncio.Lock()

    def warm(self) -> None:
        self.warmed += 1

    async def select(
        self, picture: Pixels, key: str, add: Sequence[Point], subtract: Sequence[Point]
    ) -> AsyncGenerator[Pixels, None]:
        async with self._turn:
            self.asked.append((tuple(add), tuple(subtract)))
            while (found := await self.found.get()) is not None:
                if isinstance(found, StudioError):
                    raise found
                yield found


class NoSelector:
    def warm(self) -> None: ...

    async def select(
        self, picture: Pixels, key: str, add: Sequence[Point], subtract: Sequence[Point]
    ) -> AsyncGenerator[Pixels, None]:
        return
        yield
