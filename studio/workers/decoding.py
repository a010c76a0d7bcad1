"""The decode process as seen from here: bytes in, pixels or a sentence out, whatever the file does to the process."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, TypeVar

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.workers.channel import BadMessage, Fields
from studio.workers.service import BroughtDown, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.imaging.decode import Decoded
    from studio.workers.channel import Json

SECONDS = 60.0
"""How long one file may take."""

T = TypeVar("T")


class Decoder:
    """One decode process, started when it is first needed or by `warm`, and again when a file brought it down.

    Its calls block: they are made in threads, and one is served at a time.
    """

    def __init__(self, *, seconds: float = SECONDS, module: str = "studio.workers.decode_child") -> None:
        self._service = Service(module, seconds=seconds)

    def warm(self) -> None:
        """Start the process, so that the first file need not wait for it."""
        self._service.warm()

    def decode(self, data: bytes, name: str, megapixels: int) -> Decoded:
        """The picture in a file's bytes. Raises ImagingError."""
        return self._asked(data, {"title": name, "megapixels": megapixels, "pixels": True}, self._picture)

    def measure(self, data: bytes, name: str, megapixels: int) -> Size:
        """The size of the picture in a file's bytes, after all of it was decoded. Raises ImagingError."""
        return self._asked(data, {"title": name, "megapixels": megapixels, "pixels": False}, _size)

    def pid(self) -> int | None:
        """The process id, None while there is none."""
        return self._service.pid()

    def close(self) -> None:
        """End the process. A call that waits for it gets its error."""
        self._service.close()

    def _asked(self, data: bytes, order: Mapping[str, Json], read: Callable[[Fields], T]) -> T:
        name = str(order["title"])
        try:
            return self._service.ask(
                lambda: {**order, "name": self._service.exchange.put(data), "length": len(data)}, read, name
            )
        except OSError as error:
            raise trouble("image-memory", name=name, detail=str(error)) from error
        except BroughtDown as error:
            raise trouble("image-truncated", name=name, detail=str(error)) from error

    def _picture(self, answer: Fields) -> Decoded:
        pixels = answer.inner("pixels")
        if pixels is None:
            raise BadMessage("the picture is missing")
        from studio.imaging.decode import Decoded  # in the thread that waits; no terminal that only asks needs it

        return Decoded(
            pixels=self._service.exchange.take_pixels(pixels),
            media_type=answer.text("media_type"),
            has_alpha=answer.flag("has_alpha"),
            original_size=Size(width=answer.whole("original_width"), height=answer.whole("original_height")),
            icc=base64.b64decode(answer.text("icc")) or None,
            profile_name=answer.text("profile_name"),
            orientation=answer.whole("orientation"),
            bits=answer.whole("bits"),
            cut=answer.flag("cut"),
        )


def _size(answer: Fields) -> Size:
    return Size(width=answer.whole("width"), height=answer.whole("height"))
