"""The guided filter, held to the equations of its paper solved window by window."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engine.guided import guided

RADIUS = 2
SOFTNESS = 1e-4
NOISE = np.random.default_rng(3).integers(0, 256, (24, 31, 3)).astype(np.uint8)
GRAY = np.repeat(NOISE[..., :1], 3, axis=2)
FLAT = np.full((24, 31, 3), 120, np.uint8)
ALPHA = np.random.default_rng(4).random((24, 31)).astype(np.float32)


def _by_windows(guide: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]):
    """Equations 19 to 21, in double precision and with a solver that knows nothing of the matrix."""
    height, width = ALPHA.shape
    values = np.pad(guide / 255.0, ((RADIUS, RADIUS), (RADIUS, RADIUS), (0, 0)), "symmetric")
    wanted = np.pad(ALPHA.astype(np.float64), RADIUS, "symmetric")
    slopes, offsets = np.empty((height, width, 3)), np.empty((height, width))
    side = 2 * RADIUS + 1
    for y in range(height):
        for x in range(width):
            window = values[y : y + side, x : x + side].reshape(-1, 3)
            target = wanted[y : y + side, x : x + side].ravel()
            matrix = np.cov(window.T, bias=True) + SOFTNESS * np.eye(3)
            along = (window * target[:, None]).mean(axis=0) - window.mean(axis=0) * target.mean()
            slopes[y, x] = np.linalg.solve(matrix, along)
            offsets[y, x] = target.mean() - slopes[y, x] @ window.mean(axis=0)
    mean_slopes, mean_offsets = _mean(slopes), _mean(offsets[..., None])[..., 0]
    return ((mean_slopes * (guide / 255.0)).sum(axis=2) + mean_offsets).clip(0, 1)


def _mean(planes: np.ndarray[tuple[int, ...], np.dtype[np.float64]]):
    padded = np.pad(planes, ((RADIUS, RADIUS), (RADIUS, RADIUS), (0, 0)), "symmetric")
    side = 2 * RADIUS + 1
    return np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(0, 1)).mean(axis=(-2, -1))


@pytest.mark.parametrize("guide", [NOISE, GRAY, FLAT], ids=["noise", "gray", "flat"])
def test_it_is_the_linear_function_of_the_paper(guide: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> None:
    found = guided(guide, ALPHA, radius=RADIUS, softness=SOFTNESS)
    assert found == pytest.approx(_by_windows(guide), abs=2e-5)


def test_a_larger_guide_gives_an_alpha_of_its_size() -> None:
    large = np.repeat(np.repeat(NOISE, 2, axis=0), 2, axis=1)
    assert guided(large, ALPHA, radius=RADIUS).shape == (48, 62)
