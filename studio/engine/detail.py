"""Fine detail for a fill that was made at a smaller size.

For each place in the filled hole the most similar place of the untouched rest is looked up (`match.py`), and what the
smaller size had lost there is added at full size. So grain and edges are the photograph's own, and colours the fill's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.engine.arrays import enlarged, gaussian, stretched
from studio.engine.match import aligned, matched

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes
    from studio.engine.level import Level

_BAND = 1.5


def sharpened(full: Level, small: Level, filled: Bytes, seed: int) -> Bytes:
    """`filled`, made at the size of `small`, brought to the size of `full` with detail out of `full`.

    `full` still holds the old content of its hole. The sizes may be equal: then it is the blur of averaging patches
    that is undone. Outside of the hole the answer is the full picture.
    """
    height, width = full.shape
    calm = gaussian(np.asarray(filled, np.float32), _BAND)
    shifts = matched(np.asarray(np.rint(calm), np.uint8), small.hole, small.source, seed)
    result = full.picture.copy()
    if shifts is None:
        result[full.hole] = enlarged(filled, width, height)[full.hole]
        return result
    smooth = stretched(calm, width, height)
    if full.shape != small.shape:
        shifts = aligned(np.asarray(np.rint(smooth), np.uint8), full.hole, full.source, shifts, seed)
    rows, columns = (axis.astype(np.int32) for axis in np.nonzero(full.hole))
    shift = shifts[rows, columns]
    down, across = shift[:, 0], shift[:, 1]
    from_rows, from_columns = np.clip(rows + down, 0, height - 1), np.clip(columns + across, 0, width - 1)
    detail = full.picture[from_rows, from_columns] - smooth[from_rows, from_columns]
    result[rows, columns] = np.rint(smooth[rows, columns] + detail).clip(0, 255).astype(np.uint8)
    return result
