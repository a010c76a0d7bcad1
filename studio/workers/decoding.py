"""The decode process as seen from here: bytes in, pixels or a sentence out, whatever the file does to the process."""

from __future__ import annotations

import base64
import logging
import queue
import threading
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.imaging.decode import Decoded
from studio.workers import channel
from studio.workers.channel import BadMessage, Fields
from studio.workers.child import Child
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from studio.domain.problems import StudioError

log = logging.getLogger(__name__)

SECONDS = 60.0
"""How long one file may take."""


class Decoder:
    """One decode process, started when it is first needed or by `warm`, and again when a file brought it down.

    Its calls block: they are made in threads, and one is served at a time.
    """

    def __init__(self, *, seconds: float = SECONDS, module: str = "studio.workers.decode_child") -> None:
        self._seconds = seconds
        self._module = module
        self._exchange = Exchange.create()
        self._answers: queue.SimpleQueue[Fields | str] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._closed = False

    def warm(self) -> None:
        """Start the process, so that the first file need not wait for it."""
        with self._turn:
            self._ready()

    def decode(self, data: bytes, name: str, megapixels: int) -> Decoded:
        """The picture in a file's bytes. Raises ImagingError."""
        try:
            return self._picture(self._ask(data, name, megapixels, pixels=True))
        except BadMessage as error:
            raise self._nonsense(name, error) from error

    def measure(self, data: bytes, name: str, megapixels: int) -> Size:
        """The size of the picture in a file's bytes, after all of it was decoded. Raises ImagingError."""
        try:
            answer = self._ask(data, name, megapixels, pixels=False)
            return Size(width=answer.whole("width"), height=answer.whole("height"))
        except BadMessage as error:
            raise self._nonsense(name, error) from error

    def pid(self) -> int | None:
        """The process id, None while there is none."""
        return self._child.pid() if self._child is not None else None

    def close(self) -> None:
        """End the process. A call that waits for it gets its error."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()
            child.join()
        self._exchange.close()

    def _ask(self, data: bytes, name: str, megapixels: int, *, pixels: bool) -> Fields:
        with self._turn:
            answer = self._tried(data, name, megapixels, pixels=pixels)
            if isinstance(answer, str):  # it may have been dead before it got the file: only a second death counts
                answer = self._tried(data, name, megapixels, pixels=pixels)
            if isinstance(answer, str):
                raise trouble("image-truncated", name=name, detail=answer)
        if answer.text("kind") == "trouble":
            raise channel.trouble_heard(answer)
        return answer

    def _tried(self, data: bytes, name: str, megapixels: int, *, pixels: bool) -> Fields | str:
        """The answer, or why the process had to be given up."""
        child = self._ready()
        try:
            handed = self._exchange.put(data)
        except OSError as error:
            raise trouble("image-memory", name=name, detail=str(error)) from error
        child.send({"name": handed, "length": len(data), "title": name, "megapixels": megapixels, "pixels": pixels})
        try:
            answer = self._answers.get(timeout=self._seconds)
        except queue.Empty:
            self._give_up(name, "too slow")
            raise trouble("image-truncated", name=name, detail=f"not done after {self._seconds} s") from None
        if isinstance(answer, str):
            self._give_up(name, answer)
        return answer

    def _picture(self, answer: Fields) -> Decoded:
        pixels = answer.inner("pixels")
        if pixels is None:
            raise BadMessage("the picture is missing")
        return Decoded(
            pixels=self._exchange.take_pixels(pixels),
            media_type=answer.text("media_type"),
            has_alpha=answer.flag("has_alpha"),
            original_size=Size(width=answer.whole("original_width"), height=answer.whole("original_height")),
            icc=base64.b64decode(answer.text("icc")) or None,
            profile_name=answer.text("profile_name"),
            orientation=answer.whole("orientation"),
        )

    def _ready(self) -> Child:
        """The running child; a new one, that knows nothing of the last, where that one is gone."""
        if self._closed:
            raise RuntimeError("the decoder was closed")
        if self._child is None or not self._child.alive:
            answers: queue.SimpleQueue[Fields | str] = queue.SimpleQueue()
            self._answers = answers
            self._child = Child(self._module, [str(self._exchange.path)], answers.put, answers.put)
        return self._child

    def _nonsense(self, name: str, error: BadMessage) -> StudioError:
        with self._turn:
            self._give_up(name, str(error))
        return trouble("image-truncated", name=name, detail=str(error))

    def _give_up(self, name: str, reason: str) -> None:
        """Nothing more is believed of a process that died, hung or spoke nonsense."""
        log.warning("the decode process failed on %s: %s", name, reason)
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.join()
        self._exchange.clear()
