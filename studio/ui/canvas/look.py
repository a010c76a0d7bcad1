"""The colours that the canvas paints with, taken from the theme's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from studio.ui.theme.tokens import BADGE, CHECKS, ON_BADGE, OUTLINE_DARK, OUTLINE_LIGHT, OVERLAYS, SHADOW

if TYPE_CHECKING:
    from studio.ui.theme.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`light` and `dark` are the two tones that lines over a picture are drawn in, so that one of them is seen on
    any ground. `ink` is text on `plate`, the dark label over a picture."""

    surround: QColor
    edge: QColor
    """The line around the picture, and its shadow."""
    check_light: QColor
    check_dark: QColor
    light: QColor
    dark: QColor
    plate: QColor
    ink: QColor
    accent: QColor
    masks: dict[str, QColor]
    """By the names of `studio.domain.settings.OVERLAY_COLOURS`."""


def look_of(tokens: Tokens, surround: int | None) -> Look:
    """The theme's colours; `surround` (0 to 255) is the user's own grey around the picture."""
    plate = QColor(BADGE)
    plate.setAlphaF(0.82)
    return Look(
        surround=QColor(tokens.surround) if surround is None else QColor(surround, surround, surround),
        edge=QColor(SHADOW),
        check_light=QColor(CHECKS[0]),
        check_dark=QColor(CHECKS[1]),
        light=QColor(OUTLINE_LIGHT),
        dark=QColor(OUTLINE_DARK),
        plate=plate,
        ink=QColor(ON_BADGE),
        accent=QColor(tokens.link),
        masks={name: QColor(colour) for name, colour in OVERLAYS.items()},
    )
