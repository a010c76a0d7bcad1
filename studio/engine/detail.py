"""Fine detail for a fill that was made at a smaller size.

For each place in the filled hole the most similar place of the untouched rest is looked up (`match.py`), and what the
smaller size had lost there is added at full size. So grain and edges are the photograph's own, and colours the fill's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.engine.arrays import enlarged, gaussian, stretched
from studio.engine.match import matched

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes, Flags, Integers

_BAND = 1.5


def sharpened(full: Bytes, small: Bytes, hole: Flags, source: Flags, seed: int) -> Bytes:
    """`small`, filled, brought to the size of `full` with detail out of `full`.

    full (height, width, 3) still holds the old content of the hole; small (h, w, 3) is the filled picture; hole and
    source (h, w) tell what was filled and where detail may come from. The sizes may be equal: then it is the blur of
    averaging patches that is undone. Pixels outside of the hole are not meant to be used.
    """
    height, width = full.shape[:2]
    calm = gaussian(np.asarray(small, np.float32), _BAND)
    smooth = stretched(calm, width, height)
    shifts = matched(np.asarray(np.rint(calm), np.uint8), hole, source, seed)
    if shifts is None:
        return enlarged(small, width, height)
    rows, columns = (axis.astype(np.int32) for axis in np.nonzero(_stretched_flags(hole, width, height)))
    low_rows = rows * small.shape[0] // height
    low_columns = columns * small.shape[1] // width
    from_rows, from_columns = _sources(shifts[low_rows, low_columns], rows, columns, full.shape, small.shape)
    detail = full[from_rows, from_columns] - smooth[from_rows, from_columns]
    result = full.copy()
    result[rows, columns] = np.rint(smooth[rows, columns] + detail).clip(0, 255).astype(np.uint8)
    return result


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
