"""What an edit touched, so that views repaint that and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.geometry import Rect


class Touched(Flag):
    """Kinds of things that can change."""

    PIXELS = auto()
    MASK = auto()
    LAYERS = auto()
    SIZE = auto()
    OUTLINE = auto()
    """The line around the mask, which is drawn later than the mask."""
    EVERYTHING = PIXELS | MASK | LAYERS | SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The dirty rectangle (document space) and what changed in it."""

    rect: Rect
    touched: Touched
