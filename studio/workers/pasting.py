"""The process that makes finished pictures as seen from here. Pasting, and writing a large PNG, would keep the window
waiting for the interpreter; and what an answer's bytes do to a decoder is no matter of the window's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.workers.kept_files import kept_told
from studio.workers.service import BroughtDown, Service

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from studio.domain.geometry import Rect
    from studio.framing.unfinished import Unfinished
    from studio.workers.channel import Fields, Json

SECONDS = 300.0
"""How long one picture may take."""


class PastingProcess:
    """Matches `session.ports.Pasting`. `threads` is where the process is waited for."""

    def __init__(
        self, threads: Executor, *, seconds: float = SECONDS, module: str = "studio.workers.pasting_child"
    ) -> None:
        self._threads = threads
        self._service = Service(module, seconds=seconds)

    def warm(self) -> None:
        """Start the process, so that the first picture need not wait for it."""
        self._service.warm()

    async def finished(self, work: Unfinished) -> tuple[memoryview, Size]:
        """The finished picture as PNG. Raises StorageError, ImagingError."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._made, work)

    def pid(self) -> int | None:
        """The process id, None while there is none."""
        return self._service.pid()

    def close(self) -> None:
        """End the process. A call that waits for it gets its error."""
        self._service.close()

    def _made(self, work: Unfinished) -> tuple[memoryview, Size]:
        try:
            return self._service.ask(lambda: _told(work), self._heard, f"picture {work.answer.blob}")
        except BroughtDown as error:
            raise trouble("not-pasted", detail=str(error)) from error

    def _heard(self, answer: Fields) -> tuple[memoryview, Size]:
        data = self._service.exchange.take(answer.text("name"), answer.whole("length"))
        return data, Size(width=answer.whole("width"), height=answer.whole("height"))


def _told(work: Unfinished) -> Mapping[str, Json]:
    placement, padding = work.placement, work.placement.padding
    return {
        "source": kept_told(work.source),
        "answer": kept_told(work.answer),
        "paste": None if work.paste is None else kept_told(work.paste),
        "outcome": work.outcome.value,
        "colours": work.colours.value,
        "document": _size(placement.document),
        "box": _rect(placement.box),
        "sent": _size(placement.sent),
        "padding": [padding.left, padding.top, padding.right, padding.bottom],
    }


def _size(size: Size) -> list[Json]:
    return [size.width, size.height]


def _rect(rect: Rect) -> list[Json]:
    return [rect.x, rect.y, rect.width, rect.height]
