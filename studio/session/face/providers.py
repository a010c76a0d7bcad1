"""The providers as they are shown and set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.domain.capabilities import Price
    from studio.domain.ids import ProviderId
    from studio.domain.problems import Problem
    from studio.domain.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """What a free look at a key told. `good` None: it cannot be told, and `words` say why."""

    good: bool | None
    words: str
    balance: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """A provider that was set up. `key` says where its key is: `keyring`, `session`, `file`, `none`, or `unknown` until
    the keyring has answered. `settings` are all settings of its profile with their values as text (empty: none is
    set). `busy` while something is asked of it."""

    id: ProviderId
    name: str
    kind: str
    url: str
    key: str = "unknown"
    settings: tuple[tuple[str, str], ...] = ()
    models: int | None = None
    """How many models are known, None where no catalogue came yet."""
    check: CheckRow | None = None
    problem: Problem | None = None
    busy: bool = False


class ProvidersFace(Protocol):
    """Setting providers up. What goes wrong is in the row's `problem`, or in `refused` where there is no row."""

    changed: Signal[tuple[ProviderRow, ...]]
    refused: Signal[Problem]

    def rows(self) -> tuple[ProviderRow, ...]: ...
    def add(self, kind: str, *, url: str = "", provider: str = "", name: str = "") -> None:
        """`kind` is nanogpt, naga or openai; without an id one is made of the kind."""
        ...

    def remove(self, provider: ProviderId) -> None:
        """Its key goes too; its jobs and pictures stay."""
        ...

    def set(self, provider: ProviderId, name: str, value: str) -> None:
        """Change a setting (also `url` and `name`). Another origin makes the key be asked for again."""
        ...

    def give_key(self, provider: ProviderId, key: str, *, session_only: bool = False) -> None:
        """Into the keyring, or for this session only. Then its models are fetched."""
        ...

    def allow_key_file(self) -> None:
        """The user was warned and wants keys in a file where there is no keyring."""
        ...

    def forget_key(self, provider: ProviderId) -> None: ...
    def check(self, provider: ProviderId) -> None:
        """What can be learnt free of charge: is the key good, and the balance."""
        ...

    def refresh(self, provider: ProviderId) -> None:
        """Fetch its models anew."""
        ...

    def start_playground(self) -> None:
        """A provider on this machine that is set up at once, to try everything without paying."""
        ...
