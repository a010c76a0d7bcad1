"""The remote providers behind the runner, made anew when the user sets them up otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Model
    from studio.domain.ids import ProviderId
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Account


class RemoteRooms:
    """Matches `session.ports.Remotes`. Called on the home loop; the work is done on the worker's."""

    async def use(self, profiles: Sequence[ProviderProfile]) -> None:
        """Work with these from now on."""

    async def check(self, provider: ProviderId) -> Account:
        """What a free call tells of its key."""
        raise NotImplementedError

    async def refresh(self, provider: ProviderId) -> Sequence[Model]:
        """Its models, fetched anew."""
        raise NotImplementedError

    async def known(self, provider: ProviderId) -> Sequence[Model]:
        """Its models as last fetched; fetched now where they never were."""
        raise NotImplementedError
