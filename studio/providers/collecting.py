"""The pictures of a good answer: those that it holds, and those that it names, fetched at once."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.job import ProviderDone, ProviderOutput, ResultAddress
from studio.domain.pixels import EncodedImage
from studio.domain.problems import ProviderError, ResultExpired
from studio.providers.calls import untold
from studio.providers.downloads import Downloads, Wanted
from studio.providers.pace import Pace
from studio.wire.messages import Address, Picture
from studio.wire.sniffing import media_type
from studio.wire.urls import origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.job import ProviderEvent
    from studio.domain.profile import ProviderProfile
    from studio.providers.http import Http
    from studio.wire.messages import Reply

log = logging.getLogger(__name__)

AT_A_TIME = 4
"""Pictures that are fetched side by side."""
UNKNOWN = "application/octet-stream"
_UNMEASURED = Size(width=0, height=0)
"""How large a picture is, is for the decoder to say."""


class Collecting:
    """Tells a provider's pictures as they come. Fetching has the profile's deadline for itself: what was paid for is
    not given up because its making took long."""

    def __init__(self, profile: ProviderProfile, http: Http) -> None:
        self._profile = profile
        self._downloads = Downloads(http)

    def came(self, reply: Reply, seed: int | None, tell: Callable[[ProviderEvent], None]) -> ProviderDone:
        """Tell the pictures that an answer holds; what it says besides, with the addresses of the others."""
        for item in reply.items:
            if isinstance(item, Picture):
                tell(_output(item.index, item.data, seed))
        named = tuple(
            ResultAddress(index=item.index, url=item.url) for item in reply.items if isinstance(item, Address)
        )
        return ProviderDone(
            cost=reply.cost, request_id=reply.request_id, revised_prompt=reply.revised_prompt, results=named
        )

    async def fetch(
        self, results: Sequence[ResultAddress], seed: int | None, tell: Callable[[ProviderEvent], None]
    ) -> None:
        """Tell every picture that can be had. Raises ResultExpired, OutcomeLost where one cannot."""
        turns = asyncio.Semaphore(AT_A_TIME)
        pace = Pace(tell)

        async def fetched(item: ResultAddress) -> ProviderError | None:
            async with turns:
                wanted = self._wanted(item.url, pace if len(results) == 1 else None)
                try:
                    data = await self._downloads.fetch(wanted)
                except ProviderError as error:
                    log.warning("picture %d of %s: %s", item.index, self._profile.id, error)
                    return error
            tell(_output(item.index, data, seed))
            return None

        errors = [error for error in await asyncio.gather(*map(fetched, results)) if error is not None]
        if errors:
            raise _worst(errors)

    def _wanted(self, url: str, pace: Pace | None) -> Wanted:
        return Wanted(
            url=url,
            origin=origin(self._profile),
            provider=self._profile.shown_name,
            seconds=self._profile.deadline_s,
            told=pace or untold,
        )


def _output(index: int, data: bytes, seed: int | None) -> ProviderOutput:
    image = EncodedImage(data=data, media_type=media_type(data) or UNKNOWN, size=_UNMEASURED)
    return ProviderOutput(index=index, image=image, seed=seed)


def _worst(errors: Sequence[ProviderError]) -> ProviderError:
    """What is told where one did not come: that it is gone, which no other try will mend, before anything else."""
    return next((each for each in errors if isinstance(each, ResultExpired)), errors[0])
