"""The remote providers behind the runner, made anew when the user sets them up otherwise."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import UsageError
from studio.wire.urls import origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.capabilities import Model
    from studio.domain.ids import ModelId, ProviderId
    from studio.domain.profile import ProviderProfile
    from studio.jobs.home import Carry
    from studio.jobs.ports import Provider
    from studio.jobs.runner import Runner
    from studio.playground.server import Playground
    from studio.providers.http import Http
    from studio.providers.ports import BlobReader, CatalogueStore, KeyReader, Pool, Spool
    from studio.providers.remote import RemoteProvider
    from studio.wire.messages import Account


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Behind:
    """What remote providers work with. `keys` gives what reads the keys of one place, by what they are kept under."""

    carry: Carry
    keys: Callable[[str], KeyReader]
    blobs: BlobReader
    pool: Pool
    store: CatalogueStore
    spool: Spool


class RemoteRooms:
    """Matches `session.ports.Remotes`. Called on the home loop; the work is done on the worker's.

    `local` stays in the runner whatever is set up. What speaks the protocols is loaded with the first that is: a window
    has it by then, and a terminal where none is set up never needs it.
    """

    def __init__(self, behind: Behind, local: Provider) -> None:
        self._behind = behind
        self._local = local
        self._http: Http | None = None
        self._remotes: dict[ProviderId, RemoteProvider] = {}
        self._runner: Runner | None = None
        self._playground: Playground | None = None
        self._starting = asyncio.Lock()

    def made(self, profiles: Sequence[ProviderProfile]) -> list[Provider]:
        """The runner's providers; one that is set up as before stays the same, with all that it knows."""
        self._remotes = {each.id: self._one(each) for each in profiles}
        return [self._local, *self._remotes.values()]

    def serve(self, runner: Runner) -> None:
        """The runner that hears of every change."""
        self._runner = runner

    async def use(self, profiles: Sequence[ProviderProfile]) -> None:
        """Work with these from now on."""
        assert self._runner is not None
        providers = self.made(profiles)
        await self._behind.carry(self._runner.set_providers(providers, parallel_of(profiles)))

    async def check(self, provider: ProviderId) -> Account:
        """What a free call tells of its key."""
        return await self._behind.carry(self._found(provider).check())

    async def refresh(self, provider: ProviderId) -> Sequence[Model]:
        """Its models, fetched anew."""
        return await self._behind.carry(self._found(provider).refresh())

    async def known(self, provider: ProviderId) -> Sequence[Model]:
        """Its models as last fetched; fetched now where they never were."""
        models = await self._behind.carry(self._found(provider).models())
        return models or await self.refresh(provider)

    async def detailed(self, provider: ProviderId, model: ModelId) -> Model:
        """A model with what its provider tells of it alone."""
        return await self._behind.carry(self._found(provider).detailed(model))

    def key_name(self, provider: ProviderId) -> str:
        """What the key of a provider is kept under, where it is now."""
        known = self._remotes.get(provider)
        return str(provider) if known is None else _key_name(known.profile)

    async def start_playground(self) -> tuple[str, str]:
        """One runs as long as the program; its address and a key."""
        async with self._starting:
            if self._playground is None:
                playground = await self._behind.pool.compute(_loaded_playground)
                self._playground = await self._behind.carry(playground.start())
            return self._playground.url, self._playground.key

    async def close(self) -> None:
        """After the runner was closed."""
        await self._behind.carry(self._closed())

    async def _closed(self) -> None:
        if self._http is not None:
            await self._http.close()
        if self._playground is not None:
            await self._playground.close()

    def _found(self, provider: ProviderId) -> RemoteProvider:
        found = self._remotes.get(provider)
        if found is None:
            known = ", ".join(self._remotes) or "none is set up yet"
            raise trouble("unknown-provider", provider=provider, providers=known)
        return found

    def _one(self, profile: ProviderProfile) -> RemoteProvider:
        known = self._remotes.get(profile.id)
        if known is not None and known.profile == profile:
            return known
        from studio.providers.http import Http
        from studio.providers.remote import RemoteProvider, Supplies

        behind = self._behind
        self._http = self._http or Http()
        supplies = Supplies(
            http=self._http,
            keys=behind.keys(_key_name(profile)),
            blobs=behind.blobs,
            pool=behind.pool,
            store=behind.store,
            spool=behind.spool,
        )
        return RemoteProvider(profile, supplies)


def _key_name(profile: ProviderProfile) -> str:
    """Its id and where it is, as a key is for that place alone."""
    try:
        return f"{profile.id} at {origin(profile)}"
    except UsageError:
        return str(profile.id)


def _loaded_playground() -> type[Playground]:
    """In a pool: it takes a quarter of a second, and few start one."""
    from studio.playground.server import Playground

    return Playground


def parallel_of(profiles: Sequence[ProviderProfile]) -> dict[ProviderId, int]:
    """How many jobs of each may run at a time."""
    return {each.id: each.parallel for each in profiles}
