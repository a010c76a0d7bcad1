"""What building the body of a 24 megapixel edit costs, against the bare encoder and bare base64, and what an answer of
4 MB costs until its pixels are there, against json, pybase64 and OpenCV.

Run: python -m tests.bench.wire
"""

from __future__ import annotations

import json
import secrets
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pybase64

from studio.domain.geometry import Size
from studio.domain.profile import new_profile
from studio.imaging.decode import decode
from studio.imaging.encode import png
from studio.imaging.resample import resize
from studio.wire.messages import Answer, Picture, Route, WireImage, WireOrder
from studio.wire.replies import read_reply
from studio.wire.requests import edit_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.profile import ProviderProfile

PHOTO = Path(__file__).parents[1] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
SIZE = Size(width=6000, height=4000)
ROUNDS = 9
ALLOWED = 1.3


def seconds(work: Callable[[], object]) -> float:
    """Seconds that one run took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(title: str, ours: Callable[[], object], bare: Callable[[], object], allowed: float = ALLOWED) -> None:
    """Print the median ratio of runs in turn, each of the two first as often as the other."""
    pairs: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        pairs.append((seconds(ours), seconds(bare)))
        other = seconds(bare)
        pairs.append((seconds(ours), other))
    ratio = median(one / other for one, other in pairs)
    print(f"{title:34} {1000 * median(one for one, _ in pairs):8.1f} ms  {ratio:5.2f}x of bare, allowed {allowed}x")


def answers(profile: ProviderProfile, data: bytes) -> None:
    """From the bytes of an answer to pixels."""
    body = json.dumps({"created": 0, "data": [{"b64_json": pybase64.b64encode(data).decode()}]}).encode()
    answer = Answer(status=200, headers=(("content-type", "application/json"),), body=body)

    def ours() -> object:
        (item,) = read_reply(answer, profile).items
        assert isinstance(item, Picture)
        return decode(item.data, "answer.png")

    def bare() -> object:
        found = pybase64.b64decode(json.loads(body)["data"][0]["b64_json"], validate=True)
        pixels = cv2.imdecode(np.frombuffer(found, np.uint8), cv2.IMREAD_UNCHANGED)
        assert pixels is not None
        return cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA)

    compare(f"answer of {len(data) / 1e6:.1f} MB to pixels", ours, bare, 1.2)


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
    small = resize(photo, Size(width=2200, height=1467))
    answers(profile, png(small))


if __name__ == "__main__":
    main()
