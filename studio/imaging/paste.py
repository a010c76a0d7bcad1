"""A model's answer put back into the picture: under a feathered mask, and outside of it not one bit changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import Bytes, as_bytes, pixels_of, view

if TYPE_CHECKING:
    import numpy.typing as npt

    from studio.domain.pixels import Pixels

    Doubles = npt.NDArray[np.float64]

MOST_GAIN = 1.25
"""The contrast of an answer is changed by no more than this factor."""
MOST_SHIFT = 24.0
"""Nor its brightness in any channel by more levels than this."""
LEAST_SAMPLE = 64
"""Fewer unmasked pixels than this say nothing about colour."""
SAME = 0.75
"""Surroundings that differ by less than this many levels on average came back as they were sent."""


def paste(base: Pixels, answer: Pixels, paste_mask: Pixels) -> Pixels:
    """The answer over the base, mixed in proportion to the mask (all of one size; BGRA, straight alpha).

    Where the mask is 0 every byte is the base's, where it is 255 the answer's. Raises ValueError on other sizes.
    """
    if not base.size == answer.size == paste_mask.size:
        raise ValueError(f"base {base.size}, answer {answer.size} and mask {paste_mask.size} differ")
    result = view(base).copy()
    strength = view(paste_mask)
    x, y, width, height = cv2.boundingRect(strength)
    if width == 0:
        return pixels_of(result, base.format)
    window = (slice(y, y + height), slice(x, x + width))
    result[window] = mixed(result[window], view(answer)[window], strength[window])
    return pixels_of(result, base.format)


def mixed(base: Bytes, answer: Bytes, strength: Bytes) -> Bytes:
    """Two arrays mixed by a gray one, exact at 0 and at 255; a straight alpha on either side weighs the colours."""
    mix = base.copy()
    cv2.copyTo(answer, np.asarray(strength == 255, np.uint8), mix)
    # Most of a mask is all or nothing: only its rim is worked out.
    soft = (strength > 0) & (strength < 255)
    if soft.any():
        mix[soft] = _weighed(base[soft], answer[soft], strength[soft])
    return mix


def _weighed(base: Bytes, answer: Bytes, strength: Bytes) -> Bytes:
    """Pixels, of shape (count, 4), and their strengths."""
    share = strength.astype(np.float32)[:, None] / np.float32(255)
    below = base[:, 3:].astype(np.float32) * (1 - share)
    above = answer[:, 3:].astype(np.float32) * share
    alpha = below + above
    colours = base[:, :3] * below + answer[:, :3] * above
    colours /= np.maximum(alpha, np.float32(1e-3))
    return as_bytes(np.rint(np.concatenate((colours, alpha), axis=1)).clip(0, 255).astype(np.uint8))


def clearing(answer: Pixels, strength: Pixels, opacity: float = 1.0) -> Pixels | None:
    """What must be taken away (BGRA, black) below an answer for it to look, painted over the rest as others do, as it
    does mixed in; None where nothing."""
    share = view(strength).astype(np.float32) * np.float32(opacity / 255)
    over = 1 - share * view(answer)[..., 3] / np.float32(255)
    # Of what is below, `1 - share` shall stay, and painting over leaves `over` of it.
    gone = 1 - np.divide(1 - share, over, out=np.ones_like(over), where=over > 0)
    result = np.zeros((*gone.shape, 4), np.uint8)
    result[..., 3] = np.rint(gone * 255)
    return pixels_of(result, PixelFormat.BGRA) if result.any() else None


def unmixed(shown: Pixels, strength: Pixels) -> tuple[Pixels, Pixels]:
    """The answer and the mask (gray) to mix it in by, from what it shows on nothing and from how much of what is below
    it takes the place of (the alpha of `strength`)."""
    mask = view(strength)[..., 3]
    answer = view(shown).copy()
    answer[..., 3] = np.rint(np.minimum(answer[..., 3] * 255.0 / np.maximum(mask, 1), 255))
    return pixels_of(answer, PixelFormat.BGRA), pixels_of(mask, PixelFormat.GRAY)


def match_colour(answer: Pixels, base: Pixels, mask: Pixels) -> Pixels:
    """The answer with its colours moved so that its unmasked surroundings look like the base's (all of one size).

    Mean and deviation of each channel (after Reinhard et al., "Color Transfer between Images", 2001, in the
    picture's own colour space), within limits. The same answer where its surroundings came back as they were sent,
    or where too little is unmasked to tell.
    """
    clear = ((view(mask) == 0) & (view(base)[..., 3] > 0) & (view(answer)[..., 3] > 0)).astype(np.uint8)
    if cv2.countNonZero(clear) < LEAST_SAMPLE:
        return answer
    apart = cv2.mean(cv2.absdiff(view(answer), view(base)), mask=clear)
    if sum(apart[:3]) / 3 < SAME:
        return answer
    table = _table(_looks(answer, clear), _looks(base, clear))
    matched = view(answer).copy()
    matched[..., :3] = as_bytes(cv2.LUT(matched[..., :3], table[None]))
    return pixels_of(matched, answer.format)


def _looks(pixels: Pixels, clear: Bytes) -> tuple[Doubles, Doubles]:
    """Mean and deviation of each colour. By OpenCV, which sums whole numbers: numpy's sums of millions of floats drift,
    by levels in a large picture."""
    mean, deviation = cv2.meanStdDev(view(pixels), mask=clear)
    return np.asarray(mean[:3, 0], np.float64), np.asarray(deviation[:3, 0], np.float64)


def _table(got: tuple[Doubles, Doubles], wanted: tuple[Doubles, Doubles]) -> Bytes:
    """For each level and channel the level to take instead, of shape (256, 3)."""
    gain = np.clip(wanted[1] / np.maximum(got[1], 1), 1 / MOST_GAIN, MOST_GAIN)
    shift = np.clip(wanted[0] - got[0], -MOST_SHIFT, MOST_SHIFT)
    levels = np.arange(256)[:, None]
    return np.rint((levels - got[0]) * gain + got[0] + shift).clip(0, 255).astype(np.uint8)
