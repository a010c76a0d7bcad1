"""Pictures keep their colours when they change size."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.geometry import Margins, Rect
from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import view
from studio.imaging.resample import crop, pad, resize
from studio.imaging.thumbnails import fitted, thumbnail
from tests.core.imaging.pictures import bgra, gray, noise, size


def test_a_crop_may_reach_outside() -> None:
    array = noise(20, 10)
    cropped = view(crop(bgra(array), Rect(x=-5, y=5, width=10, height=10)))
    assert np.array_equal(cropped[:5, 5:], array[5:, :5])
    assert not cropped[5:].any()
    assert not cropped[:, :5].any()
    whole = bgra(array)
    assert crop(whole, Rect(x=0, y=0, width=20, height=10)) is whole


def test_padding_repeats_mirrors_or_is_empty() -> None:
    array = noise(20, 10, opaque=True)
    margins = Margins(left=3, right=1, top=2)
    edge, mirrored, empty = (view(pad(bgra(array), margins, fill)) for fill in ("edge", "reflect", "zero"))
    assert edge.shape == (12, 24, 4)
    assert np.array_equal(edge[2:, 0], array[:, 0])
    assert np.array_equal(mirrored[2:, 0], array[:, 2])
    assert not empty[:2].any()
    assert np.array_equal(empty[2:, 3:23], array)


@pytest.mark.parametrize("to", [(10, 7), (300, 200), (100, 7)])
def test_a_flat_colour_stays_what_it_is(to: tuple[int, int]) -> None:
    array = np.full((40, 60, 4), (10, 120, 250, 255), np.uint8)
    resized = resize(bgra(array), size(*to))
    assert resized.size == size(*to)
    assert (view(resized) == array[0, 0]).all()


def test_colours_of_transparent_pixels_do_not_bleed() -> None:
    array = np.full((40, 60, 4), (0, 0, 255, 255), np.uint8)
    array[:, 31:] = (0, 255, 0, 0)
    for to in (size(20, 13), size(150, 90)):
        resized = view(resize(bgra(array), to))
        shown = resized[..., 3] > 8
        assert (resized[shown][:, 1] <= 2).all()
        assert (resized[shown][:, 2] >= 253).all()


def test_a_reduced_mask_keeps_its_share() -> None:
    mask = np.zeros((200, 300), np.uint8)
    mask[50:150, 100:200] = 255
    reduced = view(resize(gray(mask), size(60, 40)))
    assert reduced.mean() == pytest.approx(mask.mean(), rel=0.01)
    with pytest.raises(ValueError, match="cannot become"):
        resize(gray(mask), size(0, 5))


def test_a_thumbnail_fits_and_is_ready_to_be_painted() -> None:
    opaque, clear = thumbnail(bgra(noise(400, 200, opaque=True)), 128), thumbnail(bgra(noise(200, 400)), 128)
    assert (opaque.size, opaque.format) == (size(128, 64), PixelFormat.BGRX)
    assert (clear.size, clear.format) == (size(64, 128), PixelFormat.BGRA_PREMULTIPLIED)
    assert (view(clear)[..., :3] <= view(clear)[..., 3:]).all()
    assert not view(clear)[:, :15].any()


def test_nothing_is_made_larger_or_vanishes() -> None:
    assert fitted(size(20, 10), 128) == size(20, 10)
    assert fitted(size(5000, 3), 100) == size(100, 1)
    assert thumbnail(bgra(np.zeros((0, 0, 4), np.uint8)), 10).size.is_empty
