"""Pasting an answer into the whole picture, for the gallery and the command line: the `Finisher` of the runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.request import Outcome
from studio.framing.masks import mask_file
from studio.framing.place import finish
from studio.imaging.decode import decode
from studio.imaging.encode import png

if TYPE_CHECKING:
    from studio.domain.geometry import Size
    from studio.domain.ids import BlobId
    from studio.domain.job import Output
    from studio.domain.request import EditRequest
    from studio.jobs.ports import Blobs
    from studio.session.ports import Offload


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    request: EditRequest
    source: bytes
    answer: bytes
    paste: bytes | None


class Finishing:
    """Works from blobs alone, so that it can go on after a restart, without the document."""

    def __init__(self, offload: Offload, blobs: Blobs) -> None:
        self._offload = offload
        self._blobs = blobs

    async def finish(self, request: EditRequest, output: Output) -> tuple[BlobId, Size] | None:
        """The finished picture's blob and size; None where the raw output is the finished picture."""
        if request.outcome is Outcome.PICTURE or request.source is None or request.placement is None:
            return None
        paste = await self._blobs.get(request.paste_mask) if request.paste_mask is not None else None
        work = _Work(
            request=request,
            source=await self._blobs.get(request.source),
            answer=await self._blobs.get(output.raw),
            paste=paste,
        )
        data, size = await self._offload.compute(_finished, work)
        return await self._blobs.put(data), size


def _finished(work: _Work) -> tuple[bytes, Size]:
    placement = work.request.placement
    assert placement is not None
    source = decode(work.source, "The picture")
    answer = decode(work.answer, "The result").pixels
    paste = mask_file(work.paste) if work.paste is not None else None
    picture = finish(source.pixels, answer, placement, paste, work.request.outcome)
    return png(picture, icc=source.icc), picture.size
