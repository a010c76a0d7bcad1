"""How long framing takes on a photo of 12 megapixels with a megapixel masked, on one core, against what it may take.

Run: python -m tests.bench.framing
"""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.document.pictures import flattened
from studio.domain.capabilities import Capabilities, MaskUse
from studio.domain.geometry import Size
from studio.domain.request import Outcome
from studio.framing.masks import gray
from studio.framing.place import as_layer, finish
from studio.framing.prepare import Order, prepare, source_png
from studio.imaging.decode import decode
from studio.imaging.masks import polygon
from studio.imaging.resample import resize

if TYPE_CHECKING:
    from collections.abc import Callable

PHOTO = Path(__file__).parents[1] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
SIZE = Size(width=4000, height=3000)
ROUNDS = 5


def median(work: Callable[[], object]) -> float:
    """Seconds that the middle one of some runs took."""
    took: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return sorted(took)[ROUNDS // 2]


def main() -> None:
    """Print seconds and their ratio to the time allowed."""
    cv2.setNumThreads(1)
    photo = resize(decode(PHOTO.read_bytes(), PHOTO.name).pixels, SIZE)
    ring = [(2000 + 600 * math.cos(step / 10), 1500 + 530 * math.sin(step / 10)) for step in range(63)]
    state = with_mask(new_document(photo), polygon(SIZE, ring))
    order = Order(state=state, capabilities=Capabilities(mask=MaskUse.REQUIRED))
    sent = prepare(order)
    assert sent.paste_mask is not None
    box = sent.placement.box
    base, mask = flattened(state, box), gray(decode(sent.paste_mask, "mask").pixels)
    answer = resize(base, Size(width=box.width // 2, height=box.height // 2))
    rows: list[tuple[str, float, Callable[[], object]]] = [
        ("prepare", 0.35, lambda: prepare(order)),
        ("source as PNG", 1.0, lambda: source_png(state)),
        ("answer as a layer", 0.5, lambda: as_layer(answer, sent.placement, base, mask)),
        ("finish", 0.8, lambda: finish(photo, answer, sent.placement, mask, Outcome.PASTE)),
    ]
    for title, allowed, work in rows:
        took = median(work)
        print(f"{title:20} {took:6.3f} s  {took / allowed:5.2f} of {allowed} s")


if __name__ == "__main__":
    main()
