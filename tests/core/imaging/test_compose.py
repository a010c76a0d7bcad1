"""Layers are composed exactly: what nothing covers keeps its bytes, what is covered is right within one level."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.geometry import Point, Rect
from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import view
from studio.imaging.compose import BLENDS, LayerPicture, composite, composite_tiles, flatten, for_screen
from studio.imaging.masks import rectangle
from studio.imaging.painting import MODES
from studio.imaging.paste import paste
from studio.imaging.tiles import empty, raster_of, read_all
from studio.imaging.tones import TONES
from tests.core.imaging.pictures import bgra, friends, gray, noise, size

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.imaging.tiles import Raster

Pixel: TypeAlias = list[float]
"""Blue, green, red, 0 to 1."""

SIZE = size(300, 280)
WHOLE = Rect.of_size(SIZE)


@cache
def raster(seed: int = 1, *, opaque: bool = False) -> Raster:
    return raster_of(bgra(noise(300, 280, seed=seed, opaque=opaque)))


def bytes_of(*layers: LayerPicture, box: Rect = WHOLE) -> np.ndarray:
    return view(flatten(layers, box))


MIX: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "normal": lambda s, d: s,
    "multiply": lambda s, d: s * d,
    "screen": lambda s, d: s + d - s * d,
    "darken": np.minimum,
    "lighten": np.maximum,
    "difference": lambda s, d: np.abs(s - d),
    "overlay": lambda s, d: np.where(d <= 0.5, 2 * s * d, 1 - 2 * (1 - s) * (1 - d)),
    "hard-light": lambda s, d: np.where(s <= 0.5, 2 * s * d, 1 - 2 * (1 - s) * (1 - d)),
    "hue": lambda s, d: each_pixel(lambda one, other: lit(saturated(one, sat(other)), lum(other)), s, d),
    "saturation": lambda s, d: each_pixel(lambda one, other: lit(saturated(other, sat(one)), lum(other)), s, d),
    "color": lambda s, d: each_pixel(lambda one, other: lit(one, lum(other)), s, d),
    "luminosity": lambda s, d: each_pixel(lambda one, other: lit(other, lum(one)), s, d),
}


def each_pixel(blend: Callable[[Pixel, Pixel], Pixel], above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Those that are not separable, pixel by pixel as the specification writes them (10.2)."""
    pairs = zip(above.reshape(-1, 3).tolist(), below.reshape(-1, 3).tolist(), strict=True)
    return np.array([blend(one, other) for one, other in pairs]).reshape(above.shape)


def lum(colour: Pixel) -> float:
    blue, green, red = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def sat(colour: Pixel) -> float:
    return max(colour) - min(colour)


def lit(colour: Pixel, light: float) -> Pixel:
    colour = [each + light - lum(colour) for each in colour]
    middle, low, high = lum(colour), min(colour), max(colour)
    if low < 0:
        colour = [middle + (each - middle) * middle / (middle - low) for each in colour]
    if high > 1:
        colour = [middle + (each - middle) * (1 - middle) / (high - middle) for each in colour]
    return colour


def saturated(colour: Pixel, wanted: float) -> Pixel:
    low, span = min(colour), sat(colour)
    return [(each - low) * wanted / span if span else 0.0 for each in colour]


EDGE = 64


@cache
def blended(mode: str) -> np.ndarray:
    """What the colours of both pictures are together; no alpha and no opacity counts here."""
    below, above = (noise(EDGE, EDGE, seed=seed)[..., :3] / 255 for seed in (1, 2))
    return MIX[mode](above, below)


def composed(below: np.ndarray, above: np.ndarray, opacity: float, mode: str) -> np.ndarray:
    """W3C Compositing and Blending Level 1, section 5, in floating point."""
    strength, ground = above[..., 3:] / 255 * opacity, below[..., 3:] / 255
    s, d = above[..., :3] / 255, below[..., :3] / 255
    alpha = strength + ground * (1 - strength)
    colour = strength * (1 - ground) * s + strength * ground * blended(mode) + (1 - strength) * ground * d
    return np.dstack((colour / np.maximum(alpha, 1e-9), alpha)) * 255


@pytest.mark.parametrize("opaque", [True, False])
@pytest.mark.parametrize("opacity", [1.0, 0.5])
@pytest.mark.parametrize("mode", MIX)
def test_each_mode_is_right_within_a_level(mode: str, opacity: float, opaque: bool) -> None:
    below, above = noise(EDGE, EDGE, seed=1, opaque=opaque), noise(EDGE, EDGE, seed=2)
    layers = (
        LayerPicture(raster=raster_of(bgra(below))),
        LayerPicture(raster=raster_of(bgra(above)), opacity=opacity, blend=mode),
    )
    right = composed(below.astype(float), above.astype(float), opacity, mode)
    shown = bytes_of(*layers, box=Rect(x=0, y=0, width=EDGE, height=EDGE))
    error = np.abs(shown - right)
    assert (error[..., :3] * right[..., 3:] / 255).max() <= 1.0
    assert error[..., 3].max() <= 1.0
    assert np.array_equal(shown[:, :16], below[:, :16]), "where nothing is painted bytes stay"


