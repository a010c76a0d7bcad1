"""The providers behind the runner without a network: what they offer and answer is set by the test."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from studio.domain.capabilities import Model
from studio.domain.catalogue import trouble
from studio.wire.messages import Account

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from studio.domain.ids import ModelId, ProviderId
    from studio.domain.problems import StudioError
    from studio.domain.profile import ProviderProfile

T = TypeVar("T")


class FakeRemotes:
    """Matches `session.ports.Remotes`. `offered` is what the servers list, `failure` what asking one raises; what was
    fetched once is known from then on. Until `slow` is set, what they say when they are asked does not arrive."""

    def __init__(self) -> None:
        self.offered: dict[str, Sequence[Model]] = {}
        self.account = Account(good=True)
        self.failure: StudioError | None = None
        self.slow: asyncio.Event | None = None
        self.used: list[tuple[ProviderProfile, ...]] = []
        self.asked: list[str] = []
        self._fetched: dict[ProviderId, Sequence[Model]] = {}
        self._there: set[ProviderId] = set()

    async def use(self, profiles: Sequence[ProviderProfile]) -> None:
        self.used.append(tuple(profiles))
        self._there = {each.id for each in profiles}

    async def check(self, provider: ProviderId) -> Account:
        return await self._asked(provider, self.account)

    async def refresh(self, provider: ProviderId) -> Sequence[Model]:
        self._fetched[provider] = await self._asked(provider, self.offered.get(provider, ()))
        return self._fetched[provider]

    async def known(self, provider: ProviderId) -> Sequence[Model]:
        self._check(provider)
        return self._fetched.get(provider) or await self.refresh(provider)

    async def detailed(self, provider: ProviderId, model: ModelId) -> Model:
        known = {each.id: each for each in await self.known(provider)}
        return known.get(model) or Model(id=model, provider=provider, name=str(model))

    async def _asked(self, provider: ProviderId, answer: T) -> T:
        self._check(provider)
        self.asked.append(provider)
        failure = self.failure
        if self.slow is not None:
            await self.slow.wait()
        if failure is not None:
            raise failure
        return answer

    def _check(self, provider: ProviderId) -> None:
        if provider not in self._there:
            raise trouble("unknown-provider", provider=provider, providers=", ".join(self._there))
