"""Guided filter: an alpha that follows the edges of the picture (He, Sun, Tang, 2013; the fast form of 2015)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from studio.engine.arrays import Bytes, Floats, box_mean, shrunk, stretched


def guided(guide: Bytes, alpha: Floats, *, radius: int, softness: float = 1e-4) -> Floats:
    """The alpha (0 to 1) as a local linear function of the guide's three channels, over windows of this radius.

    guide (height, width, 3) may be larger than alpha: the function is found at alpha's size and applied at the
    guide's. `softness` is epsilon of the paper: how weak an edge is smoothed away, in squared values of 0 to 1.
    """
    height, width = alpha.shape
    small = guide if guide.shape[:2] == alpha.shape else shrunk(guide, width, height)
    slopes, offset = _linear(_planes(small), alpha, radius, softness)
    size = guide.shape[1], guide.shape[0]
    result = stretched(box_mean(offset, radius), *size)
    # Channel by channel, so that a large picture never stands in memory three times as floats.
    for channel, slope in enumerate(slopes):
        result += stretched(box_mean(slope, radius), *size) * _plane(guide, channel)
    return np.asarray(result.clip(0, 1), dtype=np.float32)


class _Three(NamedTuple):
    """One value for each channel, each (height, width)."""

    red: Floats
    green: Floats
    blue: Floats


def _plane(picture: Bytes, channel: int) -> Floats:
    return np.asarray(picture[..., channel].astype(np.float32) / np.float32(255), np.float32)


def _planes(picture: Bytes) -> _Three:
    return _Three(*(_plane(picture, channel) for channel in range(3)))


def _linear(guide: _Three, alpha: Floats, radius: int, softness: float) -> tuple[_Three, Floats]:
    """Slopes and offset of each window: equations 19 and 20 of the paper."""
    means = _Three(*(box_mean(plane, radius) for plane in guide))
    mean = box_mean(alpha, radius)
    along = _Three(*(_together(plane, alpha, own, mean, radius) for plane, own in zip(guide, means, strict=True)))

    def spread(one: int, other: int) -> Floats:
        return _together(guide[one], guide[other], means[one], means[other], radius)

    steady = np.float32(softness)
    slopes = _solved(
        _Three(spread(0, 0) + steady, spread(1, 1) + steady, spread(2, 2) + steady),
        (spread(0, 1), spread(0, 2), spread(1, 2)),
        along,
    )
    offset = mean
    for slope, own in zip(slopes, means, strict=True):
        offset = offset - slope * own
    return slopes, np.asarray(offset, np.float32)


def _together(one: Floats, other: Floats, mean: Floats, other_mean: Floats, radius: int) -> Floats:
    """How two planes vary together in each window."""
    return np.asarray(box_mean(one * other, radius) - mean * other_mean, np.float32)


def _solved(diagonal: _Three, beside: tuple[Floats, Floats, Floats], right: _Three) -> _Three:
    """The solution of each pixel's symmetric, positive definite system by its factors L D L^T (Golub, Van Loan, 4.1).

    Whole planes at a time: a general solver goes pixel by pixel and takes five times as long and more.
    `beside`: the entries of red and green, red and blue, green and blue.
    """
    to_green, to_blue = beside[0] / diagonal.red, beside[1] / diagonal.red
    green = diagonal.green - to_green * beside[0]
    mixed = beside[2] - to_green * beside[1]
    onward = mixed / green
    blue = diagonal.blue - to_blue * beside[1] - onward * mixed
    second = right.green - to_green * right.red
    third = (right.blue - to_blue * right.red - onward * second) / blue
    second = second / green - onward * third
    first = right.red / diagonal.red - to_green * second - to_blue * third
    return _Three(*(np.asarray(plane, np.float32) for plane in (first, second, third)))
