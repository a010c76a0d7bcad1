"""Filling without copying: thin holes, and holes in a surface that is nearly one colour."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.arrays import Bytes, Flags, Floats, dilated, stretched

_FLAT = 3.0
_RING = 12


def healed(picture: Bytes, hole: Flags) -> Bytes:
    """Thin lines and dust by Telea's fast marching (2004); blurs what is wider than about 8 pixels."""
    return np.asarray(cv2.inpaint(picture, np.asarray(hole, np.uint8), 3, cv2.INPAINT_TELEA), np.uint8)


def is_flat(picture: Bytes, hole: Flags, forbidden: Flags) -> bool:
    """Whether what surrounds the hole is one smooth slope of colour, up to noise of about 3 levels."""
    ring = (dilated(np.asarray(hole, np.uint8), _RING) > 0) & ~hole & ~forbidden
    rows, columns = np.nonzero(ring)
    if rows.size < 24:
        return False
    height, width = hole.shape
    x, y = columns / width - 0.5, rows / height - 0.5
    surface = np.stack((np.ones_like(x), x, y, x * y, x * x, y * y), axis=1)
    values = picture[rows, columns].astype(np.float64)
    terms = np.linalg.lstsq(surface, values, rcond=None)[0]
    return float(np.abs(values - surface @ terms).mean()) < _FLAT


def membrane(picture: Bytes, hole: Flags) -> Bytes:
    """The hole closed by the smoothest surface through its rim, found from coarse to fine; no grain."""
    known = np.asarray(~hole, np.float32)
    filled = _pulled(np.asarray(picture, np.float32) * known[..., np.newaxis], known)
    return np.asarray(np.rint(filled).clip(0, 255), np.uint8)


def _pulled(colour: Floats, weight: Floats) -> Floats:
    """Push-pull (Gortler et al., 1996): unknown pixels from the half-size picture, then relaxed."""
    height, width = weight.shape
    if weight.all() or min(height, width) < 2:
        return np.asarray(colour / np.maximum(weight, 1e-6)[..., np.newaxis], np.float32)
    size = max(1, width // 2), max(1, height // 2)
    half_weight = np.asarray(cv2.resize(weight, size, interpolation=cv2.INTER_AREA), np.float32)
    half_colour = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.float32)
    sure = np.minimum(half_weight * 4, 1)
    scale = (sure / np.maximum(half_weight, 1e-6))[..., np.newaxis]
    above = stretched(_pulled(np.asarray(half_colour * scale, np.float32), np.asarray(sure, np.float32)), width, height)
    result = np.asarray(colour + above * (1 - weight)[..., np.newaxis], np.float32)
    return _relaxed(result, weight)


def _relaxed(colour: Floats, weight: Floats) -> Floats:
    free = (1 - weight)[..., np.newaxis]
    for _ in range(6):
        around = np.asarray(cv2.blur(colour, (3, 3), borderType=cv2.BORDER_REFLECT), np.float32)
        colour = np.asarray(colour + free * (around - colour), np.float32)
    return colour
