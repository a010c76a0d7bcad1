"""Which models the form offers: the local engine's, and those of the providers that are set up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.capabilities import MaskUse
from studio.domain.ids import LOCAL
from studio.domain.signal import Signal
from studio.session.face.views import Notice
from studio.session.providers import ProviderSetup
from studio.session.providersdesk import ProvidersDesk
from studio.wire.typed import typed_model

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.domain.capabilities import Model
    from studio.domain.ids import ProviderId
    from studio.domain.profile import ProviderProfile
    from studio.domain.settings import Settings
    from studio.session.face.providers import ProviderRow
    from studio.session.form import Form
    from studio.session.generate import Generate
    from studio.session.ports import Jobs, KeyStore, Remotes
    from studio.session.tasks import Tasks


class Offering:
    """Asks for the models again whenever a provider was set up or has told other ones."""

    def __init__(
        self, jobs: Jobs, remotes: Remotes, form: Form, generate: Generate, settings: Callable[[], Settings]
    ) -> None:
        self._jobs = jobs
        self._remotes = remotes
        self._form = form
        self._generate = generate
        self._settings = settings
        self.chosen = form.chosen
        self.shown: Signal[None] = Signal()
        """The models, and with them names and prices, may be others now."""
        self._one = asyncio.Lock()

    async def show(self) -> None:
        """Offer what is known now; nothing is fetched. One after the other: an answer that came late would put models
        of before in the place of those of now."""
        async with self._one:
            models = await self._jobs.models()
            chosen = self._settings()
            self._generate.models = models
            self._form.offer(self._jobs.providers(), models, chosen.model, chosen.provider)
            self.shown.emit(None)

    async def detail(self, model: Model) -> None:
        """A model was chosen: what its provider tells of it alone (prices by size, limits) is asked for once."""
        if model.provider != LOCAL and await self._remotes.detailed(model.provider, model.id) != model:
            await self.show()

    def typed(self, provider: ProviderId, model: str) -> Model | None:
        """A model whose id was typed; None where the provider is not set up or nothing was typed."""
        profile = next((each for each in self._settings().providers if each.id == provider), None)
        return typed_model(profile, model) if profile is not None and model else None

    def prefer(self, provider: ProviderId) -> bool:
        """Choose a model of a provider: one that makes a picture of words and reads a mask, where there is one."""
        mine = [model for model in self._generate.models if model.provider == provider]
        best = max(mine, key=_allround, default=None)
        self._form.choose(best)
        return best is not None

    def hear(self, rows: tuple[ProviderRow, ...]) -> None:
        """Show what the accounts have left."""
        told = {each.id: each.check.balance for each in rows if each.check is not None}
        self._form.set_balances({provider: balance for provider, balance in told.items() if balance is not None})


def providers_desk(
    *,
    keys: KeyStore,
    remotes: Remotes,
    tasks: Tasks,
    settings: Callable[[], Settings],
    change_settings: Callable[[Settings], None],
    offering: Offering,
    playground: Callable[[], Awaitable[tuple[str, str]]],
    notice: Callable[[Notice], None],
) -> ProvidersDesk:
    """The providers' page over the window's own settings."""

    def chose(model: Model) -> None:
        change_settings(replace(settings(), provider=model.provider, model=model.id))
        tasks.spawn(offering.detail(model))

    offering.chosen.connect(chose)

    def started(provider: ProviderId) -> None:
        if offering.prefer(provider):
            notice(Notice(text="The playground is on: it takes play money alone, and its pictures say DEMO."))

    async def save(profiles: tuple[ProviderProfile, ...]) -> None:
        change_settings(replace(settings(), providers=profiles))

    setup = ProviderSetup(keys=keys, remotes=remotes, profiles=lambda: settings().providers, save=save)
    desk = ProvidersDesk(
        setup,
        tasks,
        settings=settings,
        change_settings=change_settings,
        offer=offering.show,
        playground=playground,
        started=started,
    )
    desk.changed.connect(offering.hear)
    return desk


def _allround(model: Model) -> tuple[bool, bool]:
    takes = model.capabilities
    return takes.text_to_image and not takes.needs_base, takes.mask is not MaskUse.NONE
