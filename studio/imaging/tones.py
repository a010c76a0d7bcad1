"""The blend modes that take hue, saturation or luminosity of one picture and the rest of the other.

W3C Compositing and Blending Level 1, 10.2: QPainter has none of them, since they look at three channels at once.
Arrays are BGRA with straight alpha; inside, colours are of shape (3, pixels), 0 to 1.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.imaging.arrays import Bytes, Floats

_BLUE, _GREEN, _RED = np.float32(0.114), np.float32(0.587), np.float32(0.299)
"""How much of the light is blue, green and red; in full, as in Krita, where the specification rounds."""
PIECE = 4096
"""Pixels at a time: what they take in between stays in the processor's cache, which is four times as quick."""
_LEAST, _ALL = np.float32(1e-6), np.float32(1)


def toned(ground: Bytes, layer: Bytes, blend: str) -> Bytes:
    """A layer on a ground of its size. Where the layer's alpha is 0 the ground's bytes stay."""
    result = ground.copy()
    pixels, above = result.reshape(-1, 4), layer.reshape(-1, 4)
    for start in range(0, len(pixels), PIECE):
        piece = slice(start, start + PIECE)
        if above[piece, 3].any():
            pixels[piece] = _mixed(pixels[piece], above[piece], _MODES[blend])
    cv2.copyTo(ground, np.asarray(layer[..., 3] == 0, np.uint8), result)
    return result


def _mixed(ground: Bytes, layer: Bytes, mode: Callable[[Floats, Floats], Floats]) -> Bytes:
    """Pixels of shape (count, 4)."""
    below, above = (np.ascontiguousarray(each.T, np.float32) / np.float32(255) for each in (ground, layer))
    strength, under = above[3], below[3]
    alpha = strength + under * (1 - strength)
    colour = strength * under * mode(below[:3], above[:3])
    colour += strength * (1 - under) * above[:3]
    colour += (1 - strength) * under * below[:3]
    colour /= np.maximum(alpha, _LEAST)
    return np.rint(np.concatenate((colour, alpha[None])).T * 255).clip(0, 255).astype(np.uint8)


def _light(colours: Floats) -> Floats:
    blue, green, red = colours
    return blue * _BLUE + green * _GREEN + red * _RED


def _span(colours: Floats) -> Floats:
    return colours.max(axis=0) - colours.min(axis=0)


def _lit(colours: Floats, light: Floats) -> Floats:
    """With this luminosity; what leaves the range is drawn in towards gray."""
    moved = colours.copy()
    moved += light - _light(colours)
    low, high, gray = moved.min(axis=0), moved.max(axis=0), _light(moved)
    down: Floats = np.where(low < 0, gray / np.maximum(gray - low, _LEAST), _ALL)
    up: Floats = np.where(high > 1, (1 - gray) / np.maximum(high - gray, _LEAST), _ALL)
    moved -= gray
    moved *= down * up
    moved += gray
    return moved


def _saturated(colours: Floats, span: Floats) -> Floats:
    """With this saturation, the lowest channel at 0."""
    return (colours - colours.min(axis=0)) * (span / np.maximum(_span(colours), _LEAST))


_MODES: Mapping[str, Callable[[Floats, Floats], Floats]] = MappingProxyType(
    {
        "hue": lambda below, above: _lit(_saturated(above, _span(below)), _light(below)),
        "saturation": lambda below, above: _lit(_saturated(below, _span(above)), _light(below)),
        "color": lambda below, above: _lit(above, _light(below)),
        "luminosity": lambda below, above: _lit(below, _light(above)),
    }
)

TONES = frozenset(_MODES)
"""The modes by their OpenRaster names without `svg:`."""
