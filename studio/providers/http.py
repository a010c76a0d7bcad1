"""The way to servers. What sends is loaded when something is to be sent: it takes a tenth of a second, and most of what
a terminal asks for sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.providers.proxies import proxy_for
from studio.providers.surroundings import Surroundings

if TYPE_CHECKING:
    from studio.providers.calls import Call
    from studio.providers.transport import Transport
    from studio.wire.messages import Answer


class Http:
    """Made anywhere, used and closed on one loop: the worker's."""

    def __init__(self, world: Surroundings | None = None) -> None:
        self.world = world or Surroundings()
        self._transport: Transport | None = None

    async def exchange(self, call: Call) -> Answer:
        """Send a request and read what comes, whatever its status.

        Raises Unsent where nothing of the body left; after that OutcomeLost for a paid call, ProviderError for any
        other. A refusal (4xx) that breaks off is handed on as far as it came.
        """
        if self._transport is None:
            from studio.providers.transport import Transport

            self._transport = Transport(self.world)
        return await self._transport.exchange(call)

    def is_proxied(self, url: str) -> bool:
        """Whether a request to this address goes through the system's proxy."""
        parts = urlsplit(url)
        return proxy_for(parts.scheme, parts.hostname or "") is not None

    async def close(self) -> None:
        """End what goes on. Safe to call twice."""
        if self._transport is not None:
            await self._transport.close()
