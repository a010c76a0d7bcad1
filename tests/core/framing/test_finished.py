"""Finished pictures as files: what stands in them beside the pixels."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from studio.domain.geometry import Margins, Rect, Size
from studio.domain.ids import BlobId
from studio.domain.pixels import PixelFormat
from studio.domain.request import Colours, Outcome, Placement
from studio.framing.finished import finished
from studio.framing.unfinished import Unfinished
from studio.imaging.arrays import pixels_of
from studio.imaging.kept import Kept
from studio.imaging.png import png
from tests.fakes.profiles import adobe_rgb

if TYPE_CHECKING:
    from pathlib import Path

SIZE = Size(width=48, height=32)
BOX = Rect(x=8, y=4, width=32, height=24)


def kept(folder: Path, data: bytes) -> Kept:
    name = hashlib.sha256(data).hexdigest()
    (folder / name).write_bytes(data)
    return Kept(blob=BlobId(name), path=str(folder / name))


def picture(folder: Path, size: Size, icc: bytes | None = None) -> Kept:
    values = np.random.default_rng(1).integers(0, 256, (size.height, size.width, 4), np.uint8)
    values[..., 3] = 255
    return kept(folder, png(pixels_of(values, PixelFormat.BGRA), icc=icc))


@pytest.mark.parametrize(("outcome", "mode", "icc"), [(Outcome.LAYER, "RGBA", adobe_rgb()), (Outcome.MASK, "L", None)])
def test_a_profile_for_colours_stands_where_there_are_colours(
    tmp_path: Path, outcome: Outcome, mode: str, icc: bytes | None
) -> None:
    inner = Size(width=BOX.width, height=BOX.height)
    work = Unfinished(
        source=picture(tmp_path, SIZE, adobe_rgb()),
        answer=picture(tmp_path, inner),
        paste=None,
        placement=Placement(document=SIZE, box=BOX, sent=inner, padding=Margins()),
        outcome=outcome,
        colours=Colours.SRGB,
    )
    data, size = finished(work)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.mode) == ((size.width, size.height), mode)
        assert image.info.get("icc_profile") == icc
