"""Small pictures of blobs, kept in the cache folder: whatever is lost there is made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.pixels import PixelFormat
from studio.domain.problems import StorageError, StudioError
from studio.imaging.colour import colour_to_srgb
from studio.imaging.decode import decode, decode_small
from studio.imaging.encode import encode
from studio.imaging.png import png
from studio.imaging.resample import resize
from studio.storage.atomic import write_bytes
from studio.storage.private import make_private

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.ids import BlobId
    from studio.domain.pixels import Pixels
    from studio.storage.adapters import Run
    from studio.storage.blobs import BlobStore

SIDE = 256
"""The longer side of a thumbnail in pixels, enough for 128 on a screen of double density."""
QUALITY = 88


class Thumbnails:
    """Called in the compute pool; several may make the same one at once."""

    def __init__(self, blobs: BlobStore, root: Path) -> None:
        self._blobs = blobs
        self._root = root

    def of_blob(self, blob: BlobId) -> Pixels:
        """The picture small, in sRGB, ready to be painted. Raises StorageError, ImagingError."""
        path = self._root / blob[:2] / blob
        kept = self._kept(path, blob)
        if kept is not None:
            return kept
        data = self._blobs.get(blob)
        small = decode_small(data, SIDE, blob)
        self._keep(path, small, data)
        return small

    def _kept(self, path: Path, blob: BlobId) -> Pixels | None:
        try:
            return decode_small(path.read_bytes(), SIDE, blob)
        except (OSError, StudioError):
            return None

    def _keep(self, path: Path, small: Pixels, data: bytes) -> None:
        """A full disk is no reason to show no picture."""
        try:
            make_private(path.parent)
            write_bytes(path, _encoded(small, data), private=True, sync=False)
        except StorageError:
            return


def _encoded(small: Pixels, data: bytes) -> bytes:
    """A JPEG; a PNG where there is transparency, made from the colours before they were multiplied by it."""
    if small.format is not PixelFormat.BGRA_PREMULTIPLIED:
        return encode(small, "jpeg", QUALITY)
    decoded = decode(data, "")
    return png(colour_to_srgb(resize(decoded.pixels, small.size), decoded.icc))


class AsyncThumbnails:
    """`studio.session.ports.Thumbnails` over the core."""

    def __init__(self, core: Thumbnails, run: Run) -> None:
        self._core = core
        self._run = run

    async def of_blob(self, blob: BlobId) -> Pixels:
        """Ready to be painted. Raises StorageError, ImagingError."""
        return await self._run(self._core.of_blob, blob)