def test_every_mode_leaves_alone_what_it_does_not_cover() -> None:
    below, above, part = raster(1), raster(2), Rect(x=0, y=200, width=150, height=80)
    before = bytes_of(LayerPicture(raster=below), box=part)
    for mode in BLENDS - {"dst-in", "dst-atop"}:
        after = bytes_of(LayerPicture(raster=below), LayerPicture(raster=above, blend=mode), box=part)
        assert np.array_equal(after[:, :75], before[:, :75]), mode
        assert not np.array_equal(after[:, 75:], before[:, 75:]), mode


def test_one_picture_comes_out_bit_for_bit() -> None:
    array = noise(300, 280)
    assert np.array_equal(bytes_of(LayerPicture(raster=raster_of(bgra(array)))), array)


def test_a_photograph_under_an_empty_layer_comes_out_bit_for_bit() -> None:
    photo = friends()
    speck = np.zeros((photo.size.height, photo.size.width, 4), np.uint8)
    speck[100:110, 100:110] = 255
    layers = (LayerPicture(raster=raster_of(photo)), LayerPicture(raster=raster_of(bgra(speck))))
    shown = view(flatten(layers, Rect.of_size(photo.size)))
    same = (shown.view(np.uint32) == view(photo).view(np.uint32))[..., 0]
    assert same[speck[..., 3] == 0].all()
    assert (shown[100:110, 100:110] == 255).all()


def test_a_mask_hides_without_a_trace() -> None:
    below, above = noise(300, 280, seed=1, opaque=True), noise(300, 280, seed=2, opaque=True)
    mask = np.zeros((280, 300), np.uint8)
    mask[100:200, 100:200] = 255
    upper = LayerPicture(raster=raster_of(bgra(above)), mask=raster_of(gray(mask)))
    shown = bytes_of(LayerPicture(raster=raster_of(bgra(below))), upper)
    assert np.array_equal(shown[mask == 0], below[mask == 0])
    assert np.array_equal(shown[mask == 255], above[mask == 255])


def test_a_half_strong_mask_shows_half() -> None:
    white = np.full((280, 300, 4), 255, np.uint8)
    black = white.copy()
    black[..., :3] = 0
    half = LayerPicture(raster=raster_of(bgra(white)), mask=raster_of(gray(np.full((280, 300), 128, np.uint8))))
    shown = bytes_of(LayerPicture(raster=raster_of(bgra(black))), half)
    assert (shown[..., :3] == 128).all()
    assert (shown[..., 3] == 255).all()


def test_an_opaque_layer_on_top_is_copied() -> None:
    top = noise(300, 280, seed=3, opaque=True)
    layers = (LayerPicture(raster=raster(1)), LayerPicture(raster=raster(2)), LayerPicture(raster=raster_of(bgra(top))))
    assert np.array_equal(bytes_of(*layers), top)


def test_hidden_layers_and_those_of_no_opacity_do_nothing() -> None:
    array = noise(300, 280, seed=1)
    layers = (
        LayerPicture(raster=raster_of(bgra(array))),
        LayerPicture(raster=raster(2), visible=False),
        LayerPicture(raster=raster(3), opacity=0.0),
    )
    assert np.array_equal(bytes_of(*layers), array)
    assert not bytes_of(LayerPicture(raster=raster(1), visible=False)).any()


@settings(max_examples=10)
@given(st.integers(-400, 400), st.integers(-400, 400))
def test_an_offset_layer_lies_where_it_is_put(x: int, y: int) -> None:
    array = noise(300, 280, opaque=True)
    shown = bytes_of(LayerPicture(raster=raster_of(bgra(array)), offset=Point(x=x, y=y)))
    expected = view(read_all(raster_of(bgra(array), Point(x=x, y=y), SIZE)))
    assert np.array_equal(shown, expected)


def test_a_composite_of_one_layer_is_its_own_tiles() -> None:
    layer = raster(1, opaque=True)
    whole = composite((LayerPicture(raster=layer),), SIZE)
    assert all(whole.tiles[key] is tile for key, tile in layer.tiles.items())


