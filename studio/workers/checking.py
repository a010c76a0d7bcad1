"""Looks at what a provider sent, in the decode process, before anyone else reads it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from studio.domain.geometry import Size
    from studio.domain.pixels import EncodedImage
    from studio.workers.decoding import Decoder


class DecodedCheck:
    """Matches `jobs.ports.OutputCheck`. `threads` is where the decode process is waited for."""

    def __init__(self, decoder: Decoder, threads: Executor) -> None:
        self._decoder = decoder
        self._threads = threads

    async def check(self, image: EncodedImage) -> Size:
        """The picture's real size. Raises ImagingError where it is no picture."""
        from studio.imaging.headers import MEGAPIXELS  # it loads what reads pictures: not for a terminal that only asks

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._decoder.measure, image.data, "The answer", MEGAPIXELS)
