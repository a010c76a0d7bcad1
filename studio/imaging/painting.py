"""What the toolkit does to pixels: blending by QPainter, and alpha multiplied in. Arrays are BGRA, straight alpha.

QtGui's QImage and QPainter need neither an application object nor a display.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.imaging.arrays import Bytes

_Mode = QPainter.CompositionMode

MODES: Mapping[str, QPainter.CompositionMode] = MappingProxyType(
    {
        "normal": _Mode.CompositionMode_SourceOver,
        "multiply": _Mode.CompositionMode_Multiply,
        "screen": _Mode.CompositionMode_Screen,
        "overlay": _Mode.CompositionMode_Overlay,
        "darken": _Mode.CompositionMode_Darken,
        "lighten": _Mode.CompositionMode_Lighten,
        "color-dodge": _Mode.CompositionMode_ColorDodge,
        "color-burn": _Mode.CompositionMode_ColorBurn,
        "hard-light": _Mode.CompositionMode_HardLight,
        "soft-light": _Mode.CompositionMode_SoftLight,
        "difference": _Mode.CompositionMode_Difference,
        "plus": _Mode.CompositionMode_Plus,
        "dst-in": _Mode.CompositionMode_DestinationIn,
        "dst-out": _Mode.CompositionMode_DestinationOut,
        "src-atop": _Mode.CompositionMode_SourceAtop,
        "dst-atop": _Mode.CompositionMode_DestinationAtop,
    }
)
"""How each of `compose.BLENDS` is painted, but for those of `tones`."""

_SPECK = np.zeros((1, 1, 4), np.uint8)


def painted(ground: Bytes, layers: Iterable[tuple[Bytes, str]]) -> Bytes:
    """Layers of the ground's size, lowest first, painted on it with 16 bits a channel, each by its blend mode."""
    canvas = _image(ground, QImage.Format.Format_ARGB32).convertToFormat(QImage.Format.Format_RGBA64_Premultiplied)
    painter = QPainter(canvas)
    for array, blend in layers:
        painter.setCompositionMode(MODES[blend])
        painter.drawImage(0, 0, _image(array, QImage.Format.Format_ARGB32))
    painter.end()
    return _bytes_of(canvas.convertToFormat(QImage.Format.Format_ARGB32))


def premultiplied(array: Bytes) -> Bytes:
    """The same with alpha multiplied in."""
    image = _image(array, QImage.Format.Format_ARGB32)
    return _bytes_of(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))


def _image(array: Bytes, image_format: QImage.Format) -> QImage:
    """An image around an array's memory, which the caller keeps alive as long as the image."""
    whole = np.ascontiguousarray(array)
    height, width = whole.shape[:2]
    image = QImage(whole.reshape(-1).data.toreadonly(), width, height, width * 4, image_format)
    return image if whole is array else image.copy()


def _bytes_of(image: QImage) -> Bytes:
    """A copy of an image's bytes that may be written to; its rows have no gaps at four bytes a pixel."""
    array = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return array[:, : image.width()].copy()


# PySide makes the classes of the toolkit that a call may be about when it is first called, and keeps no lock while it
# does. These are called in pools, beside a window that may be making other classes: so all are made here.
painted(_SPECK, ((_SPECK, "normal"),))
premultiplied(_SPECK)
