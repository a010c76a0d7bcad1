"""What a window's session needs of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.session.ports import (
        Blobs,
        Files,
        Jobs,
        KeyStore,
        Library,
        Offload,
        Recovery,
        Remotes,
        RemovedCards,
        Selector,
        SettingsStore,
        Thumbnails,
    )
    from studio.session.spending import Allowance


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class World:
    """Everything outside that the session works with."""

    offload: Offload
    jobs: Jobs
    blobs: Blobs
    library: Library
    removed: RemovedCards
    selector: Selector
    settings: SettingsStore
    files: Files
    recovery: Recovery
    thumbnails: Thumbnails
    keys: KeyStore
    remotes: Remotes
    playground: Callable[[], Awaitable[tuple[str, str]]]
    """Starts one on this machine; its address and a key for it."""
    allowance: Allowance
    report: Callable[[], Awaitable[str]]
