"""The pen and the brush, in document space."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.brush import Brush

__all__ = ["Brush", "PenSample"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PenSample:
    """Where the pen is. x and y are document pixels (the centre of the first pixel is 0.5), pressure 0 to 1."""

    x: float
    y: float
    pressure: float = 1.0
