"""Set something cut out into a picture: its edge freed, its colours drawn towards the place, a shadow under it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import Bytes, Floats, check, gaussian, opaque
from studio.engine.cutout import decontaminated


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendOptions:
    """`match`: how far the colours go (0 to 1). `shadow`: how dark the contact shadow is (0 to 1), 0 for none."""

    match: float = 0.4
    shadow: float = 0.0


def blend(picture: Bytes, thing: Bytes, left: int, top: int, options: BlendOptions | None = None) -> Bytes:
    """The picture with `thing` (height, width, 4: RGBA) laid on with its corner at (left, top), which may be outside.

    picture (height, width, 3 or 4) gives the size and channels of the answer; where the thing and its shadow do not
    reach every byte stays. Raises UsageError `nothing-there` where they do not meet.
    """
    wanted = options or BlendOptions()
    check(picture)
    check(thing)
    if thing.shape[2] != 4:
        raise ValueError("what is blended in needs an alpha channel")
    layer = np.zeros((*picture.shape[:2], 4), np.uint8)
    rows, from_rows = _met(top, thing.shape[0], picture.shape[0])
    columns, from_columns = _met(left, thing.shape[1], picture.shape[1])
    layer[rows, columns] = thing[from_rows, from_columns]
    alpha = np.asarray(layer[..., 3], np.float32) / np.float32(255)
    if not alpha.any():
        raise trouble("nothing-there")
    colour = _matched(decontaminated(opaque(layer), alpha), opaque(picture), alpha, wanted.match)
    ground = _shaded(opaque(picture), alpha, wanted.shadow)
    mixed = np.asarray(ground, np.float32) * (1 - alpha[..., np.newaxis]) + colour * alpha[..., np.newaxis]
    result = picture.copy()
    result[..., :3] = np.rint(mixed).clip(0, 255).astype(np.uint8)
    if picture.shape[2] == 4:
        result[..., 3] = np.maximum(picture[..., 3], layer[..., 3])
    return result


def _met(start: int, length: int, limit: int) -> tuple[slice, slice]:
    """Where an interval that begins at `start` lies within 0 to `limit`, there and in its own terms."""
    first, last = max(0, start), max(0, min(limit, start + length))
    return slice(first, max(first, last)), slice(first - start, max(first, last) - start)


def _matched(colour: Bytes, place: Bytes, alpha: Floats, amount: float) -> Bytes:
    """Mean and spread in CIE Lab drawn towards those of the place (Reinhard et al., 2001), lightness half as far."""
    if amount <= 0:
        return colour
    inside = alpha > 0.5
    if not inside.any():
        return colour
    own, aim = _lab(colour), _lab(place)
    around = cv2.dilate(np.asarray(inside, np.uint8), np.ones((61, 61), np.uint8)) > 0
    near = around & ~inside if (around & ~inside).any() else inside
    for channel, share in ((0, amount / 2), (1, amount), (2, amount)):
        mine, theirs = own[..., channel][inside], aim[..., channel][near]
        spread = min(1.5, max(0.67, float(theirs.std()) / max(float(mine.std()), 1.0)))
        moved = (own[..., channel] - mine.mean()) * (1 + share * (spread - 1)) + mine.mean()
        own[..., channel] = moved + share * (theirs.mean() - mine.mean())
    return np.asarray(cv2.cvtColor(np.rint(own).clip(0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB), np.uint8)


def _lab(picture: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.float32)


def _shaded(picture: Bytes, alpha: Floats, amount: float) -> Bytes:
    """Darker under the thing's lower edge, where it would stand."""
    if amount <= 0:
        return picture
    rows = np.flatnonzero((alpha > 0.5).any(axis=1))
    if rows.size == 0:
        return picture
    height = max(4, (int(rows[-1]) - int(rows[0])) // 12)
    foot = alpha.copy()
    foot[: max(0, int(rows[-1]) - height)] = 0
    shift = np.roll(foot, height // 3, axis=0)
    shift[: height // 3] = 0
    dark = gaussian(shift, max(1.0, height / 2)) * np.float32(amount)
    # What the blur leaves far away must not change a byte by rounding.
    dark[dark < 1 / 512] = 0
    return np.asarray(np.rint(picture * (1 - dark[..., np.newaxis])), np.uint8)
