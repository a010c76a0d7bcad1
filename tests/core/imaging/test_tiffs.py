"""TIFFs as Photoshop, scanners and renderers write them: read rightly, or told to be of a kind that is not read."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Literal

import numpy as np
import pytest
from PIL import Image

from studio.domain.problems import ImagingError
from studio.imaging.arrays import view
from studio.imaging.decode import decode, decode_small
from tests.core.imaging.tiff_files import Kind, tiff

HEIGHT, WIDTH = 37, 53
GRAY, INKS = Kind(photometric=1), Kind(photometric=5)
DEFLATED = Kind(deflate=True, predictor=2)
LAYOUTS = (
    Kind(),
    Kind(order=">"),
    Kind(apart=True),
    Kind(apart=True, order=">"),
    Kind(big=True),
    Kind(tile=16),
    DEFLATED,
    replace(DEFLATED, order=">", rows=HEIGHT),
    replace(DEFLATED, tile=16),
    replace(DEFLATED, apart=True),
)


def samples(
    channels: int, dtype: type[np.generic] = np.uint16, *, height: int = HEIGHT, width: int = WIDTH
) -> np.ndarray:
    made = np.random.default_rng(channels).integers(0, 65536, (height, width, channels))
    return (made // 257 if dtype == np.uint8 else made).astype(dtype)


def opened(data: bytes) -> np.ndarray:
    """Red, green, blue, alpha."""
    return view(decode(data, "picture.tif").pixels)[..., [2, 1, 0, 3]].astype(float)


def furthest(shown: np.ndarray, right: np.ndarray) -> float:
    """The largest difference; where the right one has 16 bits, in levels of 8."""
    wanted = right / 257 if right.dtype == np.uint16 else right.astype(float)
    return float(np.abs(shown - wanted).max())


@pytest.mark.parametrize("kind", LAYOUTS, ids=repr)
def test_sixteen_bits_of_colour_are_read_however_they_lie(kind: Kind) -> None:
    array = samples(3)
    shown = opened(tiff(array, kind))
    assert furthest(shown[..., :3], array) < 1
    assert (shown[..., 3] == 255).all()


@pytest.mark.parametrize("kind", LAYOUTS, ids=repr)
def test_more_channels_than_colours_are_read_however_they_lie(kind: Kind) -> None:
    array = samples(5)
    shown = opened(tiff(array, replace(kind, extra=(2, 0))))
    assert furthest(shown, array[..., :4]) < 1
    shown = opened(tiff(array, replace(kind, extra=(0, 0))))
    assert furthest(shown[..., :3], array[..., :3]) < 1
    assert (shown[..., 3] == 255).all(), "a channel that somebody kept is no alpha"


@pytest.mark.parametrize("kind", LAYOUTS, ids=repr)
def test_gray_with_alpha_in_sixteen_bits(kind: Kind) -> None:
    array = samples(2)
    shown = opened(tiff(array, replace(kind, photometric=1, extra=(2,))))
    assert furthest(shown, array[..., [0, 0, 0, 1]]) < 1


@pytest.mark.parametrize("kind", [GRAY, replace(GRAY, order=">"), replace(DEFLATED, photometric=1)], ids=repr)
def test_gray_whose_white_is_zero_is_no_negative(kind: Kind) -> None:
    array = samples(1)
    assert furthest(opened(tiff(array, kind))[..., :1], array) < 1
    assert furthest(opened(tiff(65535 - array, replace(kind, photometric=0)))[..., :1], array) < 1


def test_alpha_that_is_multiplied_in_is_taken_out() -> None:
    array = samples(2)
    array[..., 1] = np.maximum(array[..., 1], 0x4000)
    stored = array.copy()
    stored[..., 0] = np.rint(array[..., 0] * (array[..., 1] / 65535))
    assert furthest(opened(tiff(stored, replace(GRAY, extra=(1,)))), array[..., [0, 0, 0, 1]]) < 1


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("kind", [INKS, replace(INKS, apart=True), replace(DEFLATED, photometric=5)], ids=repr)
def test_inks_with_alpha(dtype: type[np.generic], kind: Kind) -> None:
    array = samples(5, dtype)
    shown = opened(tiff(array, replace(kind, extra=(2,))))
    inks = np.rint(array / (257 if dtype == np.uint16 else 1)).astype(np.uint8)
    plain = np.asarray(Image.frombytes("CMYK", (WIDTH, HEIGHT), inks[..., :4].tobytes()).convert("RGB"))
    assert furthest(shown[..., :3], plain) <= 1
    assert furthest(shown[..., 3], inks[..., 4]) == 0


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize(("dtype", "predictor"), [(np.float16, 1), (np.float32, 1), (np.float32, 3)])
def test_floating_point(channels: int, predictor: int, dtype: type[np.generic], order: Literal["<", ">"]) -> None:
    array = (samples(channels) / 65535).astype(dtype)
    kind = Kind(
        photometric=1 if channels == 1 else 2,
        extra=(2,) if channels == 4 else (),
        deflate=predictor == 3 or order == ">",
        predictor=predictor,
        order=order,
    )
    shown = opened(tiff(array, kind))
    assert furthest(shown[..., :channels], array.astype(np.float64) * 255) <= 0.51
    bright = array.copy()
    bright[:3] = 40
    shown = opened(tiff(bright, kind))
    assert furthest(shown[3:, :, :channels], array[3:].astype(np.float64) * 255) <= 0.51, "lights are cut, not scaled"
    assert (shown[:3] == 255).all()
    assert [decode(tiff(each, kind), "picture.tif").cut for each in (array, bright)] == [False, True]


def test_light_that_is_multiplied_with_its_alpha_is_measured_without_it() -> None:
    array = np.full((HEIGHT, WIDTH, 4), 0.25, np.float32)
    kind = Kind(extra=(1,))
    assert not decode(tiff(array, kind), "picture.tif").cut
    array[5, 5, 0] = 0.5
    assert decode(tiff(array, kind), "picture.tif").cut
    assert not decode(tiff(array, Kind(extra=(2,))), "picture.tif").cut


@pytest.mark.parametrize("channels", [1, 3])
def test_floating_point_that_goes_to_255_is_taken_so(channels: int) -> None:
    array = samples(channels, np.uint8)
    decoded = decode(tiff(array.astype(np.float32), replace(GRAY, photometric=1 if channels == 1 else 2)), "a.tif")
    assert np.array_equal(view(decoded.pixels)[..., 2::-1], np.broadcast_to(array, (HEIGHT, WIDTH, 3)))
    assert not decoded.cut


@pytest.mark.parametrize("kind", LAYOUTS, ids=repr)
def test_a_picture_knows_how_deep_its_file_is(kind: Kind) -> None:
    for channels, extra, dtype, bits in ((3, (), np.uint8, 8), (3, (), np.uint16, 16), (5, (2, 0), np.uint16, 16)):
        data = tiff(samples(channels, dtype), replace(kind, extra=extra))
        assert decode(data, "picture.tif").bits == bits, (channels, bits)
    if kind.predictor == 1:
        for channels, dtype, bits in ((1, np.float32, 32), (3, np.float32, 32), (3, np.float16, 16)):
            light = (samples(channels) / 65535).astype(dtype)
            found = decode(tiff(light, replace(kind, photometric=1 if channels == 1 else 2)), "picture.tif").bits
            assert found == bits, (channels, bits)


def test_such_a_picture_is_turned_and_keeps_its_profile() -> None:
    array = samples(2)
    data = tiff(array, replace(GRAY, extra=(2,)), {274: ("H", (6,))})
    decoded = decode(data, "picture.tif")
    assert (decoded.size.width, decoded.size.height, decoded.orientation) == (HEIGHT, WIDTH, 6)
    assert furthest(opened(data), np.rot90(array[..., [0, 0, 0, 1]], -1)) < 1
    small = decode_small(data, 16)
    assert max(small.size.width, small.size.height) == 16


@pytest.mark.parametrize(
    "data",
    [
        tiff(samples(3, np.int16), Kind()),
        tiff(samples(3), Kind(), {262: ("H", (8,))}),
        tiff(samples(3), Kind(photometric=5)),
        tiff(samples(20), Kind(extra=(0,) * 17)),
        tiff(samples(3).astype(np.float64), Kind()),
        tiff(samples(2), replace(GRAY, extra=(2,)), {259: ("H", (34712,))}),
        tiff(samples(3, np.uint8), Kind(), {259: ("H", (50001,))}),
    ],
    ids=["signed", "lab", "three inks", "twenty channels", "doubles", "jpeg 2000", "webp"],
)
def test_a_kind_that_is_not_read_is_not_called_damaged(data: bytes) -> None:
    with pytest.raises(ImagingError) as caught:
        decode(data, "picture.tif")
    assert caught.value.problem.code == "tiff-kind"
    assert "picture.tif" in caught.value.problem.what


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", [replace(GRAY, extra=(2,)), replace(DEFLATED, extra=(2,), photometric=1)], ids=repr)
def test_one_that_is_cut_short_is(kind: Kind) -> None:
    array = samples(2)
    whole = tiff(array, kind)
    for end in range(9, len(whole), len(whole) // 12):
        with pytest.raises(ImagingError) as caught:
            decode(whole[:end], "picture.tif")
        assert caught.value.problem.code == "image-truncated"
    elsewhere = tiff(array, kind, {256: ("L", (40_000,)), 257: ("L", (40_000,))})
    with pytest.raises(ImagingError) as caught:
        decode(elsewhere, "picture.tif")
    assert caught.value.problem.code == "image-too-large"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_flipped_bytes_open_or_say_so() -> None:
    """Each one of what is said about the picture, and some of its pixels."""
    whole, codes = tiff(samples(5, height=11, width=13), replace(DEFLATED, extra=(2, 0), rows=4)), set[str]()
    (said,) = struct.unpack_from("<L", whole, 4)
    for place in (*range(4, 8), *range(8, said, 11), *range(said, len(whole))):
        changed = whole[:place] + bytes((whole[place] ^ 0xFF,)) + whole[place + 1 :]
        try:
            decode(changed, "picture.tif", megapixels=4)
        except ImagingError as error:
            codes.add(error.problem.code)
    assert codes <= {"image-truncated", "image-too-large", "tiff-kind"}
