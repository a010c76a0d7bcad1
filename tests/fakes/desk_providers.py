"""The providers' page of a fake desk: notes what it is asked for; rows change only when the test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.signal import Signal

if TYPE_CHECKING:
    from studio.domain.ids import ProviderId
    from studio.domain.problems import Problem
    from studio.session.face.providers import ProviderRow, ProvidersFace


class FakeProviders:
    """`show(rows)` sets the rows and tells them."""

    def __init__(self, calls: list[tuple[object, ...]]) -> None:
        self.changed: Signal[tuple[ProviderRow, ...]] = Signal()
        self.refused: Signal[Problem] = Signal()
        self._calls = calls
        self._rows: tuple[ProviderRow, ...] = ()

    def show(self, rows: tuple[ProviderRow, ...]) -> None:
        self._rows = rows
        self.changed.emit(rows)

    def rows(self) -> tuple[ProviderRow, ...]:
        return self._rows

    def add(self, kind: str, *, url: str = "", provider: str = "", name: str = "") -> None:
        self._calls.append(("add_provider", kind, url, provider, name))

    def remove(self, provider: ProviderId) -> None:
        self._calls.append(("remove_provider", provider))

    def set(self, provider: ProviderId, name: str, value: str) -> None:
        self._calls.append(("set_provider", provider, name, value))

    def give_key(self, provider: ProviderId, key: str, *, session_only: bool = False) -> None:
        self._calls.append(("give_key", provider, key, session_only))

    def allow_key_file(self) -> None:
        self._calls.append(("allow_key_file",))

    def forget_key(self, provider: ProviderId) -> None:
        self._calls.append(("forget_key", provider))

    def check(self, provider: ProviderId) -> None:
        self._calls.append(("check_provider", provider))

    def refresh(self, provider: ProviderId) -> None:
        self._calls.append(("refresh_provider", provider))

    def start_playground(self) -> None:
        self._calls.append(("start_playground",))


if TYPE_CHECKING:

    def _as_face(fake: FakeProviders) -> ProvidersFace:
        return fake
