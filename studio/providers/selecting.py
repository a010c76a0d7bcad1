"""Object selection while the user waits. It has an engine of its own, so that no fill keeps a click waiting."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from studio.engine.calls import Call, CallClick, CallResult

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from studio.domain.geometry import Point
    from studio.domain.pixels import Pixels
    from studio.providers.ports import Engine

CANDIDATES = 5
"""As many meanings of a click are worked out at most."""


class EngineSelector:
    """Matches `session.ports.Selector`. `engine` is used on the caller's loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def warm(self) -> None:
        """Start the engine, so that the first click need not wait for it. To be called on the loop."""
        self._engine.warm()

    async def select(
        self, picture: Pixels, key: str, add: Sequence[Point], subtract: Sequence[Point]
    ) -> AsyncGenerator[Pixels, None]:
        """Candidate masks (gray, the picture's size), best first, each as soon as it is there. The picture travels
        once for each `key`.

        Raises UsageError (nothing there), ProviderError. Closing it, or cancelling, ends the work.
        """
        call = Call(
            operation="select",
            picture=picture,
            clicks=(*_clicks(add, adds=True), *_clicks(subtract, adds=False)),
            count=CANDIDATES,
            key=key,
        )
        async with aclosing(self._engine.run(call)) as events:
            async for event in events:
                if isinstance(event, CallResult):
                    yield event.picture


def _clicks(points: Sequence[Point], *, adds: bool) -> tuple[CallClick, ...]:
    # The middle of the pixel that was clicked.
    return tuple(CallClick(x=point.x + 0.5, y=point.y + 0.5, add=adds) for point in points)
