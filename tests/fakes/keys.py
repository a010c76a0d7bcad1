"""Keys in memory, where the keyring answers or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import KeyPlace

if TYPE_CHECKING:
    import asyncio

    from studio.domain.ids import JobId, ProviderId
    from studio.domain.secret import Secret


class MemoryKeys:
    """Matches `session.ports.KeyStore` and `providers.ports.KeyReader`. While `broken` names a problem the keyring
    answers nothing else. Until `slow` is set, it neither tells where a key is nor forgets one."""

    def __init__(self) -> None:
        self.broken = ""
        self.slow: asyncio.Event | None = None
        self._places: dict[KeyPlace, dict[ProviderId, Secret]] = {place: {} for place in KeyPlace}
        self._lent: dict[JobId, tuple[str, Secret]] = {}
        self._may_use_file = False

    def is_lent(self, job: JobId) -> bool:
        return job in self._lent

    async def keep(self, provider: ProviderId, key: Secret) -> KeyPlace:
        if self.broken and not self._may_use_file:
            raise trouble(self.broken, seconds=5)
        place = KeyPlace.FILE if self.broken else KeyPlace.KEYRING
        for held in self._places.values():
            held.pop(provider, None)
        self._places[place][provider] = key
        return place

    def hold(self, provider: ProviderId, key: Secret) -> None:
        self._places[KeyPlace.SESSION][provider] = key

    def lend(self, job: JobId, provider: ProviderId, key: Secret) -> None:
        self._lent[job] = (provider, key)

    def allow_file(self) -> None:
        self._may_use_file = True

    async def forget(self, provider: ProviderId) -> None:
        self._places[KeyPlace.SESSION].pop(provider, None)
        self._places[KeyPlace.FILE].pop(provider, None)
        if self.slow is not None:
            await self.slow.wait()
        if self.broken:
            raise trouble(self.broken, seconds=5)
        self._places[KeyPlace.KEYRING].pop(provider, None)

    async def where(self, provider: ProviderId) -> KeyPlace:
        if provider in self._places[KeyPlace.SESSION]:
            return KeyPlace.SESSION
        if self.slow is not None:
            await self.slow.wait()
        order = [*([] if self.broken else [KeyPlace.KEYRING]), KeyPlace.FILE]
        return next((place for place in order if provider in self._places[place]), KeyPlace.NONE)

    async def key(self, provider: ProviderId, job: JobId | None = None, *, at: str | None = None) -> Secret | None:
        if job is not None and job in self._lent:
            return self._lent[job][1] if at in (None, self._lent[job][0]) else None
        if at not in (None, provider):
            return None
        place = await self.where(provider)
        if place is KeyPlace.NONE and self.broken:
            raise trouble(self.broken, seconds=5)
        return self._places[place].get(provider)
