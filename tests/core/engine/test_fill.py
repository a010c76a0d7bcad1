"""Filling: what is outside of the mask stays byte for byte, whatever the shapes."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.geometry import Margins
from studio.domain.problems import StudioError
from studio.engine.events import Preview, Progress, Result
from studio.engine.extend import extend
from studio.engine.fill import FillOptions, Quality, fill

FAST = FillOptions(quality=Quality.FAST, preview=False)


def texture(height: int, width: int, channels: int = 3) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Stripes and noise, the same each time."""
    noise = np.random.default_rng(7).integers(0, 40, (height, width, channels))
    stripes = 100 + 60 * (np.arange(width) // 4 % 2)
    picture = (noise + stripes[np.newaxis, :, np.newaxis]).astype(np.uint8)
    if channels == 4:
        picture[..., 3] = 255
    return picture


def box(height: int, width: int, top: int, left: int, bottom: int, right: int):
    mask = np.zeros((height, width), np.uint8)
    mask[top:bottom, left:right] = 255
    return mask


def filled(picture, mask, options: FillOptions = FAST):
    results = [event for event in fill(picture, mask, options) if isinstance(event, Result)]
    return results[0].picture


CASES = {
    "middle": (texture(48, 64), box(48, 64, 16, 24, 32, 40)),
    "corner": (texture(48, 64), box(48, 64, 0, 0, 20, 20)),
    "one pixel": (texture(48, 64), box(48, 64, 20, 20, 21, 21)),
    "nearly everything": (texture(40, 40), box(40, 40, 1, 1, 40, 40)),
    "a row": (texture(1, 40), box(1, 40, 0, 10, 1, 20)),
    "a column": (texture(40, 1), box(40, 1, 10, 0, 20, 1)),
    "a thin strip": (texture(3, 300), box(3, 300, 0, 100, 3, 200)),
    "two far apart": (texture(64, 128), box(64, 128, 4, 4, 20, 20) | box(64, 128, 40, 100, 60, 124)),
    "two pixels": (texture(1, 2), box(1, 2, 0, 0, 1, 1)),
    "with alpha": (texture(48, 64, 4), box(48, 64, 16, 24, 32, 40)),
    "one colour": (np.full((40, 40, 3), 77, np.uint8), box(40, 40, 10, 10, 30, 30)),
}


@pytest.mark.parametrize("name", CASES)
def test_outside_of_the_mask_nothing_changes_and_inside_something_does(name: str) -> None:
    picture, mask = CASES[name]
    spoiled = picture.copy()
    spoiled[mask > 0, :3] = (255, 0, 255)
    kept = spoiled.copy()
    after = filled(spoiled, mask)
    assert after.shape == picture.shape
    assert np.array_equal(after[mask == 0], spoiled[mask == 0])
    assert not (after[mask > 0][:, :3] == (255, 0, 255)).all(axis=1).any()
    assert np.array_equal(spoiled, kept), "the input was written to"


def test_an_edge_goes_on_through_the_hole() -> None:
    picture = texture(48, 96) // 4
    picture[:, 48:] += 150
    mask = box(48, 96, 16, 38, 32, 58)
    spoiled = picture.copy()
    spoiled[mask > 0] = (255, 0, 255)
    after = filled(spoiled, mask, FillOptions(preview=False))
    assert after[16:32, 38:46].mean() < 80
    assert after[16:32, 50:58].mean() > 150


def test_a_soft_mask_blends() -> None:
    picture, mask = CASES["middle"]
    spoiled = picture.copy()
    spoiled[mask > 0] = 255
    half = np.where(mask > 0, 128, 0).astype(np.uint8)
    whole, mixed = filled(spoiled, mask), filled(spoiled, half)
    inside = mask > 0
    expected = spoiled[inside] * (1 - 128 / 255) + whole[inside] * (128 / 255)
    assert np.abs(mixed[inside] - expected).max() < 1.01


def test_equal_seeds_give_equal_bytes_and_others_do_not() -> None:
    picture, mask = CASES["middle"]
    spoiled = np.random.default_rng(3).integers(0, 255, picture.shape).astype(np.uint8)
    options = FillOptions(quality=Quality.FAST, count=3, seed=5)
    first, second = (list(fill(spoiled, mask, options)) for _ in range(2))
    one = [event for event in first if isinstance(event, Result)]
    two = [event for event in second if isinstance(event, Result)]
    assert [event.seed for event in one] == [5, 6, 7]
    assert [event.index for event in one] == [0, 1, 2]
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(one, two, strict=True))
    assert not np.array_equal(one[0].picture, one[1].picture)


def test_the_preview_comes_first_and_progress_grows() -> None:
    picture, mask = CASES["two far apart"]
    events = list(fill(picture, mask, FillOptions(quality=Quality.FAST, count=2)))
    assert isinstance(events[0], Progress)
    assert isinstance(events[1], Preview)
    assert events[1].picture.shape == picture.shape
    assert np.array_equal(events[1].picture[mask == 0], picture[mask == 0])
    shares = [event.fraction for event in events if isinstance(event, Progress)]
    assert shares == sorted(share for share in shares if share is not None)


def test_what_is_forbidden_is_not_copied() -> None:
    picture = np.full((48, 96, 3), 60, np.uint8)
    picture += np.random.default_rng(1).integers(0, 20, picture.shape).astype(np.uint8)
    picture[:, 56:] += 150
    mask = box(48, 96, 12, 44, 36, 68)
    forbidden = box(48, 96, 0, 56, 48, 96)
    free = filled(picture, mask)
    bound = filled(picture, mask, FillOptions(quality=Quality.FAST, preview=False, forbidden=forbidden))
    assert free[12:36, 60:68].mean() > 180
    assert bound[20:28, 44:54].mean() < 90
    assert np.array_equal(bound[mask == 0], picture[mask == 0])


def test_alpha_is_closed_from_its_rim() -> None:
    picture, mask = CASES["with alpha"]
    holed = picture.copy()
    holed[mask > 0, 3] = 0
    assert filled(holed, mask)[mask > 0, 3].min() == 255


@pytest.mark.parametrize(("value", "code"), [(0, "mask-empty"), (255, "mask-full")])
def test_an_empty_and_a_full_mask_are_refused(value: int, code: str) -> None:
    with pytest.raises(StudioError) as caught:
        list(fill(texture(8, 8), np.full((8, 8), value, np.uint8)))
    assert caught.value.problem.code == code


def test_one_pixel_that_is_all_hole_is_refused() -> None:
    with pytest.raises(StudioError):
        list(fill(texture(1, 1), np.full((1, 1), 255, np.uint8)))


def test_wrong_shapes_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="mask"):
        list(fill(texture(8, 8), np.zeros((4, 4), np.uint8)))
    with pytest.raises(ValueError, match="picture"):
        list(fill(np.zeros((8, 8), np.uint8), np.zeros((8, 8), np.uint8)))


@pytest.mark.parametrize("channels", [3, 4])
def test_an_extended_picture_keeps_the_old_one(channels: int) -> None:
    picture = texture(24, 32, channels)
    margins = Margins(left=5, top=0, right=9, bottom=3)
    results = [event for event in extend(picture, margins, FAST) if isinstance(event, Result)]
    assert results[0].picture.shape == (27, 46, channels)
    assert np.array_equal(results[0].picture[:24, 5:37], picture)
