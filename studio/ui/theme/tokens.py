"""All colours, by what they are for. The greys are neutral (R = G = B), so that they never tint the picture."""

from __future__ import annotations

from typing import NamedTuple


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Tokens(NamedTuple):
    """The colours of one theme, as #rrggbb. `link` is the accent as text, focus ring, outline and slider."""

    dark: bool
    window: str
    panel: str
    raised: str
    hover: str
    field: str
    surround: str
    line: str
    edge: str
    text: str
    dim: str
    link: str
    good: str
    warn: str
    bad: str
    accent: str = "#2f6fdd"
    accent_hover: str = "#2866d2"
    on_accent: str = "#ffffff"


DARK = Tokens(
    dark=True,
    window="#262626",
    panel="#2e2e2e",
    raised="#383838",
    hover="#363636",
    field="#242424",
    surround="#1f1f1f",
    line="#1d1d1d",
    edge="#8a8a8a",
    text="#e6e6e6",
    dim="#adadad",
    link="#6aa5ff",
    good="#5fcf97",
    warn="#e6ad48",
    bad="#ff8080",
)

LIGHT = Tokens(
    dark=False,
    window="#ececec",
    panel="#f7f7f7",
    raised="#ffffff",
    hover="#ededed",
    field="#ffffff",
    surround="#c6c6c6",
    line="#d2d2d2",
    edge="#808080",
    text="#1f1f1f",
    dim="#595959",
    link="#1d66d6",
    good="#12703f",
    warn="#855500",
    bad="#b92525",
)

DARK_CONTRAST = Tokens(
    dark=True,
    window="#000000",
    panel="#0a0a0a",
    raised="#1f1f1f",
    hover="#2a2a2a",
    field="#000000",
    surround="#101010",
    line="#8a8a8a",
    edge="#d0d0d0",
    text="#ffffff",
    dim="#e0e0e0",
    link="#9cc4ff",
    good="#7df0b4",
    warn="#ffcf70",
    bad="#ffa8a8",
)

LIGHT_CONTRAST = Tokens(
    dark=False,
    window="#f4f4f4",
    panel="#fcfcfc",
    raised="#ffffff",
    hover="#e6e6e6",
    field="#ffffff",
    surround="#d8d8d8",
    line="#808080",
    edge="#3a3a3a",
    text="#000000",
    dim="#2b2b2b",
    link="#0b4aa8",
    good="#0a5029",
    warn="#5f3c00",
    bad="#8f1414",
    accent="#0b4aa8",
    accent_hover="#093e8d",
)

THEMES = (DARK, LIGHT, DARK_CONTRAST, LIGHT_CONTRAST)

OVERLAYS = {
    "red": "#ff2d55",
    "green": "#1fd15b",
    "blue": "#2f7bff",
    "yellow": "#ffd60a",
    "cyan": "#19d3e6",
    "magenta": "#e535d8",
}
"""The colours a mask can be shown in, by the names of `studio.domain.settings.OVERLAY_COLOURS`."""

OUTLINE_LIGHT, OUTLINE_DARK = "#ffffff", "#000000"
"""The two tones of outlines that must be seen on any picture."""
BADGE, ON_BADGE = "#1b1b1b", "#ffffff"
"""Small labels that lie on a picture."""
SAMPLES = ("#ffffff", "#8c8c8c", "#101010", "#c03030", "#6f8f4a", "#caa27f")
"""Grounds on which a mask's colour is tried out."""
CHECKS = (OUTLINE_LIGHT, LIGHT.line)
"""The two greys that stand for nothing, under pictures with holes."""
STAR = "#f5c451"
SHADOW = "#000000"


def contrast(first: str, second: str) -> float:
    """Ratio of luminances, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
