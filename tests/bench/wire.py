"""What building the body of a 24 megapixel edit costs, against the bare encoder and bare base64.

Run: python -m tests.bench.wire
"""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import cv2
import pybase64

from studio.domain.geometry import Size
from studio.domain.profile import new_profile
from studio.imaging.decode import decode
from studio.imaging.encode import png
from studio.imaging.resample import resize
from studio.wire.messages import Route, WireImage, WireOrder
from studio.wire.requests import edit_message

if TYPE_CHECKING:
    from collections.abc import Callable

PHOTO = Path(__file__).parents[1] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
SIZE = Size(width=6000, height=4000)
ROUNDS = 9
ALLOWED = 1.3


def seconds(work: Callable[[], object]) -> float:
    """Seconds that one run took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(title: str, ours: Callable[[], object], bare: Callable[[], object]) -> None:
    """Print the median ratio of runs in turn, each of the two first as often as the other."""
    pairs: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        pairs.append((seconds(ours), seconds(bare)))
        other = seconds(bare)
        pairs.append((seconds(ours), other))
    ratio = median(one / other for one, other in pairs)
    print(f"{title:34} {1000 * median(one for one, _ in pairs):8.1f} ms  {ratio:5.2f}x of bare, allowed {ALLOWED}x")


def main() -> None:
    """Print milliseconds and ratios."""
    cv2.setNumThreads(1)
    photo = resize(decode(PHOTO.read_bytes(), PHOTO.name).pixels, SIZE)
    profile = new_profile("bench", "nanogpt")
    data = png(photo)
    print(f"PNG of {len(data) / 1e6:.1f} MB")

    def build(route: Route, encoded: bytes) -> object:
        image = WireImage(data=encoded, media_type="image/png")
        order = WireOrder(model="m", prompt="A red door", images=(image,))
        return edit_message(profile, route, order, secrets.token_hex(16)).length

    compare("JSON body", lambda: build(Route.IMAGES, data), lambda: pybase64.b64encode(data))
    compare("PNG and JSON body", lambda: build(Route.IMAGES, png(photo)), lambda: pybase64.b64encode(png(photo)))
    compare("PNG and form", lambda: build(Route.EDITS, png(photo)), lambda: png(photo))


if __name__ == "__main__":
    main()
