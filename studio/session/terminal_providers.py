"""The providers from a terminal: set up, given keys, looked at, and their models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.ids import LOCAL, ModelId, ProviderId
from studio.domain.problems import ProviderError
from studio.domain.profile import settings_of
from studio.session.face.terminal import CheckListing, ProviderChange, ProviderDo, ProviderListing
from studio.session.providers import ProviderSetup, key_words
from studio.wire.auth import clean_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Model
    from studio.domain.job import Job
    from studio.domain.secret import Secret
    from studio.session.terminal_world import TerminalWorld


class TerminalProviders:
    """Raises StudioError."""

    def __init__(self, world: TerminalWorld) -> None:
        self._world = world
        self._setup = ProviderSetup(
            keys=world.keys, remotes=world.remotes, profiles=world.profiles, save=world.save_profiles
        )

    def check_known(self, provider: str) -> None:
        """Raises UsageError (unknown-provider)."""
        known = (str(LOCAL), *(str(each.id) for each in self._world.profiles()))
        if provider not in known:
            raise trouble("unknown-provider", provider=provider, providers=", ".join(known))

    async def listings(self) -> Sequence[ProviderListing]:
        """All that are set up."""
        return [
            ProviderListing(
                id=each.id,
                kind=each.kind.value,
                url=each.url,
                key=(await self._setup.where(each.id)).value,
                settings=settings_of(each),
            )
            for each in self._world.profiles()
        ]

    async def change(self, change: ProviderChange) -> None:
        """Add, set or remove one."""
        match change.do:
            case ProviderDo.ADD:
                await self._setup.add(change.kind, provider=change.id, url=change.url, settings=change.settings)
            case ProviderDo.SET:
                await self._setup.set(change.id, change.settings)
            case ProviderDo.REMOVE:
                await self._setup.remove(change.id)

    async def give_key(self, provider: str, key: str) -> str:
        """Keep a key; where it went."""
        return (await self._setup.give_key(provider, key)).value

    async def check(self, provider: str, key_file: str | None = None) -> CheckListing:
        """What can be learnt free of charge."""
        await self.borrow(provider, key_file)
        account = await self._setup.check(provider)
        return CheckListing(
            id=ProviderId(provider), good=account.good, words=key_words(account), balance=account.balance
        )

    async def borrow(self, provider: str | None, key_file: str | None) -> None:
        """Use the key of a file while this program runs. Without a provider there must be no doubt whose it is."""
        key = await self.key_of(key_file)
        if key is None:
            return
        if provider is None:
            raise trouble("bad-arguments", reason="--key-file needs --provider, so that it is known whose key it is.")
        self._world.keys.hold(ProviderId(provider), key)

    def only(self) -> str | None:
        """The one that is meant where none is named: the only one that is set up."""
        profiles = self._world.profiles()
        return str(profiles[0].id) if len(profiles) == 1 else None

    def lend(self, key: Secret, jobs: Sequence[Job]) -> None:
        """Give a key to these jobs. Raises UsageError where they are for several providers: a key is only ever sent
        to the one that it is of."""
        remote = [job for job in jobs if job.request.provider != LOCAL]
        names = sorted({str(job.request.provider) for job in remote})
        if len(names) > 1:
            reason = f"The jobs that wait are for {', '.join(names)}, and the key of a file can be of one of them only."
            raise trouble("bad-arguments", reason=reason)
        for job in remote:
            self._world.keys.lend(job.id, job.request.provider, key)

    async def key_of(self, key_file: str | None) -> Secret | None:
        """The key in a file that only its owner can read. Raises UsageError (key-file-open, bad-key)."""
        if key_file is None:
            return None
        return clean_key(await self._world.offload.compute(self._world.read_key, key_file))

    async def models(self, provider: str | None, *, refresh: bool = False) -> Sequence[Model]:
        """The local engine's and those of the providers. One that cannot be asked fails the list only where it was
        asked for by name."""
        local = [each for each in await self._world.jobs.models() if each.provider == LOCAL]
        found = [] if provider not in (None, LOCAL) else local
        for profile in self._world.profiles():
            if provider not in (None, profile.id):
                continue
            ask = self._world.remotes.refresh if refresh else self._world.remotes.known
            try:
                found += await ask(profile.id)
            except ProviderError:
                if provider is not None:
                    raise
        return found

    async def model(self, provider: str, model: str) -> Model:
        """One of a remote provider: as its catalogue tells, else as the documents do. Without an id the server's own
        choice."""
        profile = self._setup.profile(provider)
        try:
            known: Sequence[Model] = await self._world.remotes.known(profile.id)
        except ProviderError:
            known = ()
        listed = next((each for each in known if each.id == ModelId(model)), None)
        if listed is None:
            from studio.wire.typed import typed_model  # loads all protocols' readers of models

            listed = typed_model(profile, model)
        return listed
