"""Pictures of the gallery as files: exported where the user wants them, handed out to other programs."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.gallery import GalleryEntry
    from studio.session.face.views import ExportOptions
    from studio.session.ports import Blobs, Files, Offload


def readable_name(entry: GalleryEntry) -> str:
    """Model or prompt, day and the output's number: what a person finds again. No ending."""
    words = entry.request.prompt or entry.request.title or str(entry.request.model)
    slug = re.sub(r"[^\w-]+", "-", words.lower()).strip("-")[:40] or "picture"
    day = time.strftime("%Y-%m-%d-%H%M%S", time.localtime(entry.created))
    return f"{slug}-{day}-{entry.index + 1}"


class GalleryFiles:
    """Reads blobs, encodes in the pool, writes all or nothing."""

    def __init__(self, offload: Offload, blobs: Blobs, files: Files) -> None:
        self._offload = offload
        self._blobs = blobs
        self._files = files

    async def export(self, entries: Sequence[GalleryEntry], folder: str, options: ExportOptions) -> Sequence[str]:
        """The paths that were written. A file that is there already is never overwritten: the name gets a number."""
        written: list[str] = []
        for entry in entries:
            blob = await self._blobs.get(entry.shown)
            data, ending = await self._offload.compute(_encoded, blob, entry, options)
            stem = os.path.join(folder, readable_name(entry))
            written.append(await self._offload.write(_write_new, self._files, stem, ending, data))
        return written

    async def hand_out(self, entry: GalleryEntry) -> str:
        """A copy under a readable name."""
        path = self._blobs.path(entry.shown)
        return await self._offload.write(self._files.hand_out, path, readable_name(entry) + ".png")


def _encoded(blob: bytes, entry: GalleryEntry, options: ExportOptions) -> tuple[bytes, str]:
    """The file, and the ending of its name. To be called in a pool: it loads what works on pictures."""
    from studio.session.exporting import ENDINGS, exported_entry

    return exported_entry(blob, entry, options), ENDINGS[options.format][0]


def _write_new(files: Files, stem: str, ending: str, data: bytes) -> str:
    """Where it was written. The name is looked for and taken in one turn of the thread that writes."""
    path, number = stem + ending, 2
    while os.path.exists(path):
        path = f"{stem}-{number}{ending}"
        number += 1
    files.write(path, data)
    return path
