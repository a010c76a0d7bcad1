"""Settings as the plain values of a TOML file and back. Every value is looked at by itself: a bad one falls back to
the program's own and spoils no other."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from studio.domain.brush import Brush
from studio.domain.settings import (
    OVERLAY_COLOURS,
    OVERLAY_PATTERNS,
    THEMES,
    WHEEL_ACTIONS,
    Limits,
    Overlay,
    Settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.profile import ProviderProfile

Held = TypeVar("Held", Settings, Overlay, Brush)

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "theme": THEMES,
        "wheel": WHEEL_ACTIONS,
        "colour": OVERLAY_COLOURS,
        "pattern": OVERLAY_PATTERNS,
        "export_format": ("png", "jpeg", "webp", "tiff", "avif"),
    }
)
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "surround": (0, 255),
        "opacity": (0, 1),
        "size": (1, 4000),
        "hardness": (0, 1),
        "variations": (1, 100),
        "autosave_seconds": (1, 3600),
        "feather": (0, 1000),
        "grow": (-1000, 1000),
        "export_quality": (1, 100),
    }
)
TABLES = ("overlay", "brush", "limits", "keys", "providers")
"""Settings that are a table of the file."""


def settings_of(values: Mapping[str, object]) -> Settings:
    """The settings that a file's values make."""
    settings = _taken(Settings(), values)
    return replace(
        settings,
        overlay=_taken(Overlay(), _table(values, "overlay")),
        brush=_taken(Brush(), _table(values, "brush")),
        limits=_limits(values.get("limits")),
        recent=_texts(values.get("recent")),
        hints_seen=_texts(values.get("hints_seen")),
        keys=tuple((name, keys) for name, keys in _table(values, "keys").items() if isinstance(keys, str)),
        providers=_profiles(_table(values, "providers")),
    )


def values_of(settings: Settings) -> dict[str, object]:
    """The settings as TOML's values, tables as dictionaries; what is None has no value there."""
    values: dict[str, object] = dict(_plain(settings))
    values["recent"] = list(settings.recent)
    values["hints_seen"] = list(settings.hints_seen)
    values["overlay"] = _plain(settings.overlay)
    values["brush"] = _plain(settings.brush)
    values["limits"] = _plain(settings.limits)
    values["keys"] = dict(settings.keys)
    values["providers"] = {str(each.id): profile_values(each) for each in settings.providers}
    return values


def profile_values(profile: ProviderProfile) -> dict[str, object]:
    """A provider as a table: its kind and address, and what differs from what the kind starts with."""
    # Loaded where there are providers: the first frame needs none of it.
    from studio.domain.profile import new_profile, settings_of

    own = dict(settings_of(new_profile(str(profile.id), profile.kind.value, profile.url)))
    values: dict[str, object] = {"kind": profile.kind.value, "url": profile.url}
    if profile.name:
        values["name"] = profile.name
    values.update({name: value for name, value in settings_of(profile) if value != own[name]})
    return values


def _profiles(tables: Mapping[str, object]) -> tuple[ProviderProfile, ...]:
    """Those that are one; of each the settings that fit."""
    return tuple(found for name in tables if (found := _profile(name, _table(tables, name))) is not None)


def _profile(name: str, values: Mapping[str, object]) -> ProviderProfile | None:
    from studio.domain.problems import UsageError
    from studio.domain.profile import new_profile, with_setting

    try:
        profile = new_profile(name, str(values.get("kind")), str(values.get("url") or "") or None)
    except UsageError:
        return None
    for setting, value in values.items():
        if setting in ("kind", "url") or isinstance(value, bool) or not isinstance(value, (str, int)):
            continue
        try:
            profile = with_setting(profile, setting, str(value))
        except UsageError:
            continue
    return profile


_APART = frozenset((*TABLES, "recent", "hints_seen"))
_MAY_BE_MISSING: Mapping[str, type] = MappingProxyType({"surround": int, "model": str})
"""Settings that start as None, with the type of their values."""


def _limits(held: object) -> Limits:
    """An amount may stand there as a number too. What is there and is no amount stays as it is: such a limit allows
    nothing, where falling back to the program's own would allow everything."""
    if held is None:
        return Limits()
    if not isinstance(held, dict):
        return Limits(click=str(held))
    table = cast("Mapping[str, object]", held)
    amounts = {name: str(table[name]) for name in ("click", "day", "month") if name in table}
    currency, unknown = table.get("currency"), table.get("unknown_prices")
    return Limits(
        **amounts,
        currency=currency if isinstance(currency, str) and currency else "USD",
        unknown_prices=unknown is True,
    )


def _plain(held: Settings | Overlay | Brush | Limits) -> dict[str, object]:
    return {each.name: getattr(held, each.name) for each in fields(held) if each.name not in _APART}


def _taken(held: Held, values: Mapping[str, object]) -> Held:
    """The defaults with those values put in that fit."""
    # Any: a name and the type of its value are only matched here.
    good: dict[str, Any] = {}
    for name, default in _plain(held).items():
        kind = _MAY_BE_MISSING.get(name, type(default))
        value = values.get(name)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is kind and _fits(name, value):
            good[name] = value
    return replace(held, **good)


def _fits(name: str, value: object) -> bool:
    if name in CHOICES:
        return value in CHOICES[name]
    if name in BOUNDS and isinstance(value, (int, float)):
        low, high = BOUNDS[name]
        return math.isfinite(value) and low <= value <= high
    return True


def _table(values: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = values.get(name)
    return cast("Mapping[str, object]", table) if isinstance(table, dict) else {}


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(each for each in cast("list[object]", value) if isinstance(each, str))
