"""Works calls off one after the other: the engine as its process holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.calls import Call, CallEvent, CallPreview, CallProgress, CallResult
from studio.engine.dispatch import Order, run
from studio.engine.events import Event, Preview, Progress
from studio.engine.nets import Models
from studio.engine.pictures import array_of, pixels_from
from studio.engine.select import Click, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.pixels import Pixels


class Engine:
    """Keeps what the next call may need again: the model files that were loaded, and the picture clicked at last."""

    def __init__(self, models: Path) -> None:
        self._models = Models(folder=models)
        self._key = ""
        self._scene: Scene | None = None

    def answer(self, call: Call[Pixels]) -> Iterator[CallEvent]:
        """Carry a call out. Raises the StudioErrors of the operation, MemoryError, ValueError for a wrong picture."""
        for event in run(self._order(call), self._models):
            yield _told(event)

    def _order(self, call: Call[Pixels]) -> Order:
        selects = call.operation == "select"
        scene = self._scene_of(call) if selects else None
        return Order(
            operation=call.operation,
            picture=scene.picture if scene else array_of(call.picture),
            mask=None if call.mask is None else array_of(call.mask),
            parameters=dict(call.parameters),
            seed=call.seed,
            count=call.count,
            clicks=tuple(Click(x=click.x, y=click.y, add=click.add) for click in call.clicks),
            scene=scene,
            preview=call.preview,
        )

    def _scene_of(self, call: Call[Pixels]) -> Scene:
        if self._scene is None or not call.key or call.key != self._key:
            self._scene, self._key = Scene.of(array_of(call.picture)), call.key
        return self._scene


def _told(event: Event) -> CallEvent:
    match event:
        case Progress():
            return CallProgress(phase=event.phase, fraction=event.fraction)
        case Preview():
            return CallPreview(picture=pixels_from(event.picture))
        case _:
            return CallResult(index=event.index, picture=pixels_from(event.picture), seed=event.seed, score=event.score)
