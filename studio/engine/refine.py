"""A rough alpha made to follow the thing's outline: GrabCut at a small size, then the guided filter at full size."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.arrays import Box, Bytes, Floats, box_of, shrunk, stretched
from studio.engine.guided import guided

GRABCUT_SIDE = 560
_SURE_THING = 0.92
_SURE_REST = 0.04


def refined(picture: Bytes, alpha: Floats) -> Floats:
    """A better alpha of the same shape. picture (height, width, 3), alpha (height, width) from 0 to 1."""
    box = box_of(alpha > 0.3)
    if box is None:
        return alpha
    margin = max(8, box.long_side // 8)
    roi = box.grown(margin, margin, alpha.shape)
    cut = grabcut(picture[roi.slices], alpha[roi.slices])
    radius = max(1, max(cut.shape) // 120)
    result = np.zeros_like(alpha)
    result[roi.slices] = guided(np.ascontiguousarray(picture[roi.slices]), cut, radius=radius)
    return _without_haze(result)


def grabcut(picture: Bytes, alpha: Floats, *, passes: int = 2) -> Floats:
    """GrabCut (Rother et al., 2004) seeded by an alpha, at 560 a side at most; 0 or 1, soft from resampling."""
    height, width = alpha.shape
    factor = min(1.0, GRABCUT_SIDE / max(height, width))
    size = max(2, round(width * factor)), max(2, round(height * factor))
    small, rough = shrunk(picture, *size), stretched(alpha, *size)
    labels = np.full(rough.shape, cv2.GC_PR_BGD, np.uint8)
    labels[rough >= 0.5] = cv2.GC_PR_FGD
    labels[rough > _SURE_THING] = cv2.GC_FGD
    labels[rough < _SURE_REST] = cv2.GC_BGD
    if not _both_sides(labels):
        return np.asarray(alpha >= 0.5, np.float32)
    thing, rest = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(0)
    cv2.grabCut(small, labels, (0, 0, 1, 1), thing, rest, passes, cv2.GC_INIT_WITH_MASK)
    return stretched(np.asarray((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD), np.float32), width, height)


def _both_sides(labels: Bytes) -> bool:
    thing = int(((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)).sum())
    return 10 < thing < labels.size - 10


def _without_haze(alpha: Floats) -> Floats:
    """The faint ends drawn to 0 and 1, where the filter leaves a veil."""
    return np.asarray(((alpha - 0.08) / 0.84).clip(0, 1), np.float32)


def to_mask(alpha: Floats) -> Bytes:
    """0 to 1 as 0 to 255."""
    return np.asarray(np.rint(alpha * 255), np.uint8)


def crop_box(center: tuple[float, float], side: int, shape: tuple[int, ...]) -> Box:
    """A square of this side around a point (x, y), moved and if need be cut to lie within an array of this shape."""
    height, width = shape[:2]
    left = int(min(max(0, center[0] - side / 2), max(0, width - side)))
    top = int(min(max(0, center[1] - side / 2), max(0, height - side)))
    return Box(left=left, top=top, right=min(width, left + side), bottom=min(height, top + side))
