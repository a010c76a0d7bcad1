"""Small documents of plain colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels

if TYPE_CHECKING:
    from studio.document.state import DocumentState


def plain(width: int, height: int, colour: tuple[int, int, int, int] = (10, 20, 30, 255)) -> Pixels:
    """Pixels of one colour (blue, green, red, alpha)."""
    return Pixels(
        size=Size(width=width, height=height),
        stride=width * 4,
        format=PixelFormat.BGRA,
        data=memoryview(bytes(colour) * (width * height)),
    )


@pytest.fixture
def document() -> DocumentState:
    """600 x 520, so three columns and rows of tiles, the last ones cut."""
    return new_document(plain(600, 520), "Photo")
