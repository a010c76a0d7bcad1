"""A part of a thing by one click: what is near in place and colour together, then GrabCut."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.arrays import Bytes, Flags, Floats, shrunk, stretched
from studio.engine.refine import crop_box, grabcut

_SIDE = 256
_SHARE = 0.35
_SWEEPS = 3


def part_at(picture: Bytes, point: tuple[float, float]) -> Floats:
    """An alpha (0 or 1, soft from resampling) of the part under a point (x, y) of an RGB picture."""
    box = crop_box(point, max(32, round(max(picture.shape[:2]) * _SHARE)), picture.shape)
    factor = min(1.0, _SIDE / box.long_side)
    size = max(4, round(box.width * factor)), max(4, round(box.height * factor))
    crop = np.ascontiguousarray(picture[box.slices])
    small = shrunk(crop, *size)
    x = min(size[0] - 1, max(0, int((point[0] - box.left) * factor)))
    y = min(size[1] - 1, max(0, int((point[1] - box.top) * factor)))
    far = _distance(small, (x, y))
    cut = grabcut(small, _seeds(far, (x, y)))
    result = np.zeros(picture.shape[:2], np.float32)
    result[box.slices] = stretched(_joined(cut, (x, y)), box.width, box.height)
    return result


def _distance(picture: Bytes, point: tuple[int, int]) -> Floats:
    """Geodesic distance from the point: steps cost more across a change of colour (Criminisi et al., 2008).

    Raster sweeps in four directions, vectorised along one axis each.
    """
    lab = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.float32)
    x, y = point
    seed = lab[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3].reshape(-1, 3).mean(axis=0)
    unlike = np.asarray(np.sqrt(((lab - seed) ** 2).sum(axis=2)), np.float32)
    cost = np.asarray(0.02 + unlike / 24, np.float32)
    far = np.full(cost.shape, 1e6, np.float32)
    far[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2] = 0
    for _ in range(_SWEEPS):
        for turn in range(4):
            far = np.rot90(_swept(np.rot90(far, turn).copy(), np.rot90(cost, turn)), -turn).copy()
    return far


def _swept(far: Floats, cost: Floats) -> Floats:
    """One sweep downwards, each row from the three nearest of the row above."""
    for row in range(1, far.shape[0]):
        above = far[row - 1]
        best = above.copy()
        best[1:] = np.minimum(best[1:], above[:-1] + 0.01)
        best[:-1] = np.minimum(best[:-1], above[1:] + 0.01)
        far[row] = np.minimum(far[row], best + cost[row])
    return far


def _seeds(far: Floats, point: tuple[int, int]) -> Floats:
    """Sure, likely and unlikely by distance, as an alpha that GrabCut takes for its seeds."""
    near = float(np.quantile(far, 0.04))
    scale = max(near, 0.5)
    alpha = np.asarray(np.select([far < 0.6 * scale, far < 2.5 * scale, far < 8 * scale], [1.0, 0.6, 0.3], 0.0))
    x, y = point
    alpha[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2] = 1.0
    return np.asarray(alpha, np.float32)


def _joined(cut: Floats, point: tuple[int, int]) -> Floats:
    """The connected piece under the point, its small holes closed."""
    closed = np.asarray(cv2.morphologyEx(np.asarray(cut, np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)))
    _, labels = cv2.connectedComponents(np.asarray(closed, np.uint8))
    label = int(labels[point[1], point[0]])
    piece: Flags = np.asarray(labels == label) if label else np.asarray(cut > 0.5)
    return np.asarray(piece, np.float32)
