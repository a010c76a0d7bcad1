"""What models, providers and orders are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.capabilities import Model, ProviderInfo
    from studio.domain.request import EditRequest


class Names:
    """Asks for the catalogues each time, since they can change; what is in none is called by its id."""

    def __init__(self, models: Callable[[], Sequence[Model]], providers: Callable[[], Sequence[ProviderInfo]]) -> None:
        self._models = models
        self._providers = providers

    def model(self, model: str) -> str:
        """A model's name."""
        return next((each.name for each in self._models() if each.id == model), model)

    def provider(self, provider: str) -> str:
        """A provider's name."""
        return next((each.name for each in self._providers() if each.id == provider), provider)

    def order(self, request: EditRequest) -> str:
        """What an order is called: the beginning of its prompt, or its title, or its model."""
        return request.prompt[:60] or request.title or self.model(request.model)
