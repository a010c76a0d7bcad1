"""Colour profiles, held against littleCMS and against the formulas that the profiles stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import ImageCms

from studio.imaging.arrays import view
from studio.imaging.colour import colour_to_srgb, converted, is_srgb
from tests.core.imaging.pictures import bgra, noise
from tests.fakes.profiles import (
    ADOBE,
    P3,
    SRGB,
    adobe_rgb,
    display_p3,
    linear_srgb,
    only_to_be_read,
    small_srgb,
    through,
)

if TYPE_CHECKING:
    from studio.imaging.arrays import Bytes
    from tests.fakes.profiles import Primaries


def built_in() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def by_formula(rgb: Bytes, primaries: Primaries, gamma: float | None) -> Bytes:
    """What colours of these primaries are in sRGB: with a gamma, or the curve of sRGB itself."""
    x = rgb / 255.0
    curved = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4) if gamma is None else x**gamma
    linear = np.clip(curved @ np.array(primaries) @ np.linalg.inv(np.array(SRGB)), 0, 1)
    shown = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(shown * 255).astype(np.uint8)


def muted(seed: int = 3) -> Bytes:
    """Straight BGRA of colours that all of these spaces can hold, dark ones left out: none is clipped on its way."""
    array = noise(60, 40, seed=seed)
    array[..., :3] = 100 + array[..., :3] // 4
    return array


@pytest.mark.parametrize(
    ("icc", "primaries", "gamma"),
    [(adobe_rgb(), ADOBE, 2.19921875), (display_p3(), P3, None), (linear_srgb(), SRGB, 1.0)],
    ids=["Adobe RGB", "P3", "linear sRGB"],
)
def test_colours_become_what_their_profile_says(icc: bytes, primaries: Primaries, gamma: float | None) -> None:
    before = noise(60, 40)
    after = view(colour_to_srgb(bgra(before), icc))
    expected = by_formula(before[..., 2::-1], primaries, gamma)
    assert np.abs(after[..., 2::-1].astype(int) - expected).max() <= 1
    assert np.array_equal(after[..., 3], before[..., 3])


@pytest.mark.parametrize("icc", [adobe_rgb(), display_p3()], ids=["Adobe RGB", "P3"])
def test_colours_are_brought_into_a_profile_as_another_reader_does(icc: bytes) -> None:
    before = muted()
    after = view(converted(bgra(before), None, icc))
    theirs = through(np.ascontiguousarray(before[..., 2::-1]), None, icc)
    assert np.abs(after[..., 2::-1].astype(int) - theirs).max() <= 1
    back = view(colour_to_srgb(converted(bgra(before), None, icc), icc))
    assert np.abs(back.astype(int) - before).max() <= 2
    assert np.array_equal(after[..., 3], before[..., 3])


def test_from_one_profile_to_another() -> None:
    before = muted()
    straight = view(converted(bgra(before), adobe_rgb(), display_p3()))
    around = view(converted(colour_to_srgb(bgra(before), adobe_rgb()), None, display_p3()))
    assert np.abs(straight.astype(int) - around).max() <= 2


def test_srgb_is_told_by_its_colours_and_not_by_its_name() -> None:
    for icc in (None, b"junk", built_in(), small_srgb()):
        assert is_srgb(icc)
    for icc in (linear_srgb(), adobe_rgb(), display_p3(), only_to_be_read()):
        assert not is_srgb(icc)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (None, None),
        (None, b"junk"),
        (None, built_in()),
        (built_in(), small_srgb()),
        (adobe_rgb(), adobe_rgb()),
        (None, only_to_be_read()),
    ],
    ids=["none", "junk", "sRGB", "two of sRGB", "the same", "no way"],
)
def test_what_means_the_same_or_leads_nowhere_changes_no_bit(source: bytes | None, target: bytes | None) -> None:
    pixels = bgra(noise(20, 10))
    assert converted(pixels, source, target) is pixels
