"""Outpainting: the picture goes on beyond its edges, filled from what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import check
from studio.engine.fill import FillOptions, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.geometry import Margins
    from studio.engine.arrays import Bytes
    from studio.engine.events import Event


def extend(picture: Bytes, margins: Margins, options: FillOptions | None = None) -> Iterator[Event]:
    """Preview and results larger than the picture by the margins (pixels); the old picture stays byte for byte.

    picture (height, width, 3 or 4). Raises UsageError `bad-parameter` where all margins are 0 or one is negative.
    """
    check(picture)
    rows, columns = (margins.top, margins.bottom), (margins.left, margins.right)
    if min(rows + columns) < 0 or not any(rows + columns):
        raise trouble("bad-parameter", name="The margins", value=str(margins), allowed="at least one pixel on a side")
    canvas = np.pad(picture, (rows, columns, (0, 0)), mode="edge")
    mask = np.pad(np.zeros(picture.shape[:2], np.uint8), (rows, columns), constant_values=255)
    return fill(canvas, mask, options)
