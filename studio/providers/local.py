"""The provider that runs here, free of charge: orders become calls of the local engine."""

from __future__ import annotations

import secrets
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.capabilities import ProviderInfo
from studio.domain.catalogue import trouble
from studio.domain.ids import LOCAL
from studio.domain.job import ProviderDone, ProviderOutput, ProviderPreview, ProviderProgress
from studio.domain.pixels import EncodedImage
from studio.engine.calls import Call, CallEvent, CallPreview, CallProgress, CallResult
from studio.engine.operations import advertised
from studio.engine.vocabulary import understood
from studio.imaging.kept import Kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from studio.domain.capabilities import Model, Price
    from studio.domain.ids import BlobId, JobId
    from studio.domain.job import ProviderEvent, ResultAddress
    from studio.domain.pixels import Pixels
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret
    from studio.providers.ports import BlobPlaces, Engine, Pool

_SEEDS = 1 << 31
"""Seeds that are chosen here lie below this, so that every engine takes them."""


@dataclass(slots=True)
class _Pace:
    """Progress as it may be told: within a phase it never goes back."""

    phase: str = ""
    fraction: float | None = None

    def told(self, progress: CallProgress) -> ProviderProgress:
        if progress.phase != self.phase:
            self.phase, self.fraction = progress.phase, progress.fraction
        elif progress.fraction is not None:
            self.fraction = max(progress.fraction, self.fraction or 0.0)
        return ProviderProgress(phase=self.phase, fraction=self.fraction)


class LocalProvider:
    """Matches `jobs.ports.Provider`. `folder` holds the model files of the engine; `watched` says whether anybody looks
    at a job on its way: for no other are rough pictures made."""

    info = ProviderInfo(id=LOCAL, name="Local engine", local=True)

    def __init__(
        self, engine: Engine, blobs: BlobPlaces, pool: Pool, folder: Path, watched: Callable[[JobId], bool]
    ) -> None:
        self._engine = engine
        self._blobs = blobs
        self._pool = pool
        self._folder = folder
        self._watched = watched

    async def models(self) -> Sequence[Model]:
        """The operations that may be offered: those that score well enough and have their model file."""
        return await self._pool.compute(advertised, self._folder)

    async def submit(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """Run the operation that is the order's model. One output for each result, seeds counted up from the order's.

        Raises UsageError (unknown model, a prompt that says something else, what the operation refuses),
        ProviderError, StorageError, ImagingError (a base that cannot be read).
        """
        model = await self._checked(request)
        yield ProviderProgress(phase="Preparing")
        call = self._call(request, preview=self._watched(job))
        pace = _Pace()
        async with aclosing(self._engine.run(call)) as events:
            async for event in events:
                yield await self._told(event, pace, seeded=model.capabilities.takes_seed)
        yield ProviderDone()

    def replay(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """Nothing of an order lasts longer than the program. Raises ProviderError."""
        raise trouble("interrupted")

    def fetch(
        self, job: JobId, request: EditRequest, results: Sequence[ResultAddress], *, patient: bool
    ) -> AsyncIterator[ProviderEvent]:
        """Nothing is anywhere else. Raises ProviderError."""
        raise trouble("interrupted")

    async def charged(self, job: JobId, request_id: str) -> Price | None:
        """It is free."""
        return None

    async def sharing(self, key: Secret | None, jobs: Sequence[JobId]) -> Sequence[JobId]:
        """None has a key."""
        return jobs if key is None else ()

    async def online(self) -> None:
        """It needs no network."""

    async def settled(self, job: JobId, *, unread: bool = False) -> None:
        """Nothing is received on the way."""

    async def _checked(self, request: EditRequest) -> Model:
        offered = {model.id: model for model in await self.models()}
        if request.model not in offered:
            raise trouble("unknown-model", provider=self.info.name, model=request.model, models=", ".join(offered))
        model = offered[request.model]
        if not request.prompt.strip():
            return model
        meant = understood(request.prompt)
        if meant is None:
            raise trouble("prompt-needs-provider")
        if meant != request.model:
            name = model.name
            raise trouble("bad-parameter", name="The prompt", value=request.prompt, allowed=f"words for “{name}”")
        return model

    def _call(self, request: EditRequest, *, preview: bool) -> Call[Kept]:
        if request.base is None:
            raise trouble("no-document")
        return Call(
            operation=request.model,
            picture=self._kept(request.base),
            mask=None if request.mask is None else self._kept(request.mask),
            parameters=request.parameters,
            seed=secrets.randbelow(_SEEDS) if request.seed is None else request.seed,
            count=request.count,
            preview=preview,
        )

    def _kept(self, blob: BlobId) -> Kept:
        # The engine opens the file itself: pixels that go through this process would be copied twice more.
        return Kept(blob=blob, path=self._blobs.path(blob))

    async def _told(self, event: CallEvent, pace: _Pace, *, seeded: bool) -> ProviderEvent:
        match event:
            case CallProgress():
                return pace.told(event)
            case CallPreview():
                return ProviderPreview(index=0, image=await self._encoded(event.picture))
            case CallResult():
                image = await self._encoded(event.picture)
                return ProviderOutput(index=event.index, image=image, seed=event.seed if seeded else None)

    async def _encoded(self, pixels: Pixels) -> EncodedImage:
        data = await self._pool.compute(_png, pixels)
        return EncodedImage(data=data, media_type="image/png", size=pixels.size)


# What works on pictures is loaded in the pool, and by no terminal that only asks what there is.


def _png(pixels: Pixels) -> bytes:
    from studio.imaging.png import png

    return png(pixels)
