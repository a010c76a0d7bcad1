"""The providers behind the runner without a network: what they offer and answer is set by the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import Model
from studio.domain.catalogue import trouble
from studio.wire.messages import Account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.ids import ModelId, ProviderId
    from studio.domain.problems import StudioError
    from studio.domain.profile import ProviderProfile


class FakeRemotes:
    """Matches `session.ports.Remotes`. `offered` is what the servers list, `failure` what asking one raises; what was
    fetched once is known from then on."""

    def __init__(self) -> None:
        self.offered: dict[str, Sequence[Model]] = {}
        self.account = Account(good=True)
        self.failure: StudioError | None = None
        self.used: list[tuple[ProviderProfile, ...]] = []
        self.asked: list[str] = []
        self._fetched: dict[ProviderId, Sequence[Model]] = {}
        self._there: set[ProviderId] = set()

    async def use(self, profiles: Sequence[ProviderProfile]) -> None:
        self.used.append(tuple(profiles))
        self._there = {each.id for each in profiles}

    async def check(self, provider: ProviderId) -> Account:
        self._ask(provider)
        return self.account

    async def refresh(self, provider: ProviderId) -> Sequence[Model]:
        self._ask(provider)
        self._fetched[provider] = self.offered.get(provider, ())
        return self._fetched[provider]

    async def known(self, provider: ProviderId) -> Sequence[Model]:
        self._check(provider)
        return self._fetched.get(provider) or await self.refresh(provider)

    async def detailed(self, provider: ProviderId, model: ModelId) -> Model:
        known = {each.id: each for each in await self.known(provider)}
        return known.get(model) or Model(id=model, provider=provider, name=str(model))

    def _ask(self, provider: ProviderId) -> None:
        self._check(provider)
        self.asked.append(provider)
        if self.failure is not None:
            raise self.failure

    def _check(self, provider: ProviderId) -> None:
        if provider not in self._there:
            raise trouble("unknown-provider", provider=provider, providers=", ".join(self._there))
