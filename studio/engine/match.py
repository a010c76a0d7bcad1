"""For each place of a filled hole, the most similar place of the rest: PatchMatch (Barnes et al., 2009), vectorised.

All places take part in each step at once, so a match spreads by jumps of 8, 4, 2 and 1 instead of by scan order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

from studio.engine.arrays import eroded

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes, Flags, Floats, Integers

_REACH = 3
_POINTS = 40_000
_JUMPS = (8, 4, 2, 1, 1)
_SPREADS = (0.5, 0.1, 0.02)
_SAMPLES = (
    (0, 0), (-1, -1), (-1, 1), (1, -1), (1, 1), (-3, 0), (3, 0), (0, -3), (0, 3), (-2, -2), (-2, 2), (2, -2), (2, 2),
)  # fmt: skip
_LOTS = (slice(0, 4), slice(4, 13))


@dataclass(slots=True, kw_only=True)
class _Search:
    """Places on a coarse grid over the hole, their best sources so far and how unlike these are.

    `flat`: each pixel's four bytes as one number, so that a patch is looked up in one go. `targets`: what is wanted at
    each place's samples, (places, samples). Costs are whole numbers, small enough for float32.
    """

    flat: npt.NDArray[np.uint32]
    width: int
    offsets: npt.NDArray[np.int64]
    allowed: Flags
    rows: Integers
    columns: Integers
    targets: npt.NDArray[np.uint32]
    best_rows: Integers
    best_columns: Integers
    cost: Floats

    def offer(self, rows: Integers, columns: Integers) -> None:
        """Take these sources wherever they are allowed and more alike."""
        height, width = self.allowed.shape
        fresh = (rows != self.best_rows) | (columns != self.best_columns) | np.isinf(self.cost)
        fresh &= (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        chosen = np.flatnonzero(fresh)
        chosen = chosen[self.allowed[rows[chosen], columns[chosen]]]
        won, cost = self.better(chosen, rows[chosen].astype(np.int64) * self.width + columns[chosen])
        self.cost[won] = cost
        self.best_rows[won] = rows[won]
        self.best_columns[won] = columns[won]

    def better(
        self, which: npt.NDArray[np.int64], sources: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """Those places whose patch is more like its source than like the best so far, and how unlike it is.

        Sample by sample: most sources are out of the running after a few.
        """
        cost, least = np.zeros(len(which), np.float32), self.cost[which]
        for samples in _LOTS:
            cost += self.unlike(which, sources, samples)
            alive = np.flatnonzero(cost < least)
            which, sources, cost, least = which[alive], sources[alive], cost[alive], least[alive]
        return which, cost

    def unlike(self, which: npt.NDArray[np.int64], sources: npt.NDArray[np.int64], samples: slice) -> Floats:
        """Squared difference of some samples of the patches."""
        seen = self.flat[sources[:, np.newaxis] + self.offsets[samples]]
        difference = seen.view(np.uint8).astype(np.float32)
        difference -= self.targets[which, samples].view(np.uint8)
        return np.einsum("ij,ij->i", difference, difference)


def matched(picture: Bytes, hole: Flags, source: Flags, seed: int) -> Integers | None:
    """Shifts (height, width, 2: down, across) from each pixel of the hole to its match; 0 outside of the hole.

    picture (height, width, 3) is filled already; matches lie where `source` is set, with their whole patch. None
    where there is no such place.
    """
    allowed = _allowed(source, _REACH)
    if not allowed.any() or not hole.any():
        return None
    step = max(1, round(float(np.sqrt(int(hole.sum()) / _POINTS))))
    grid = _grid(hole, step)
    chance = np.random.default_rng(seed)
    search = _start(picture, allowed, grid, step, 1)
    places = np.argwhere(allowed)
    first = places[chance.integers(0, len(places), len(search.rows))].astype(np.int32)
    search.offer(first[:, 0], first[:, 1])
    _run(search, grid, step, (_JUMPS, [spread * max(allowed.shape) for spread in _SPREADS]), chance)
    return _spread(search, grid, step, hole.shape)


def aligned(smooth: Bytes, hole: Flags, source: Flags, coarse: Integers, seed: int) -> Integers:
    """Shifts that were found at a smaller size (h, w, 2), made exact to a pixel of the larger size (height, width).

    `smooth` (height, width, 3) is the smaller picture enlarged; patches are as wide in it as they were there.
    """
    height, width = hole.shape
    ratio = height / coarse.shape[0], width / coarse.shape[1]
    spacing = max(1, round(max(ratio)))
    step = max(1, round(float(np.sqrt(int(hole.sum()) / _POINTS))))
    grid = _grid(hole, step)
    search = _start(smooth, _allowed(source, 1), grid, step, spacing)
    low_rows = np.minimum(search.rows * coarse.shape[0] // height, coarse.shape[0] - 1)
    low_columns = np.minimum(search.columns * coarse.shape[1] // width, coarse.shape[1] - 1)
    shift = coarse[low_rows, low_columns]
    search.best_rows = np.clip(search.rows + np.rint(shift[:, 0] * ratio[0]), 0, height - 1).astype(np.int32)
    search.best_columns = np.clip(search.columns + np.rint(shift[:, 1] * ratio[1]), 0, width - 1).astype(np.int32)
    search.offer(search.best_rows.copy(), search.best_columns.copy())
    _run(search, grid, step, ((1, 1, 1), [float(spacing), spacing / 2, 1.5]), np.random.default_rng(seed))
    return _spread(search, grid, step, hole.shape)


def _allowed(source: Flags, border: int) -> Flags:
    allowed = eroded(np.asarray(source, np.uint8), border) > 0
    allowed[:border], allowed[-border:], allowed[:, :border], allowed[:, -border:] = False, False, False, False
    return allowed


def _grid(hole: Flags, step: int) -> Flags:
    """Which cells of the coarse grid hold a pixel of the hole."""
    height, width = hole.shape
    tall, wide = -(-height // step), -(-width // step)
    padded = np.zeros((tall * step, wide * step), np.bool_)
    padded[:height, :width] = hole
    return np.asarray(padded.reshape(tall, step, wide, step).any(axis=(1, 3)))


def _start(picture: Bytes, allowed: Flags, grid: Flags, step: int, spacing: int) -> _Search:
    """A search in which no place has a source yet; patches are sampled `spacing` times as wide as at size 1."""
    height, width = allowed.shape
    border = _REACH * spacing
    four = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA), np.uint8)
    padded = np.pad(four, ((border, border), (border, border), (0, 0)), mode="edge")
    wide = width + 2 * border
    offsets = np.array([(y * spacing + border) * wide + x * spacing + border for y, x in _SAMPLES], np.int64)
    cells = np.argwhere(grid)
    rows = np.minimum(cells[:, 0] * step + step // 2, height - 1).astype(np.int32)
    columns = np.minimum(cells[:, 1] * step + step // 2, width - 1).astype(np.int32)
    flat = padded.view(np.uint32).reshape(-1)
    return _Search(
        flat=flat,
        width=wide,
        offsets=offsets,
        allowed=allowed,
        rows=rows,
        columns=columns,
        targets=flat[(rows.astype(np.int64) * wide + columns)[:, np.newaxis] + offsets],
        best_rows=rows.copy(),
        best_columns=columns.copy(),
        cost=np.full(len(rows), np.inf, np.float32),
    )


def _run(
    search: _Search,
    grid: Flags,
    step: int,
    plan: tuple[tuple[int, ...], list[float]],
    chance: np.random.Generator,
) -> None:
    """Rounds of asking neighbours, at the distances of the plan, and of looking about, within its radii in pixels."""
    # With room all round, so that no neighbour is looked for outside.
    room = max(plan[0])
    number = np.pad(np.full(grid.shape, -1, np.int64), room, constant_values=-1)
    cells = np.flatnonzero(np.pad(grid, room))
    number.reshape(-1)[cells] = np.arange(len(cells))
    for jump in plan[0]:
        for down, across in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            neighbour = number.reshape(-1)[cells - jump * (down * number.shape[1] + across)]
            _propagate(search, neighbour, (down * jump * step, across * jump * step))
        for radius in plan[1]:
            away = np.rint(chance.uniform(-radius, radius, (2, len(search.rows)))).astype(np.int32)
            search.offer(search.best_rows + away[0], search.best_columns + away[1])


def _propagate(search: _Search, neighbour: npt.NDArray[np.int64], by: tuple[int, int]) -> None:
    """Offer each place the shift that its neighbour found; it is so far away in pixels, -1 where there is none."""
    known = neighbour >= 0
    rows = np.where(known, search.best_rows[neighbour] + np.int32(by[0]), np.int32(-1))
    columns = np.where(known, search.best_columns[neighbour] + np.int32(by[1]), np.int32(-1))
    search.offer(rows, columns)


def _spread(search: _Search, grid: Flags, step: int, shape: tuple[int, ...]) -> Integers:
    """Each cell's shift for all of its pixels."""
    coarse = np.zeros((*grid.shape, 2), np.int32)
    coarse[grid] = np.stack((search.best_rows - search.rows, search.best_columns - search.columns), axis=1)
    if step == 1:
        return coarse
    size = (grid.shape[1] * step, grid.shape[0] * step)
    fine = cv2.resize(coarse, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(fine, np.int32)[: shape[0], : shape[1]]
