"""Setting providers up: profiles in the settings, keys in the keyring, and what a free look tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.ids import ProviderId
from studio.domain.problems import StorageError
from studio.domain.profile import new_profile, with_setting
from studio.wire.auth import clean_key
from studio.wire.urls import origin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.capabilities import Model
    from studio.domain.profile import KeyPlace, ProviderProfile
    from studio.session.ports import KeyStore, Remotes
    from studio.wire.messages import Account

    Profiles = tuple[ProviderProfile, ...]


class ProviderSetup:
    """What window and terminal both do. `profiles` gives those that are set up, `save` keeps others in their place.

    All of it raises UsageError (unknown-provider, bad-parameter), and StorageError where settings or keyring fail.
    """

    def __init__(
        self,
        *,
        keys: KeyStore,
        remotes: Remotes,
        profiles: Callable[[], Profiles],
        save: Callable[[Profiles], Awaitable[None]],
    ) -> None:
        self._keys = keys
        self._remotes = remotes
        self._profiles = profiles
        self._save = save

    def profile(self, provider: str) -> ProviderProfile:
        """The one of this id."""
        found = next((each for each in self._profiles() if each.id == provider), None)
        if found is None:
            known = ", ".join(str(each.id) for each in self._profiles()) or "none is set up yet"
            raise trouble("unknown-provider", provider=provider, providers=known)
        return found

    async def add(
        self, kind: str, *, provider: str = "", url: str = "", settings: Sequence[tuple[str, str]] = ()
    ) -> ProviderProfile:
        """Set one up; without an id one is made of the kind."""
        name = provider or self._free_id(kind)
        if any(each.id == name for each in self._profiles()):
            raise trouble("bad-parameter", name="The provider's id", value=name, allowed="an id that is not in use")
        profile = _with_settings(new_profile(name, kind, url or None), settings)
        origin(profile)  # an address that is none is refused before it is kept
        await self._change((*self._profiles(), profile))
        return profile

    async def set(self, provider: str, settings: Sequence[tuple[str, str]]) -> ProviderProfile:
        """Change settings. A key stays with its origin: at another one it is forgotten."""
        before = self.profile(provider)
        after = _with_settings(before, settings)
        moved = origin(after) != origin(before)
        if moved:
            await self._leave_key(before.id)
            after = _with_settings(self.profile(provider), settings)  # others may have been changed meanwhile
        await self._change(tuple(after if each.id == before.id else each for each in self._profiles()))
        return after

    async def remove(self, provider: str) -> None:
        """Its key goes first, so that none is left behind."""
        gone = self.profile(provider)
        await self._leave_key(gone.id)
        await self._change(tuple(each for each in self._profiles() if each.id != gone.id))

    async def give_key(self, provider: str, key: str, *, session_only: bool = False) -> KeyPlace:
        """Keep a key; where it went. Raises UsageError (bad-key) too."""
        profile = self.profile(provider)
        secret = clean_key(key)
        if session_only:
            self._keys.hold(profile.id, secret)
            return await self._keys.where(profile.id)
        return await self._keys.keep(profile.id, secret)

    def allow_key_file(self) -> None:
        """Where there is no keyring a file may be used from now on."""
        self._keys.allow_file()

    async def forget_key(self, provider: str) -> None:
        """Have its key nowhere any more."""
        await self._keys.forget(self.profile(provider).id)

    async def where(self, provider: str) -> KeyPlace:
        """Where its key is."""
        return await self._keys.where(ProviderId(provider))

    async def check(self, provider: str) -> Account:
        """What can be learnt free of charge. Raises ProviderError too."""
        return await self._remotes.check(self.profile(provider).id)

    async def refresh(self, provider: str) -> Sequence[Model]:
        """Its models, fetched anew. Raises ProviderError too."""
        return await self._remotes.refresh(self.profile(provider).id)

    async def _leave_key(self, provider: ProviderId) -> None:
        """Of a provider that goes or moves. Without any keyring there is none to forget; from one that is locked or
        slow it could come back, so that is raised."""
        try:
            await self._keys.forget(provider)
        except StorageError as error:
            if error.problem.code != "keyring-unavailable":
                raise

    async def _change(self, profiles: Profiles) -> None:
        await self._save(profiles)
        await self._remotes.use(profiles)

    def _free_id(self, kind: str) -> str:
        taken = {str(each.id) for each in self._profiles()}
        names = [kind, *(f"{kind}-{number}" for number in range(2, len(taken) + 3))]
        return next(name for name in names if name not in taken)


def key_words(account: Account) -> str:
    """What a check told, in a sentence."""
    if account.good is None:
        return account.reason or "Whether the key is good cannot be told free of charge."
    verdict = "The key is good." if account.good else "The key was refused."
    return f"{verdict} {account.reason}".rstrip()


def _with_settings(profile: ProviderProfile, settings: Sequence[tuple[str, str]]) -> ProviderProfile:
    for name, value in settings:
        profile = with_setting(profile, name, value)
    return profile
