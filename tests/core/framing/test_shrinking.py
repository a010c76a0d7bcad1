"""Pictures made to fit a limit: as little as helps, and told in numbers."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from studio.domain.geometry import Rect, Size
from studio.domain.pixels import PixelFormat
from studio.domain.problems import UsageError
from studio.framing.outgoing import JPEG, PNG, WEBP, Outgoing, clean
from studio.framing.shrinking import Fitted, Masked, Room, fit
from studio.imaging.arrays import pixels_of
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from studio.imaging.tiles import read_all

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE = Size(width=320, height=200)


def photo(size: Size = BASE, *, seed: int = 1, alpha: bool = False) -> bytes:
    """Soft colours with some grain, as photographs have."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : size.height, 0 : size.width]
    array = np.empty((size.height, size.width, 4), np.uint8)
    for channel in range(3):
        soft = 120 + 90 * np.sin(columns / (40 + 9 * channel)) * np.cos(rows / 30)
        array[..., channel] = np.clip(soft + random.normal(0, 6, soft.shape), 0, 255)
    array[..., 3] = np.clip(rows * 2, 0, 255) if alpha else 255
    return png(pixels_of(array, PixelFormat.BGRA))


@cache
def cleaned(seed: int, *, alpha: bool) -> Outgoing:
    return clean(photo(seed=seed, alpha=alpha), "photo")


def outgoing(count: int, *, alpha: bool = False) -> list[Outgoing]:
    return [cleaned(seed, alpha=alpha and not seed) for seed in range(count)]


def mask() -> Masked:
    return Masked(pixels=read_all(rectangle(BASE, Rect(x=40, y=30, width=90, height=70))), form="both")


def total(found: Fitted, room: Room) -> int:
    return sum(room.cost(len(each.data)) for each in found.pictures) + room.cost(len(found.mask or b""))


def size_of(data: bytes) -> Size:
    with Image.open(io.BytesIO(data)) as image:
        return Size(width=image.width, height=image.height)


def lengths(pictures: Sequence[Outgoing]) -> int:
    return sum(len(each.data) for each in pictures)


def test_what_fits_goes_as_it_is() -> None:
    pictures = outgoing(2)
    found = fit(pictures, mask(), Room(provider="X", total=2_000_000))
    assert found.pictures == tuple(pictures)
    assert size_of(found.mask or b"") == BASE


def test_references_lose_before_the_picture_that_is_edited() -> None:
    pictures = outgoing(3)
    room = Room(provider="X", total=round(lengths(pictures) * 0.8))
    found = fit(pictures, None, room)
    assert found.pictures[0] is pictures[0]
    assert [each.media_type for each in found.pictures] == [PNG, JPEG, JPEG]
    assert [each.quality for each in found.pictures] == [None, 90, 90]
    assert all(each.size == BASE for each in found.pictures)


def test_quality_goes_before_pixels() -> None:
    pictures = outgoing(1)
    found = fit(pictures, None, Room(provider="X", total=len(pictures[0].data) // 3))
    assert (found.pictures[0].media_type, found.pictures[0].size) == (JPEG, BASE)
    assert found.pictures[0].quality in (90, 85, 80)


@pytest.mark.parametrize("in_text", [False, True])
@pytest.mark.parametrize("total_bytes", [6_000, 9_000, 14_000, 25_000])
def test_edge_16_it_fits_and_the_mask_follows(total_bytes: int, in_text: bool) -> None:
    room = Room(provider="X", total=total_bytes, in_text=in_text)
    found = fit(outgoing(2), mask(), room)
    assert total(found, room) <= total_bytes
    assert total(found, room) > total_bytes // 3, "more was taken away than was needed"
    first = found.pictures[0]
    assert size_of(first.data) == first.size
    assert first.before == BASE
    assert size_of(found.mask or b"") == first.size
    assert abs(first.size.width / first.size.height - 1.6) < 0.05


def test_a_small_picture_beside_a_large_one_stays_as_it_is() -> None:
    small = clean(photo(Size(width=40, height=30), seed=5), "small")
    large = clean(photo(Size(width=600, height=400), seed=6), "large")
    found = fit([large, small], None, Room(provider="X", total=len(small.data) + 12_000))
    assert found.pictures[1].size == small.size
    assert found.pictures[0].size.width < 600


def test_alpha_is_kept_where_there_is_any() -> None:
    pictures = outgoing(1, alpha=True)
    found = fit(pictures, None, Room(provider="X", total=len(pictures[0].data) // 4))
    assert found.pictures[0].media_type == WEBP
    with Image.open(io.BytesIO(found.pictures[0].data)) as image:
        assert image.mode == "RGBA"
        assert image.getchannel("A").getextrema()[0] == 0


def test_alpha_in_nothing_but_png_goes_by_pixels() -> None:
    pictures = outgoing(1, alpha=True)
    room = Room(provider="X", total=len(pictures[0].data) // 4, types=(PNG, JPEG))
    found = fit(pictures, None, room)
    assert found.pictures[0].media_type == PNG
    assert found.pictures[0].size.width < BASE.width
    with Image.open(io.BytesIO(found.pictures[0].data)) as image:
        assert image.mode == "RGBA"


def test_one_picture_may_have_a_limit_of_its_own() -> None:
    pictures = outgoing(2)
    room = Room(provider="X", total=10_000_000, each=len(pictures[0].data) // 6)
    found = fit(pictures, None, room)
    assert room.each is not None
    assert all(len(each.data) <= room.each for each in found.pictures)


def test_a_mask_may_have_a_limit_of_its_own() -> None:
    noisy = np.random.default_rng(1).integers(0, 2, (BASE.height, BASE.width), np.uint8) * 255
    masked = Masked(pixels=pixels_of(noisy, PixelFormat.GRAY), form="alpha")
    room = Room(provider="X", total=10_000_000, mask=4_000)
    found = fit(outgoing(1), masked, room)
    assert len(found.mask or b"") <= 4_000
    assert size_of(found.mask or b"") == found.pictures[0].size


def test_what_cannot_be_made_to_fit_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        fit(outgoing(2), mask(), Room(provider="Naga", total=900))
    assert caught.value.problem.code == "picture-over-limit"
    assert "Naga" in caught.value.problem.what


def test_edge_14_a_mask_of_another_size_is_refused() -> None:
    wrong = Masked(
        pixels=read_all(rectangle(Size(width=10, height=10), Rect(x=0, y=0, width=5, height=5))), form="both"
    )
    with pytest.raises(UsageError) as caught:
        fit(outgoing(1), wrong, Room(provider="X", total=900_000))
    assert caught.value.problem.code == "mask-size"


def test_a_mask_without_a_picture_is_refused() -> None:
    with pytest.raises(UsageError):
        fit([], mask(), Room(provider="X", total=900_000))


def test_base64_takes_a_third_more() -> None:
    plain, text = Room(provider="X", total=100), Room(provider="X", total=100, in_text=True)
    assert [plain.cost(length) for length in (0, 1, 3, 4)] == [0, 1, 3, 4]
    assert [text.cost(length) for length in (0, 1, 3, 4)] == [0, 4, 4, 8]
    assert all(text.cost(text.bytes_for(cost)) <= cost for cost in range(50))
