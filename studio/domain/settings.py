"""What the user chose and wants to find again. Kept as TOML; unknown keys in the file are left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.brush import Brush
from studio.domain.ids import LOCAL, ModelId, ProviderId

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile

THEMES = ("system", "light", "dark")
OVERLAY_COLOURS = ("red", "green", "blue", "yellow", "cyan", "magenta")
OVERLAY_PATTERNS = ("stripe", "checker", "plain")
WHEEL_ACTIONS = ("zoom", "scroll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """How the mask is shown over the picture."""

    colour: str = "red"
    opacity: float = 0.5
    pattern: str = "stripe"
    outline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that may be spent, as decimal text in `currency`; empty: no limit. Nothing that was not sent yet leaves
    where it would be passed. `unknown_prices`: orders whose price nobody knows may be sent all the same."""

    click: str = ""
    day: str = ""
    month: str = ""
    currency: str = "USD"
    unknown_prices: bool = False

    @property
    def any(self) -> bool:
        """Whether there is a limit at all."""
        return bool(self.click or self.day or self.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `surround` is the grey around the picture, 0 to 255, None for the theme's own."""

    theme: str = "system"
    language: str = "system"
    surround: int | None = None
    wheel: str = "zoom"
    overlay: Overlay = field(default_factory=Overlay)
    brush: Brush = field(default_factory=Brush)
    provider: ProviderId = LOCAL
    model: ModelId | None = None
    variations: int = 3
    autosave_seconds: int = 30
    feather: float = 1.5
    grow: int = 3
    export_format: str = "png"
    export_quality: int = 90
    export_metadata: bool = False
    recent: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    hints_seen: tuple[str, ...] = ()
    providers: tuple[ProviderProfile, ...] = ()
    limits: Limits = field(default_factory=Limits)
    notify: bool = True
    """Whether the desktop tells that a job ended while the window was not in front."""
    key_file: bool = False
    """Whether keys may be kept in a file that only the user can read, where there is no keyring."""
