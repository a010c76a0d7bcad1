"""Guided filter: an alpha that follows the edges of the picture (He, Sun, Tang, 2013; the fast form of 2015)."""

from __future__ import annotations

import numpy as np

from studio.engine.arrays import Bytes, Floats, box_mean, shrunk, stretched


def guided(guide: Bytes, alpha: Floats, *, radius: int, softness: float = 1e-4) -> Floats:
    """The alpha (0 to 1) as a local linear function of the guide's three channels, over windows of this radius.

    guide (height, width, 3) may be larger than alpha: the function is found at alpha's size and applied at the
    guide's. `softness` is epsilon of the paper: how weak an edge is smoothed away, in squared values of 0 to 1.
    """
    height, width = alpha.shape
    small = guide if guide.shape[:2] == alpha.shape else shrunk(guide, width, height)
    slope, offset = _linear(np.asarray(small, np.float32) / np.float32(255), alpha, radius, softness)
    full_height, full_width = guide.shape[:2]
    slope = stretched(box_mean(slope, radius), full_width, full_height)
    offset = stretched(box_mean(offset, radius), full_width, full_height)
    # Channel by channel, so that a large picture never stands in memory three times as floats.
    result = offset
    for channel in range(3):
        result = result + slope[..., channel] * (guide[..., channel].astype(np.float32) / 255)
    return np.asarray(result.clip(0, 1), dtype=np.float32)


def _linear(guide: Floats, alpha: Floats, radius: int, softness: float) -> tuple[Floats, Floats]:
    """Slope (height, width, 3) and offset (height, width) of each window: equations 19 and 20 of the paper."""
    mean_guide = box_mean(guide, radius)
    mean_alpha = box_mean(alpha, radius)
    together = box_mean(np.asarray(guide * alpha[..., np.newaxis], np.float32), radius)
    covariance = together - mean_guide * mean_alpha[..., np.newaxis]
    matrix = np.empty((*alpha.shape, 3, 3), np.float32)
    for row in range(3):
        for column in range(row, 3):
            product = box_mean(np.asarray(guide[..., row] * guide[..., column], np.float32), radius)
            entry = product - mean_guide[..., row] * mean_guide[..., column]
            matrix[..., row, column] = entry
            matrix[..., column, row] = entry
    matrix += softness * np.eye(3, dtype=np.float32)
    slope = np.linalg.solve(matrix, covariance[..., np.newaxis])[..., 0]
    offset = mean_alpha - (slope * mean_guide).sum(axis=2)
    return np.asarray(slope, np.float32), np.asarray(offset, np.float32)
