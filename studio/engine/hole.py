"""The shape of what is to be filled: its separate regions, how much around each is looked at, and how thin it is."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.engine.arrays import Box, Bytes, Flags, Integers, box_of, dilated

CONTEXT = 0.7
_LEAST_CONTEXT = 48
_THIN = 4.0
_GROUPING_SIDE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Holes near each other that are filled together: the box that is looked at, and the holes within it."""

    box: Box
    hole: Flags
    thin: bool


def grown(mask: Bytes, *, pixels: int, feather: float) -> Bytes:
    """The mask made larger by whole pixels, then softened outwards over about `feather` pixels.

    What was 255 stays 255: a fill pasted under this mask covers the thing and fades outside of it.
    """
    wide = dilated(mask, pixels)
    if feather <= 0:
        return wide
    reach = max(1, round(2 * feather))
    soft = np.asarray(cv2.GaussianBlur(dilated(wide, reach // 2), (0, 0), feather), np.uint8)
    return np.maximum(wide, soft)


def regions(hole: Flags, context: float = CONTEXT) -> list[Region]:
    """Holes that lie close together as one region each. An empty list where nothing is to be filled."""
    labels, boxes = _groups(hole)
    found: list[Region] = []
    for label, coarse in boxes:
        outer = coarse.scaled(hole.shape[1] / labels.shape[1], hole.shape).grown(2, 2, hole.shape)
        own: Flags = hole[outer.slices] & (_looked_up(labels, outer, hole.shape) == label)
        inner = box_of(own)
        if inner is None:
            continue
        x = max(_LEAST_CONTEXT, round(inner.width * context), round(inner.long_side * context / 2))
        y = max(_LEAST_CONTEXT, round(inner.height * context), round(inner.long_side * context / 2))
        exact = inner.moved(outer.left, outer.top)
        box = exact.grown(x, y, hole.shape)
        wide = np.zeros((box.height, box.width), np.bool_)
        wide[exact.moved(-box.left, -box.top).slices] = own[inner.slices]
        found.append(Region(box=box, hole=wide, thin=_is_thin(own)))
    return found


def _groups(hole: Flags) -> tuple[Integers, list[tuple[int, Box]]]:
    """Labels on a coarse grid, where holes nearer than about 3 % of the long side share one, and each label's box."""
    height, width = hole.shape
    factor = min(1.0, _GROUPING_SIDE / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    near = dilated(_stamped(hole, size), max(2, round(max(size) * 0.015)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near)
    boxes: list[tuple[int, Box]] = []
    for label in range(1, count):
        left, top, wide, tall = (int(value) for value in stats[label][:4])
        boxes.append((label, Box(left=left, top=top, right=left + wide, bottom=top + tall)))
    return np.asarray(labels, np.int32), boxes


def _looked_up(labels: Integers, box: Box, shape: tuple[int, ...]) -> Integers:
    """The coarse labels for each pixel of a box in the full picture."""
    rows = np.arange(box.top, box.bottom) * labels.shape[0] // shape[0]
    columns = np.arange(box.left, box.right) * labels.shape[1] // shape[1]
    return labels[np.ix_(rows, columns)]


def _stamped(hole: Flags, size: tuple[int, int]) -> Bytes:
    rows, columns = np.nonzero(hole)
    stamp = np.zeros((size[1], size[0]), np.uint8)
    stamp[rows * size[1] // hole.shape[0], columns * size[0] // hole.shape[1]] = 1
    return stamp


def _is_thin(hole: Flags) -> bool:
    """Whether no pixel of the hole is 4 or more pixels away from its edge."""
    padded = np.pad(np.asarray(hole, np.uint8), 1)
    return float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max()) < _THIN