@cache
def moved() -> tuple[LayerPicture, ...]:
    """One layer off the grid of tiles, and one that is blended with it."""
    return (
        LayerPicture(raster=raster(1, opaque=True), offset=Point(x=-7, y=20)),
        LayerPicture(raster=raster(2), opacity=0.7, blend="screen"),
    )


@cache
def moved_whole() -> np.ndarray:
    return bytes_of(*moved())


def test_a_composite_is_what_flattening_gives() -> None:
    assert np.array_equal(view(read_all(composite(moved(), SIZE))), moved_whole())
    assert composite_tiles((), SIZE, [(0, 0)]) == {(0, 0): None}


@settings(max_examples=15)
@given(st.integers(0, 290), st.integers(0, 270), st.integers(1, 300), st.integers(1, 280))
def test_a_pixel_does_not_depend_on_the_box_asked_for(x: int, y: int, width: int, height: int) -> None:
    box = Rect(x=x, y=y, width=width, height=height).intersected(WHOLE)
    assert np.array_equal(bytes_of(*moved(), box=box), moved_whole()[y : box.bottom, x : box.right])


def test_for_the_screen_alpha_is_multiplied_in() -> None:
    array = noise(50, 40)
    shown = for_screen(bgra(array))
    right = np.rint(array[..., :3].astype(float) * array[..., 3:] / 255)
    assert shown.format is PixelFormat.BGRA_PREMULTIPLIED
    assert np.abs(view(shown)[..., :3] - right).max() <= 1
    assert np.array_equal(view(shown)[..., 3], array[..., 3])


def test_for_the_screen_opaque_pixels_are_not_copied() -> None:
    pixels = bgra(noise(50, 40, opaque=True))
    shown = for_screen(pixels)
    assert shown.format is PixelFormat.BGRX
    assert shown.data is pixels.data
    assert for_screen(pixels, level=2).size == size(13, 10)


def test_every_blend_mode_can_be_painted() -> None:
    assert MODES.keys() | TONES == BLENDS
    assert not MODES.keys() & TONES


def replacing(below: Raster, upper: LayerPicture, box: Rect = WHOLE) -> np.ndarray:
    return bytes_of(LayerPicture(raster=below), upper, box=box)


def test_a_layer_that_replaces_is_pasted_and_not_painted_over() -> None:
    strength = noise(300, 280, seed=9)[..., 0]
    strength[:100], strength[100:150] = 255, 0
    below, above = bgra(noise(300, 280, seed=1)), bgra(noise(300, 280, seed=2))
    layer = LayerPicture(raster=raster_of(above), mask=raster_of(gray(strength)), replaces=True)
    right = view(paste(below, above, gray(strength)))
    assert np.array_equal(replacing(raster_of(below), layer), right)
    assert np.array_equal(right[:100], view(above)[:100])
    assert np.array_equal(right[100:150], view(below)[100:150])
    part = Rect(x=37, y=90, width=130, height=120)
    assert np.array_equal(replacing(raster_of(below), layer, part), right[90:210, 37:167])


def test_a_layer_that_replaces_clears_where_it_has_no_tile_itself() -> None:
    mask = rectangle(SIZE, Rect(x=20, y=30, width=40, height=50))
    clear = LayerPicture(raster=empty(SIZE), mask=mask, replaces=True)
    shown = replacing(raster(1, opaque=True), clear)
    assert not shown[30:80, 20:60].any()
    assert np.array_equal(shown[80:], bytes_of(LayerPicture(raster=raster(1, opaque=True)))[80:])
    assert np.array_equal(
        replacing(raster(1), replace(clear, opacity=0.0)), bytes_of(LayerPicture(raster=raster(1)))
    ), "a layer of no strength takes nothing away"
    half = replacing(raster(1, opaque=True), replace(clear, opacity=0.5))
    assert np.abs(half[30:80, 20:60, 3].astype(int) - 128).max() <= 1
    multiplied = replacing(raster(1), replace(clear, blend="multiply"))
    assert np.array_equal(multiplied, bytes_of(LayerPicture(raster=raster(1)))), "another mode is blended by it"


def test_layers_above_and_below_one_that_replaces_are_blended() -> None:
    below = (LayerPicture(raster=raster(1)), LayerPicture(raster=raster(2), blend="multiply"))
    mask = gray(noise(300, 280, seed=9)[..., 0])
    middle = LayerPicture(raster=raster(3), mask=raster_of(mask), replaces=True)
    upper = LayerPicture(raster=raster(4), blend="screen", opacity=0.4)
    pasted = paste(flatten(below, WHOLE), flatten((LayerPicture(raster=raster(3)),), WHOLE), mask)
    assert np.array_equal(bytes_of(*below, middle, upper), bytes_of(LayerPicture(raster=raster_of(pasted)), upper))
