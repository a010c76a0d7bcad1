"""Pasting an answer into the whole picture, for the gallery and the command line: the `Finisher` of the runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.request import Colours, Outcome
from studio.framing.unfinished import Unfinished
from studio.imaging.kept import Kept

if TYPE_CHECKING:
    from studio.domain.geometry import Size
    from studio.domain.ids import BlobId
    from studio.domain.job import Output
    from studio.domain.request import EditRequest
    from studio.jobs.ports import Blobs
    from studio.session.ports import Pasting


class Finishing:
    """Works from blobs alone, so that it can go on after a restart, without the document."""

    def __init__(self, pasting: Pasting, blobs: Blobs) -> None:
        self._pasting = pasting
        self._blobs = blobs

    async def finish(self, request: EditRequest, output: Output) -> tuple[BlobId, Size] | None:
        """The finished picture's blob and size; None where the raw output is the finished picture."""
        if request.source is None or request.placement is None or _stands_alone(request):
            return None
        work = Unfinished(
            source=self._kept(request.source),
            answer=self._kept(output.raw),
            paste=self._kept(request.paste_mask) if request.paste_mask is not None else None,
            placement=request.placement,
            outcome=request.outcome,
            colours=request.colours,
        )
        data, size = await self._pasting.finished(work)
        return await self._blobs.put(data), size

    def _kept(self, blob: BlobId) -> Kept:
        return Kept(blob=blob, path=self._blobs.path(blob))


def _stands_alone(request: EditRequest) -> bool:
    """A picture of its own made of one in sRGB. Of one with another profile it has that profile's numbers, which mean
    nothing without it, or is brought into it."""
    return request.outcome is Outcome.PICTURE and request.colours is Colours.PLAIN
