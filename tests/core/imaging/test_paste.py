"""Outside of the paste mask not one bit changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.imaging.arrays import view
from studio.imaging.paste import MOST_SHIFT, match_colour, paste
from tests.core.imaging.pictures import bgra, gray, noise


def spot(height: int = 200, width: int = 240) -> np.ndarray:
    array = np.zeros((height, width), np.uint8)
    array[60:120, 80:150] = 255
    array[59, 80:150] = 3
    return array


@settings(max_examples=20)
@given(st.integers(0, 1000), st.booleans())
def test_pasting_is_exact_at_both_ends_and_linear_between(seed: int, opaque: bool) -> None:
    base, answer = noise(40, 30, seed=seed, opaque=opaque), noise(40, 30, seed=seed + 1, opaque=opaque)
    mask = np.random.default_rng(seed).choice(np.array([0, 0, 60, 128, 255], np.uint8), (30, 40))
    before = base.copy()
    pixels = bgra(base)
    result = view(paste(pixels, bgra(answer), gray(mask)))
    assert np.array_equal(result[mask == 0], base[mask == 0])
    assert np.array_equal(result[mask == 255], answer[mask == 255])
    assert np.array_equal(view(pixels), before), "the base itself is left alone"
    if opaque:
        share = mask[..., None] / 255
        assert np.abs(result - (base * (1 - share) + answer * share)).max() <= 0.51


def test_sizes_must_agree() -> None:
    with pytest.raises(ValueError, match="differ"):
        paste(bgra(noise(4, 4)), bgra(noise(5, 4)), gray(np.zeros((4, 4), np.uint8)))


def smooth(shift: int = 0) -> np.ndarray:
    array = np.full((200, 240, 4), 255, np.uint8)
    array[..., :3] = np.linspace(60, 180, 240, dtype=np.uint8)[None, :, None]
    array[..., :3] += np.uint8(shift)
    return array


def test_a_colour_cast_is_taken_back() -> None:
    matched = view(match_colour(bgra(smooth(12)), bgra(smooth()), gray(spot())))
    assert np.abs(matched.astype(int) - smooth()).max() <= 1
    assert np.array_equal(matched[..., 3], smooth()[..., 3])


def test_colours_move_no_further_than_the_limit() -> None:
    matched = view(match_colour(bgra(smooth(70)), bgra(smooth()), gray(spot())))
    assert smooth(70)[0, 0, 0] - int(matched[0, 0, 0]) == pytest.approx(MOST_SHIFT, abs=1)


def test_a_million_pixels_are_matched_as_few_are() -> None:
    base, answer = (np.full((1000, 1000, 4), level, np.uint8) for level in (180, 188))
    matched = match_colour(bgra(answer), bgra(base), gray(spot(1000, 1000)))
    assert np.unique(view(matched)[..., :3]).tolist() == [180]


def test_an_answer_with_the_same_surroundings_is_left_alone() -> None:
    answer = smooth()
    answer[60:120, 80:150, :3] = 5
    pixels = bgra(answer)
    assert match_colour(pixels, bgra(smooth()), gray(spot())) is pixels


def test_too_little_to_go_by_is_nothing_to_go_by() -> None:
    pixels = bgra(smooth(12))
    assert match_colour(pixels, bgra(smooth()), gray(np.full((200, 240), 255, np.uint8))) is pixels
