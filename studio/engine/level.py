"""A picture with its hole at one of the sizes at which a fill is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.engine.arrays import shrunk

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes, Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """picture (height, width, 3); hole and never (height, width): what is filled, and what may not be copied."""

    picture: Bytes
    hole: Flags
    never: Flags

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.picture.shape[0], self.picture.shape[1]

    @property
    def source(self) -> Flags:
        """What may be copied."""
        return ~(self.hole | self.never)

    @property
    def area(self) -> int:
        """Pixels of the hole."""
        return int(self.hole.sum())

    def smaller(self, factor: float) -> Level:
        """At `factor` times the size; a small pixel that holds any of the hole is of the hole."""
        height, width = self.shape
        size = max(1, round(width * min(1.0, factor))), max(1, round(height * min(1.0, factor)))
        if size == (width, height):
            return self
        hole = _touched(self.hole, size)
        return Level(picture=shrunk(self.picture, *size), hole=hole, never=_touched(self.never, size) & ~hole)


def as_mask(flags: Flags) -> Bytes:
    """0 and 255."""
    return np.asarray(flags, np.uint8) * np.uint8(255)


def _touched(flags: Flags, size: tuple[int, int]) -> Flags:
    share = cv2.resize(np.asarray(flags, np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(share > 0)
