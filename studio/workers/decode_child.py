"""The decode process: reads files that may be anybody's, under a limit of memory. Run with `python -m`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import StudioError
from studio.imaging.decode import Decoded, decode
from studio.workers import channel
from studio.workers.inside import answer_each, limit_memory

if TYPE_CHECKING:
    from studio.workers.channel import Fields, Json
    from studio.workers.shared import Exchange

NICE = 5
"""Behind the window, before the engine."""
_ROOM = 1 << 30
"""Bytes of address space beside what the picture needs: libraries, their threads, the file itself."""
_BYTES_PER_PIXEL = 24
"""What decoding takes at most: BGRA three times over, and Pillow's own four bytes with a margin."""


def main() -> None:
    """Until the parent is gone."""
    answer_each(_answered, nice=NICE)


def _answered(exchange: Exchange, order: Fields) -> dict[str, Json]:
    data = exchange.take(order.text("name"), order.whole("length"))
    name, megapixels = order.text("title"), order.whole("megapixels")
    limit_memory(_ROOM + len(data) + megapixels * 1_000_000 * _BYTES_PER_PIXEL)
    try:
        decoded = decode(bytes(data), name, megapixels)
        return _told(exchange, decoded, pixels=order.flag("pixels"))
    except StudioError as error:
        return channel.trouble_told(error)
    except (MemoryError, OSError) as error:
        return channel.trouble_told(trouble("image-memory", name=name, detail=repr(error)))
    except Exception as error:  # the process's edge: a decoder's surprise is the file's fault, not the window's
        return channel.trouble_told(trouble("image-truncated", name=name, detail=repr(error)))


def _told(exchange: Exchange, decoded: Decoded, *, pixels: bool) -> dict[str, Json]:
    return {
        "kind": "decoded",
        "width": decoded.size.width,
        "height": decoded.size.height,
        "pixels": exchange.put_pixels(decoded.pixels) if pixels else None,
        "media_type": decoded.media_type,
        "has_alpha": decoded.has_alpha,
        "original_width": decoded.original_size.width,
        "original_height": decoded.original_size.height,
        "icc": base64.b64encode(decoded.icc or b"").decode(),
        "profile_name": decoded.profile_name,
        "orientation": decoded.orientation,
        "bits": decoded.bits,
        "cut": decoded.cut,
    }


if __name__ == "__main__":
    main()
