"""The pen and the brush, in document space."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PenSample:
    """Where the pen is. x and y are document pixels (the centre of the first pixel is 0.5), pressure 0 to 1."""

    x: float
    y: float
    pressure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """Diameter in document pixels; hardness 0 (soft to the middle) to 1 (a crisp edge); opacity 0 to 1."""

    size: float = 120.0
    hardness: float = 0.8
    opacity: float = 1.0
    pressure_size: bool = True
    pressure_opacity: bool = False
    erases: bool = False
