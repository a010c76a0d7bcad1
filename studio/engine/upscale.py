"""Larger pictures: a net for photographs doubles the size, and resampling does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import check, opaque, shrunk
from studio.engine.events import Preview, Progress, Result
from studio.engine.nets import UPSCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.engine.arrays import Bytes, Floats
    from studio.engine.events import Event
    from studio.engine.nets import Models

TILE = 256
MARGIN = 7
_MOST_PIXELS = 120_000_000
_SHARPEN = 0.35


def upscale(picture: Bytes, factor: float, models: Models, *, preview: bool = True) -> Iterator[Event]:
    """A plain preview where one is wanted, then one result `factor` times as large, 1 < factor <= 4; RGB or RGBA as it
    came.

    Without the model file the plain resampling is the result. Raises UsageError `bad-parameter` for another factor,
    ImagingError `image-too-large` where the result would have more than 120 megapixels.
    """
    check(picture)
    if not 1 < factor <= 4:
        raise trouble("bad-parameter", name="The factor", value=factor, allowed="more than 1, up to 4")
    height, width = round(picture.shape[0] * factor), round(picture.shape[1] * factor)
    if height * width > _MOST_PIXELS:
        raise trouble("image-too-large", name="The result", width=width, height=height, limit=120)
    if not models.has(UPSCALE):
        yield Result(index=0, picture=resampled(picture, width, height))
        return
    if preview:
        yield Preview(picture=resampled(picture, width, height))
    colour = opaque(picture)
    rounds = 1 if factor <= 2 else 2
    for number in range(rounds):
        for event in _doubled(colour, models):
            if isinstance(event, Progress):
                # The second doubling has four times the pixels of the first.
                done, share = (0.0, 1.0) if rounds == 1 else ((0.0, 0.2), (0.2, 0.8))[number]
                yield Progress(phase="Enlarging", fraction=done + share * (event.fraction or 0.0))
            else:
                colour = event
    if colour.shape[:2] != (height, width):
        colour = shrunk(colour, width, height)
    if picture.shape[2] == 4:
        alpha = cv2.resize(picture[..., 3], (width, height), interpolation=cv2.INTER_LINEAR)
        colour = np.ascontiguousarray(np.dstack((colour, alpha)), np.uint8)
    yield Result(index=0, picture=colour)


def resampled(picture: Bytes, width: int, height: int) -> Bytes:
    """By Lanczos with a light unsharp mask, which brings back the contrast of edges."""
    large = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_LANCZOS4), np.uint8)
    soft = cv2.GaussianBlur(large, (0, 0), 1.0)
    return np.asarray(cv2.addWeighted(large, 1 + _SHARPEN, soft, -_SHARPEN, 0), np.uint8)


def _doubled(picture: Bytes, models: Models) -> Iterator[Progress | Bytes]:
    """Progress, and at last the picture at twice its size, tile by tile: a tile's margin hides its seam."""
    height, width = picture.shape[:2]
    result = np.empty((2 * height, 2 * width, 3), np.uint8)
    starts = [(top, left) for top in range(0, height, TILE) for left in range(0, width, TILE)]
    for done, (top, left) in enumerate(starts):
        yield Progress(phase="Enlarging", fraction=done / len(starts))
        bottom, right = min(height, top + TILE), min(width, left + TILE)
        large = models.doubled(_with_margin(picture, top, left, bottom, right))
        result[2 * top : 2 * bottom, 2 * left : 2 * right] = np.rint(large * 255).clip(0, 255).astype(np.uint8)
    yield result


def _with_margin(picture: Bytes, top: int, left: int, bottom: int, right: int) -> Floats:
    """The tile with 7 pixels more on each side; beyond the picture its rim is repeated."""
    height, width = picture.shape[:2]
    rows = np.clip(np.arange(top - MARGIN, bottom + MARGIN), 0, height - 1)
    columns = np.clip(np.arange(left - MARGIN, right + MARGIN), 0, width - 1)
    return np.asarray(picture[np.ix_(rows, columns)], np.float32) / np.float32(255)
