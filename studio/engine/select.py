"""Select a thing by clicks or by a box around it.

Nested square crops around the click go through the subject net; what lies under the click in each is a candidate.
The net names what stands out in a crop, so the crop's size decides how much of the thing is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, tee
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import Box, Bytes, Flags, Floats, check, opaque, stretched, within
from studio.engine.guided import guided
from studio.engine.nets import SUBJECT
from studio.engine.part import part_at
from studio.engine.refine import crop_box, refined, to_mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.engine.nets import Models

CROPS = (0.18, 0.32, 0.55, 1.0)
_PROXY_SIDE = 1600
_SMALL_CROP = 0.09
_UNSURE = 0.45
_HOPELESS = -0.3
_TINY = 0.002
_SAME = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A click in the picture's pixels; `add` is false for one that takes away."""

    x: float
    y: float
    add: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One meaning of the clicks: a mask of the picture's size (255 = selected, soft at the edge) and its score."""

    mask: Bytes
    score: float
    part: bool = False


@dataclass(slots=True, kw_only=True)
class Scene:
    """A picture that is being clicked at: its proxy of at most 1600 a side, and what the net said of the whole."""

    picture: Bytes
    proxy: Bytes
    whole: Floats | None = None
    seen: dict[tuple[int, int, int, int], Floats] = field(default_factory=dict[tuple[int, int, int, int], Floats])

    @staticmethod
    def of(picture: Bytes) -> Scene:
        """Made once for each state of the picture, RGB or RGBA, and kept by the caller between clicks."""
        check(picture)
        plain = opaque(picture)
        return Scene(picture=plain, proxy=within(plain, _PROXY_SIDE))

    @property
    def factor(self) -> float:
        """Proxy pixels for one pixel of the picture."""
        return self.proxy.shape[1] / self.picture.shape[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rough:
    alpha: Floats
    score: float
    part: bool = False


@dataclass(slots=True, kw_only=True)
class _Later:
    """A click after the first. What it may mean is worked out when a candidate looks at it, once for all of them:
    mostly the first of `found` is taken."""

    add: bool
    found: Iterator[Floats]

    def meanings(self) -> Iterator[Floats]:
        """From the best on, for each candidate anew."""
        self.found, mine = tee(self.found)
        return mine


def select(scene: Scene, clicks: Sequence[Click], models: Models, *, box: Box | None = None) -> Iterator[Candidate]:
    """Candidates, best first, each worked out when it is asked for. The first click adds; later ones add or take away.

    `box` (picture space) says that the thing lies within it; then clicks may be empty. Raises UsageError
    `nothing-there` where nothing was found, ValueError where there is neither an adding click nor a box.
    """
    adding = [click for click in clicks if click.add]
    if not adding and box is None:
        raise ValueError("a selection needs an adding click or a box")
    roughs = _by_box(scene, box, models) if box is not None else _by_click(scene, adding[0], models)
    later = [
        _Later(add=click.add, found=_meant(scene, click, models))
        for click in clicks
        if box is not None or click is not adding[0]
    ]
    nothing = True
    for rough in roughs:
        nothing = False
        alpha = _adjusted(scene, rough, later)
        if not (alpha > 0.5).any():
            continue
        yield Candidate(mask=full_mask(scene, alpha), score=rough.score, part=rough.part)
    if nothing:
        raise trouble("nothing-there")


def _by_click(scene: Scene, click: Click, models: Models) -> Iterator[_Rough]:
    point = click.x * scene.factor, click.y * scene.factor
    ranked = _ranked(scene, point, models) if models.has(SUBJECT) else []
    return _distinct(chain(ranked, _part(scene, point)))


def _part(scene: Scene, point: tuple[float, float]) -> Iterator[_Rough]:
    """The part of a thing there: worked out after what the net says was asked for."""
    yield _Rough(alpha=part_at(scene.proxy, point), score=0.0, part=True)


def _ranked(scene: Scene, point: tuple[float, float], models: Models) -> list[_Rough]:
    found = [rough for share in CROPS if (rough := _in_crop(scene, point, share, models)) is not None]
    if max((rough.score for rough in found), default=0.0) < _UNSURE:
        small = _in_crop(scene, point, _SMALL_CROP, models)
        found += [small] if small is not None else []
    found.sort(key=lambda rough: -rough.score)
    return [rough for rough in found if rough.score > _HOPELESS]


def _in_crop(scene: Scene, point: tuple[float, float], share: float, models: Models) -> _Rough | None:
    side = max(48, round(max(scene.proxy.shape[:2]) * share))
    box = crop_box(point, side, scene.proxy.shape)
    return _under(_seen(scene, box, models), point, box)


def _seen(scene: Scene, box: Box, models: Models) -> Floats:
    """The net's alpha over the proxy, 0 outside of the box; remembered in the scene."""
    key = (box.left, box.top, box.right, box.bottom)
    if key not in scene.seen:
        if len(scene.seen) > 24:
            scene.seen.clear()
        scene.seen[key] = models.subject(np.ascontiguousarray(scene.proxy[box.slices]))
    alpha = np.zeros(scene.proxy.shape[:2], np.float32)
    alpha[box.slices] = stretched(scene.seen[key], box.width, box.height)
    return alpha


def _under(alpha: Floats, point: tuple[float, float], box: Box) -> _Rough | None:
    """The connected piece of the alpha under the point, scored; None where there is none near it."""
    solid = np.asarray(alpha > 0.4, np.uint8)
    _, labels = cv2.connectedComponents(solid)
    label = _label_near(np.asarray(labels, np.int32), point, reach=max(3, box.long_side // 40))
    if label == 0:
        return None
    piece: Flags = np.asarray(labels == label)
    # The soft rim belongs to the piece that it touches.
    near = np.asarray(cv2.dilate(np.asarray(piece, np.uint8), np.ones((9, 9), np.uint8)), np.uint8) > 0
    own = np.asarray(np.where(near, alpha, 0), np.float32)
    return _Rough(alpha=own, score=_score(own, piece, box))


def _label_near(labels: np.ndarray[tuple[int, ...], np.dtype[np.int32]], point: tuple[float, float], reach: int) -> int:
    height, width = labels.shape
    x, y = min(max(0, int(point[0])), width - 1), min(max(0, int(point[1])), height - 1)
    if labels[y, x]:
        return int(labels[y, x])
    around = labels[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
    counts = np.bincount(around[around > 0].ravel(), minlength=1)
    return int(counts.argmax()) if counts.size > 1 else 0


def _score(alpha: Floats, piece: Flags, box: Box) -> float:
    """Mean alpha, less 2.5 x the share of the crop's border touched, 0.3 x the soft share, 0.5 where it is tiny.

    Sides where the crop ends at the picture's own border do not count: a thing may well be cut off there.
    """
    inside = piece[box.slices]
    height, width = alpha.shape
    sides = [
        (inside[0], box.top > 0),
        (inside[-1], box.bottom < height),
        (inside[:, 0], box.left > 0),
        (inside[:, -1], box.right < width),
    ]
    touched = sum(float(side.sum()) for side, counts in sides if counts) / (2 * (box.width + box.height))
    values = alpha[piece]
    soft = float(((values > 0.15) & (values < 0.85)).mean())
    tiny = 0.5 if piece.sum() < _TINY * box.width * box.height else 0.0
    return float(values.mean()) - 2.5 * touched - 0.3 * soft - tiny


def _distinct(roughs: Iterable[_Rough]) -> Iterator[_Rough]:
    """Without those that mean nearly the same as a better one."""
    kept: list[_Rough] = []
    for rough in roughs:
        if not rough.alpha.any():
            continue
        if all(overlap(rough.alpha, other.alpha) < _SAME for other in kept):
            kept.append(rough)
            yield rough


def overlap(one: Floats, other: Floats) -> float:
    """Area in both over area in either, at a threshold of one half."""
    a, b = one > 0.5, other > 0.5
    either = int((a | b).sum())
    return int((a & b).sum()) / either if either else 0.0


def _by_box(scene: Scene, box: Box, models: Models) -> Iterator[_Rough]:
    """The net on the box with a little room around it, and a plain GrabCut inside of the box."""
    inner = box.scaled(scene.factor, scene.proxy.shape)
    found: list[_Rough] = []
    if models.has(SUBJECT):
        for share in (0.12, 0.4):
            margin = max(4, round(inner.long_side * share))
            alpha = _seen(scene, inner.grown(margin, margin, scene.proxy.shape), models)
            found.append(_Rough(alpha=_clipped(alpha, inner), score=float(alpha[inner.slices].mean())))
    even = np.zeros(scene.proxy.shape[:2], np.float32)
    even[inner.slices] = 0.6
    found.append(_Rough(alpha=even, score=0.0, part=True))
    return _distinct(found)


def _clipped(alpha: Floats, box: Box) -> Floats:
    result = np.zeros_like(alpha)
    result[box.slices] = alpha[box.slices]
    return result


def _adjusted(scene: Scene, rough: _Rough, later: Sequence[_Later]) -> Floats:
    """The refined alpha of a candidate after the later clicks, in their order."""
    alpha = rough.alpha if rough.part and not _is_even(rough.alpha) else refined(scene.proxy, rough.alpha)
    for click in later:
        alpha = _added(alpha, click.meanings()) if click.add else _taken(alpha, click.meanings())
    return alpha


def _meant(scene: Scene, click: Click, models: Models) -> Iterator[Floats]:
    """All that a click may mean, best first."""
    for rough in _by_click(scene, click, models):
        yield rough.alpha if rough.part else refined(scene.proxy, rough.alpha)


def _is_even(alpha: Floats) -> bool:
    return float(alpha.max()) < 0.7


def _added(alpha: Floats, options: Iterable[Floats]) -> Floats:
    """Together with the best option that is not there yet, or with the best of all."""
    best: Floats | None = None
    for option in options:
        if float(np.minimum(option, alpha).sum()) < 0.7 * float(option.sum()):
            best = option
            break
        best = option if best is None else best
    return alpha if best is None else np.maximum(alpha, best)


def _taken(alpha: Floats, options: Iterable[Floats]) -> Floats:
    """Without the best option that leaves at least a fifth of what was selected, or without the last."""
    total = float(alpha.sum())
    left = alpha
    for option in options:
        left = np.asarray(np.minimum(alpha, 1 - option), np.float32)
        if float(left.sum()) > 0.2 * total:
            break
    return left


def full_mask(scene: Scene, alpha: Floats) -> Bytes:
    """A mask at the picture's size, its edge found again in the full picture."""
    if scene.proxy is scene.picture:
        return to_mask(alpha)
    height, width = scene.picture.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    rows, columns = np.flatnonzero((alpha > 0.02).any(axis=1)), np.flatnonzero((alpha > 0.02).any(axis=0))
    if rows.size == 0:
        return mask
    inner = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
    inner = inner.grown(8, 8, alpha.shape)
    outer = inner.scaled(1 / scene.factor, scene.picture.shape)
    cut = guided(np.ascontiguousarray(scene.picture[outer.slices]), np.ascontiguousarray(alpha[inner.slices]), radius=2)
    mask[outer.slices] = to_mask(cut)
    return mask
