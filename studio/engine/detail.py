"""Fine detail for a fill that was made at a smaller size.

For each place in the filled hole the most similar place of the untouched rest is looked up (`match.py`), and what the
smaller size had lost there is added at full size. So grain and edges are the photograph's own, and colours the fill's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.engine.arrays import enlarged, gaussian, shrunk
from studio.engine.match import matched

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes, Flags, Floats, Integers

_SOFT = 0.8


def sharpened(full: Bytes, small: Bytes, hole: Flags, source: Flags, seed: int) -> Bytes:
    """`small`, filled, brought to the size of `full` with detail out of `full`.

    full (height, width, 3) still holds the old content of the hole; small (h, w, 3) is the filled picture; hole and
    source (h, w) tell what was filled and where detail may come from. The sizes may be equal: then it is the blur of
    averaging patches that is undone. Pixels outside of the hole are not meant to be used.
    """
    height, width = full.shape[:2]
    shifts = matched(small, hole, source, seed)
    smooth, rough = _bands(full, small)
    result = smooth.clip(0, 255).astype(np.uint8)
    if shifts is None:
        return result
    rows, columns = (axis.astype(np.int32) for axis in np.nonzero(_stretched_flags(hole, width, height)))
    low_rows = rows * small.shape[0] // height
    low_columns = columns * small.shape[1] // width
    from_rows, from_columns = _sources(shifts[low_rows, low_columns], rows, columns, full.shape, small.shape)
    sharp = smooth[rows, columns] + rough[from_rows, from_columns]
    result[rows, columns] = np.rint(sharp).clip(0, 255).astype(np.uint8)
    return result


def _bands(full: Bytes, small: Bytes) -> tuple[Floats, Floats]:
    """What the small picture knows, at full size, and what the full one has beyond that."""
    height, width = full.shape[:2]
    if small.shape == full.shape:
        whole = np.asarray(full, np.float32)
        return gaussian(np.asarray(small, np.float32), _SOFT), np.asarray(whole - gaussian(whole, _SOFT), np.float32)
    known = enlarged(shrunk(full, small.shape[1], small.shape[0]), width, height)
    return (
        np.asarray(enlarged(small, width, height), np.float32),
        np.asarray(np.asarray(full, np.float32) - known, np.float32),
    )


def _sources(
    shifts: Integers, rows: Integers, columns: Integers, full: tuple[int, ...], small: tuple[int, ...]
) -> tuple[Integers, Integers]:
    """Where in the full picture each pixel's detail comes from; shifts are in pixels of the small one."""
    down = np.rint(shifts[:, 0] * (full[0] / small[0])).astype(np.int32)
    across = np.rint(shifts[:, 1] * (full[1] / small[1])).astype(np.int32)
    return (
        np.asarray(np.clip(rows + down, 0, full[0] - 1), np.int32),
        np.asarray(np.clip(columns + across, 0, full[1] - 1), np.int32),
    )


def _stretched_flags(flags: Flags, width: int, height: int) -> Flags:
    if flags.shape == (height, width):
        return flags
    stretched = cv2.resize(np.asarray(flags, np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(stretched > 0)
