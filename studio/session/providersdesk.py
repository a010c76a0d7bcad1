"""The providers as the window's settings show them. Implements `ProvidersFace`."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from studio.domain.problems import StudioError
from studio.domain.profile import settings_of
from studio.domain.signal import Signal
from studio.session.face.providers import CheckRow, ProviderRow
from studio.session.providers import key_words
from studio.wire.urls import origin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator

    from studio.domain.ids import ProviderId
    from studio.domain.problems import Problem
    from studio.domain.profile import ProviderProfile
    from studio.domain.settings import Settings
    from studio.session.providers import ProviderSetup
    from studio.session.tasks import Tasks

T = TypeVar("T")


class ProvidersDesk:
    """Rows live as long as the window: what a check told stays until the next one."""

    def __init__(
        self,
        setup: ProviderSetup,
        tasks: Tasks,
        *,
        settings: Callable[[], Settings],
        change_settings: Callable[[Settings], None],
        offer: Callable[[], Awaitable[None]],
        playground: Callable[[], Awaitable[tuple[str, str]]],
        started: Callable[[ProviderId], None],
    ) -> None:
        """`offer` shows the models anew; `playground` starts one and gives its address and key; `started` is told once
        its models are offered."""
        self.changed: Signal[tuple[ProviderRow, ...]] = Signal()
        self.refused: Signal[Problem] = Signal()
        self._setup = setup
        self._tasks = tasks
        self._settings = settings
        self._change_settings = change_settings
        self._offer = offer
        self._playground = playground
        self._started = started
        self._rows: dict[ProviderId, ProviderRow] = {}
        self._changes: defaultdict[ProviderId, list[asyncio.Event]] = defaultdict(list)
        self._key_turns: Counter[ProviderId] = Counter()
        """How often a provider got another key or address, or none: what it said before is not true of it now."""

    def rows(self) -> tuple[ProviderRow, ...]:
        """Those that are set up, in the order of the settings."""
        return tuple(_row(each, self._rows.get(each.id)) for each in self._settings().providers)

    def row(self, provider: ProviderId) -> ProviderRow | None:
        """The one of this id."""
        return next((each for each in self.rows() if each.id == provider), None)

    async def start(self) -> None:
        """Ask the keyring once where the keys are."""
        for profile in self._settings().providers:
            await self._look_for_key(profile.id)
        self._tell()

    def look(self) -> None:
        """The settings were changed from elsewhere: show them, and the models."""
        self._do(None, self._looked())

    async def _looked(self) -> None:
        await self.start()
        await self._offer()

    def add(self, kind: str, *, url: str = "", provider: str = "", name: str = "") -> None:
        """Set one up."""
        settings = [("name", name)] if name else []
        self._do(None, self._added(kind, provider, url, settings))

    async def _added(self, kind: str, provider: str, url: str, settings: list[tuple[str, str]]) -> None:
        profile = await self._setup.add(kind, provider=provider, url=url, settings=settings)
        await self._look_for_key(profile.id)
        await self._offer()

    def remove(self, provider: ProviderId) -> None:
        """Its key goes too."""
        self._do(provider, self._removed(provider))

    async def _removed(self, provider: ProviderId) -> None:
        await self._setup.remove(provider)
        self._key_turns[provider] += 1
        self._rows.pop(provider, None)
        await self._offer()

    def set(self, provider: ProviderId, name: str, value: str) -> None:
        """Change a setting."""
        self._do(provider, self._set(provider, name, value))

    async def settle(self, provider: ProviderId, name: str, value: str) -> bool:
        """Change a setting, and whether that went well; where not, the row's problem says why."""
        await self._done(provider, self._set(provider, name, value))
        row = self.row(provider)
        return row is not None and row.problem is None

    async def _set(self, provider: ProviderId, name: str, value: str) -> None:
        with self._changing(provider):
            before = self._setup.profile(provider)
            after = await self._setup.set(provider, [(name, value)])
        if origin(after) != origin(before):
            self._key_turns[provider] += 1
            self._put(provider, check=None, models=None)
        await self._look_for_key(provider)
        await self._offer()

    def give_key(self, provider: ProviderId, key: str, *, session_only: bool = False) -> None:
        """Keep a key, then see what it opens."""
        self._do(provider, self._keyed(provider, key, session_only=session_only))

    async def _keyed(self, provider: ProviderId, key: str, *, session_only: bool) -> None:
        with self._changing(provider):
            place = await self._setup.give_key(provider, key, session_only=session_only)
        self._key_turns[provider] += 1
        self._put(provider, key=place.value, check=None, problem=None)
        await self._refreshed(provider)

    def allow_key_file(self) -> None:
        """Keys may be kept in a file from now on."""
        self._setup.allow_key_file()
        self._change_settings(replace(self._settings(), key_file=True))
        self._tell()

    def forget_key(self, provider: ProviderId) -> None:
        """Have its key nowhere any more."""
        self._do(provider, self._forgotten(provider))

    async def _forgotten(self, provider: ProviderId) -> None:
        with self._changing(provider):
            await self._setup.forget_key(provider)
        self._key_turns[provider] += 1
        self._put(provider, key="none", check=None)

    def check(self, provider: ProviderId) -> None:
        """What can be learnt free of charge."""
        self._do(provider, self._checked(provider))

    async def _checked(self, provider: ProviderId) -> None:
        account = await self._answer(provider, lambda: self._setup.check(provider))
        if account is not None:
            self._put(provider, check=CheckRow(good=account.good, words=key_words(account), balance=account.balance))
        await self._offer()

    def refresh(self, provider: ProviderId) -> None:
        """Fetch its models anew."""
        self._do(provider, self._refreshed(provider))

    async def _refreshed(self, provider: ProviderId) -> None:
        models = await self._answer(provider, lambda: self._setup.refresh(provider))
        if models is not None:
            self._put(provider, models=len(models))
        await self._offer()

    @contextmanager
    def _changing(self, provider: ProviderId) -> Generator[None]:
        over = asyncio.Event()
        self._changes[provider].append(over)
        try:
            yield
        finally:
            self._changes[provider].remove(over)
            over.set()

    async def _answer(self, provider: ProviderId, ask: Callable[[], Awaitable[T]]) -> T | None:
        """What its server says, asked when all that is being changed of it is in force: an address, or a key, that was
        typed right before. None where the answer, or the refusal, is about a key or an address of before."""
        for change in tuple(self._changes[provider]):
            await change.wait()
        turn = self._key_turns[provider]
        try:
            answer = await ask()
        except StudioError:
            if turn == self._key_turns[provider]:
                raise
            return None
        return answer if turn == self._key_turns[provider] else None

    def start_playground(self) -> None:
        """A provider on this machine, set up at once."""
        self._do(None, self._played())

    async def _played(self) -> None:
        url, key = await self._playground()
        known = next((each for each in self._settings().providers if each.id == "playground"), None)
        if known is None:
            settings = [("name", "Playground")]
            known = await self._setup.add("nanogpt", provider="playground", url=url, settings=settings)
        else:
            known = await self._setup.set(known.id, [("url", url)])
        await self._keyed(known.id, key, session_only=True)
        self._started(known.id)

    async def _look_for_key(self, provider: ProviderId) -> None:
        turn = self._key_turns[provider]
        place = await self._setup.where(provider)
        if turn == self._key_turns[provider]:  # a slow keyring tells of what was before
            self._put(provider, key=place.value)

    def _do(self, provider: ProviderId | None, work: Coroutine[None, None, None]) -> None:
        self._tasks.spawn(self._done(provider, work), work)

    async def _done(self, provider: ProviderId | None, work: Coroutine[None, None, None]) -> None:
        if provider is not None:
            self._put(provider, busy=True, problem=None)
            self._tell()
        try:
            await work
        except StudioError as error:
            if provider is None or self.row(provider) is None:
                self.refused.emit(error.problem)
            else:
                self._put(provider, problem=error.problem)
        finally:
            if provider is not None and self.row(provider) is not None:
                self._put(provider, busy=False)
            self._tell()

    def _put(self, provider: ProviderId, **facts: object) -> None:
        row = self.row(provider)
        if row is not None:
            self._rows[provider] = replace(row, **facts)  # pyright: ignore[reportArgumentType]  # the fields of a row

    def _tell(self) -> None:
        self.changed.emit(self.rows())


def _row(profile: ProviderProfile, known: ProviderRow | None) -> ProviderRow:
    """The profile as it is now, with what is known beside it."""
    settings = tuple((name, "" if value is None else str(value)) for name, value in settings_of(profile))
    fresh = ProviderRow(
        id=profile.id, name=profile.shown_name, kind=profile.kind.value, url=profile.url, settings=settings
    )
    if known is None:
        return fresh
    return replace(known, name=fresh.name, url=fresh.url, settings=settings)
