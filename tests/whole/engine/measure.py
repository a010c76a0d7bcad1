"""Measures what each operation of the local engine is worth on the photographs, for `studio/engine/scores.py`.

Run from the project's folder: python -m tests.whole.engine.measure
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from studio.engine.arrays import box_of, dilated, eroded, shrunk, within
from studio.engine.dispatch import Order, run
from studio.engine.events import Result
from studio.engine.hole import grown
from studio.engine.nets import Models
from studio.engine.select import Click, Scene
from studio.engine.upscale import resampled

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes

TESTS = Path(__file__).parents[2]
CASES: dict[str, list[dict[str, Any]]] = json.loads((TESTS / "masks" / "cases.json").read_text())
MODELS = TESTS.parent / "resources" / "models"

SEAM_LIMIT = 1.6
TEXTURE_LIMIT = 1.0
LEFT_LIMIT = 0.5
_LEAST_SEEN = 0.1


def photo(name: str) -> Bytes:
    """A photograph of the tests as RGB, at 1600 pixels a side at most."""
    read = np.asarray(cv2.imread(str(TESTS / "photos" / name)), np.uint8)
    return within(np.asarray(cv2.cvtColor(read, cv2.COLOR_BGR2RGB), np.uint8), 1600)


def stored(name: str, shape: tuple[int, ...]) -> Bytes:
    """A stored mask at the size of this picture, 0 or 255."""
    mask = np.asarray(cv2.imread(str(TESTS / "masks" / f"{name}.png"), cv2.IMREAD_GRAYSCALE), np.uint8)
    if mask.shape != shape[:2]:
        mask = shrunk(mask, shape[1], shape[0])
    return np.where(mask >= 128, 255, 0).astype(np.uint8)


def results(order: Order, models: Models) -> list[Result]:
    """All results of an order."""
    return [event for event in run(order, models) if isinstance(event, Result)]


def overlap(one: Bytes, other: Bytes) -> float:
    """Area in both over area in either."""
    a, b = one >= 128, other >= 128
    return float((a & b).sum()) / max(1, int((a | b).sum()))


@functools.lru_cache(maxsize=1)
def scene(name: str) -> Scene:
    """A photograph that is clicked at, kept between clicks as the program keeps it."""
    return Scene.of(photo(name))


def selection(case: dict[str, Any], models: Models) -> float:
    """How well one recorded click hits its stored mask."""
    clicked = scene(case["photo"])
    picture = clicked.picture
    click = Click(x=case["x"] * picture.shape[1], y=case["y"] * picture.shape[0])
    order = Order(operation="select", picture=picture, clicks=(click,), count=case["candidate"] + 1, scene=clicked)
    found = results(order, models)
    return overlap(found[-1].picture, stored(f"select-{case['name']}", picture.shape))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a fill looks like in numbers, near 1, 0 and 0 where it cannot be told from its surroundings.

    `seam`: how steep the picture is across the mask's edge against how steep it is around. `texture`: fine contrast
    inside against around, in powers of two. `left`: by how much the subject net still tells the place from what is
    around it, of how much it did before, or of the least that counts where it tells next to nothing.
    """

    seam: float
    texture: float
    left: float

    @property
    def passes(self) -> bool:
        """Whether it may be taken for untouched."""
        return self.seam < SEAM_LIMIT and abs(self.texture) < TEXTURE_LIMIT and self.left < LEFT_LIMIT


def removal(case: dict[str, Any], models: Models) -> tuple[Look, Bytes, Bytes, Bytes]:
    """How a removal looks, with the picture before, the paste mask and the picture after."""
    picture = photo(case["photo"])
    mask = grown(stored(f"remove-{case['name']}", picture.shape), pixels=0, feather=1.5)
    after = results(Order(operation="remove", picture=picture, mask=mask), models)[0].picture
    return look(picture, after, mask, models), picture, mask, after


def look(before: Bytes, after: Bytes, mask: Bytes, models: Models) -> Look:
    """How a picture looks that was changed under a mask. Where the net sees too little to fail by any measure, it is
    not asked what it saw before: each answer takes a second."""
    still = _seen(after, mask, models)
    seen = _LEAST_SEEN
    if still >= LEFT_LIMIT * _LEAST_SEEN:
        seen = max(_LEAST_SEEN, still if after is before else _seen(before, mask, models))
    seam, texture = _look(after, mask)
    return Look(seam=seam, texture=texture, left=still / seen)


