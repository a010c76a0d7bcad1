"""A job's outputs as files: in the library, or beside each other in a folder that the user named."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.ids import output_id
from studio.domain.request import Outcome
from studio.framing.crop import landing
from studio.session.face.terminal import OutputFile

if TYPE_CHECKING:
    from studio.domain.ids import BlobId
    from studio.domain.job import Job, Output
    from studio.domain.request import EditRequest, Placement
    from studio.session.ports import Files
    from studio.session.terminal_world import TerminalWorld

PASTED = (Outcome.PASTE, Outcome.CANVAS)
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where outputs go: `<folder>/<stem>-<number>.png` and, beside it, `-raw` and `-mask`."""

    folder: str
    stem: str

    @staticmethod
    def of(folder: str, images: tuple[str, ...], request: EditRequest) -> Target:
        """Named by the first picture and the model."""
        name = os.path.splitext(os.path.basename(images[0]))[0] if images else "picture"
        return Target(folder=folder, stem=f"{name}-{re.sub(r'[^A-Za-z0-9._-]+', '-', request.model)}")


class OutputFiles:
    """Pictures stay in the library; a folder gets copies."""

    def __init__(self, world: TerminalWorld) -> None:
        self._world = world

    def listed(self, job: Job) -> tuple[OutputFile, ...]:
        """The library's own files, never to be written. Nothing is made for a list: the paste mask is named only
        where it was stored at the picture's size."""
        request = job.request
        whole = request.paste_mask is not None and _is_whole(request)
        mask = self._world.blobs.path(request.paste_mask) if whole and request.paste_mask is not None else None
        return tuple(self._listed(job, output, mask) for output in job.outputs)

    async def complete(self, job: Job) -> tuple[OutputFile, ...]:
        """The library's own files, with the paste mask at the size of the picture: where none of that size was stored,
        one is made in the cache, as no job names it. Raises StorageError."""
        if _is_whole(job.request):
            return self.listed(job)
        data = await self._paste_mask(job)
        mask = self._world.masks.path(await self._world.masks.put(data)) if data is not None else None
        return tuple(self._listed(job, output, mask) for output in job.outputs)

    async def written(self, job: Job, target: Target) -> tuple[OutputFile, ...]:
        """Copies in the user's folder. A file that is there already is never overwritten: the number moves on.
        Raises StorageError."""
        mask = await self._paste_mask(job)
        return tuple([await self._written(job, output, target, mask) for output in job.outputs])

    def _listed(self, job: Job, output: Output, mask: str | None) -> OutputFile:
        path = self._world.blobs.path
        return OutputFile(
            id=output_id(job.id, output.index),
            path=path(output.finished or output.raw),
            raw=path(output.raw),
            paste_mask=mask if output.finished is not None else None,
            size=output.finished_size or output.size,
        )

    async def _written(self, job: Job, output: Output, target: Target, mask: bytes | None) -> OutputFile:
        raw = await self._world.blobs.get(output.raw)
        data = await self._world.blobs.get(output.finished) if output.finished is not None else raw
        picture = await self._world.offload.compute(_as_png, data)
        stem = await self._world.offload.write(_write_new, self._world.files, target, output.index + 1, picture)
        listed = self._listed(job, output, None)
        beside = await self._write(f"{stem}-raw{ENDINGS.get(output.media_type, '.bin')}", raw)
        pasted = mask is not None and output.finished is not None
        drawn = await self._write(f"{stem}-mask.png", mask) if pasted and mask is not None else None
        return replace(listed, path=f"{stem}.png", raw=beside, paste_mask=drawn)

    async def _write(self, path: str, data: bytes) -> str:
        await self._world.offload.write(self._world.files.write, path, data)
        return path

    async def _paste_mask(self, job: Job) -> bytes | None:
        blob, placement = job.request.paste_mask, job.request.placement
        if not job.outputs or blob is None or placement is None or job.request.outcome not in PASTED:
            return None
        return await self._sized(blob, placement, job.request.outcome)

    async def _sized(self, blob: BlobId, placement: Placement, outcome: Outcome) -> bytes:
        return await self._world.offload.compute(_laid_out, await self._world.blobs.get(blob), placement, outcome)


def made_folder(path: str) -> str:
    """The folder to write to, absolute, made where it is missing. Raises UsageError where that is a file, StorageError
    where nothing can be written in it."""
    folder = os.path.abspath(os.path.expanduser(path))
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise trouble("bad-arguments", reason=f"{path} is a file; --output takes a folder.")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise trouble("folder-read-only", place=os.path.dirname(folder), detail=str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise trouble("folder-read-only", place=folder)
    return folder


def _is_whole(request: EditRequest) -> bool:
    """Whether what was sent, and so the paste mask, has the size of the finished picture."""
    placement = request.placement
    if placement is None or request.outcome not in PASTED:
        return False
    return placement.box.size == landing(placement, request.outcome)[0]


def _laid_out(data: bytes, placement: Placement, outcome: Outcome) -> bytes:
    """The paste mask (crop space) as a file of the finished picture's size, 0 all around."""
    # In the pool, and for no list: it loads what works on pictures.
    from studio.framing.masks import mask_file
    from studio.imaging.encode import png
    from studio.imaging.tiles import raster_of, read_all

    size, corner = landing(placement, outcome)
    return png(read_all(raster_of(mask_file(data), corner, size)))


def _as_png(data: bytes) -> bytes:
    if data.startswith(PNG_SIGNATURE):
        return data
    from studio.imaging.decode import decode  # as above
    from studio.imaging.encode import png

    picture = decode(data, "The result")
    return png(picture.pixels, icc=picture.icc)


def _write_new(files: Files, target: Target, number: int, data: bytes) -> str:
    """Where it was written, without the ending: under the first number from this one on that is not taken. Looked for
    and taken in one turn of the thread that writes, as jobs that end together look for the same."""
    while os.path.exists(os.path.join(target.folder, f"{target.stem}-{number}.png")):
        number += 1
    stem = os.path.join(target.folder, f"{target.stem}-{number}")
    files.write(f"{stem}.png", data)
    return stem
