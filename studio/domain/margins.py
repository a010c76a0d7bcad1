"""What is added around a box. Apart from boxes, for it is part of the first frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Pixels on each side of a box."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0