def extension(case: dict[str, Any], models: Models) -> tuple[Look, Bytes]:
    """How the right margin of an extended photograph looks."""
    picture = within(photo(case["photo"]), 800)
    width = picture.shape[1]
    margin = round(width * 0.15)
    order = Order(operation="extend", picture=picture, parameters={"right": margin})
    after = results(order, models)[0].picture
    mask = np.zeros(after.shape[:2], np.uint8)
    mask[:, width:] = 255
    seam, texture = _look(after, mask)
    return Look(seam=seam, texture=texture, left=0.0), after


def _look(picture: Bytes, mask: Bytes) -> tuple[float, float]:
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)
    steep = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1))
    fine = np.abs(gray - cv2.GaussianBlur(gray, (0, 0), 1.5))
    hole = np.where(mask > 0, 255, 0).astype(np.uint8)
    edge = (dilated(hole, 1) > 0) & (eroded(hole, 1) == 0)
    around = (dilated(hole, 24) > 0) & (dilated(hole, 4) == 0)
    inside = eroded(hole, 3) > 0
    both = around | inside
    return float(steep[edge].mean() / steep[both].mean()), float(np.log2(fine[inside].mean() / fine[around].mean()))


def _seen(picture: Bytes, mask: Bytes, models: Models) -> float:
    """By how much the subject net sees more under the mask than around it, looking at the mask's box and some room."""
    box = box_of(mask)
    assert box is not None
    margin = round(box.long_side * 0.4)
    wide = box.grown(margin, margin, mask.shape)
    alpha = models.subject(np.ascontiguousarray(picture[wide.slices]))
    small = shrunk(np.ascontiguousarray(mask[wide.slices]), alpha.shape[1], alpha.shape[0]) > 127
    ring = (dilated(small.astype(np.uint8), 24) > 0) & ~small
    return max(0.0, float(alpha[small].mean() - alpha[ring].mean()))


def cutting(case: dict[str, Any], models: Models) -> float:
    """How well the cut out subject's alpha hits its stored mask."""
    picture = photo(case["photo"])
    found = results(Order(operation="cutout", picture=picture), models)[0].picture
    return overlap(np.ascontiguousarray(found[..., 3]), stored(f"select-{case['name']}", picture.shape))


def enlarging(name: str, models: Models) -> float:
    """Decibels that upscaling is nearer to the truth than plain resampling, on a photograph's most detailed place."""
    truth = _most_detailed(photo(name))
    small = shrunk(truth, 128, 128)
    found = results(Order(operation="upscale", picture=small), models)[0].picture
    return float(cv2.PSNR(found, truth) - cv2.PSNR(resampled(small, 256, 256), truth))


def _most_detailed(picture: Bytes) -> Bytes:
    starts = [(y, x) for y in range(0, picture.shape[0] - 255, 128) for x in range(0, picture.shape[1] - 255, 128)]
    tiles = [np.ascontiguousarray(picture[y : y + 256, x : x + 256]) for y, x in starts]
    return max(tiles, key=lambda tile: float(cv2.Laplacian(tile, cv2.CV_32F).var()))


def cases(models: Models) -> dict[str, dict[str, float]]:
    """What every case scores, by operation and name."""
    photos = sorted({case["photo"] for case in CASES["remove"]})
    return {
        "remove": {case["name"]: float(removal(case, models)[0].passes) for case in CASES["remove"]},
        "extend": {case["name"]: float(extension(case, models)[0].passes) for case in CASES["extend"]},
        "select": {case["name"]: selection(case, models) for case in CASES["select"]},
        "cutout": {case["name"]: cutting(case, models) for case in CASES["cutout"]},
        "upscale": {name: enlarging(name, models) for name in photos},
    }


def main() -> None:
    """Prints every case, then the scores to be written down."""
    found = cases(Models(folder=MODELS))
    for operation, values in found.items():
        for name, value in values.items():
            print(f"{operation} {name}: {value:.3f}")
    for operation, values in found.items():
        print(f"{operation}: {np.mean(list(values.values())):.3f}")


if __name__ == "__main__":
    main()
