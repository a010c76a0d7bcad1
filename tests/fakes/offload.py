"""The pools and the object selection of a session, without threads, processes and models."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


class NoSelector:
    async def select(
        self, picture: Pixels, key: str, add: Sequence[Point], subtract: Sequence[Point]
    ) -> Sequence[Pixels]:
        return ()
