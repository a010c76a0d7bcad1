"""Measured differences of two pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.imaging.arrays import view

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels


def differing(first: Pixels, second: Pixels, mask: Pixels | None = None) -> int:
    """How many pixels have any byte that is not the same, those where the gray mask is over 0 left out.

    Raises ValueError where the sizes or formats differ.
    """
    if first.size != second.size or first.format is not second.format:
        raise ValueError(f"{first.format.value} of {first.size} cannot be compared with {second.format.value}")
    if mask is not None and mask.size != first.size:
        raise ValueError(f"a mask of {mask.size} does not fit pixels of {first.size}")
    unequal = view(first) != view(second)
    if unequal.ndim == 3:
        unequal = unequal.any(axis=2)
    if mask is not None:
        unequal = unequal & (view(mask) == 0)
    return int(np.count_nonzero(unequal))
