"""The brush. Apart from the pen, for it is part of the first frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """Diameter in document pixels; hardness 0 (soft to the middle) to 1 (a crisp edge); opacity 0 to 1."""

    size: float = 120.0
    hardness: float = 0.8
    opacity: float = 1.0
    pressure_size: bool = True
    pressure_opacity: bool = False
    erases: bool = False
