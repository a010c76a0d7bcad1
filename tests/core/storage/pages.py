"""Documents with everything in them, and the question whether two are the same."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.edits import new_document
from studio.document.layer import Layer, LayerKind, Origin, Variation
from studio.document.state import SavedMask
from studio.domain.geometry import Point, Size
from studio.domain.ids import BlobId, JobId, OutputId
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.masks import rectangle
from studio.imaging.tiles import empty, raster_of, read_all

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.imaging.tiles import Raster


def noise(width: int, height: int, seed: int, *, opaque: bool = False) -> Pixels:
    """Random pixels, colours under transparent ones too."""
    data = bytearray(random.Random(seed).randbytes(width * height * 4))
    if opaque:
        data[3::4] = b"\xff" * (width * height)
    else:
        data[3::16] = bytes(len(data[3::16]))
    size = Size(width=width, height=height)
    return Pixels(size=size, stride=width * 4, format=PixelFormat.BGRA, data=memoryview(bytes(data)))


def gray(width: int, height: int, seed: int) -> Raster:
    """A random mask."""
    data = random.Random(seed).randbytes(width * height)
    size = Size(width=width, height=height)
    return raster_of(Pixels(size=size, stride=width, format=PixelFormat.GRAY, data=memoryview(data)))


def rich_document(blobs: tuple[BlobId, ...] = ()) -> DocumentState:
    """300 x 280 with a masked, shifted, half-strong layer, an empty one, a large one, masks and a profile."""
    plain = new_document(noise(300, 280, 1, opaque=True), "Photo")
    variations = tuple(Variation(output=OutputId(f"01-{i}"), blob=blob, seed=i) for i, blob in enumerate(blobs))
    fill = Layer(
        raster=raster_of(noise(90, 80, 2)),
        name="Füllung “1” \x01& <x>",
        offset=Point(x=-20, y=230),
        opacity=0.5,
        blend="multiply",
        mask=gray(90, 80, 3),
        kind=LayerKind.GENERATED,
        origin=Origin(prompt="a bottle", model="remove", job=JobId("01")),
        variations=variations,
        variation=len(variations) - 1 if variations else 0,
    )
    nothing = Layer(raster=empty(plain.size), name="", visible=False, locked=True)
    wide = Layer(
        raster=raster_of(noise(10, 10, 4), Point(x=350, y=5), Size(width=600, height=40)), name="Wide", blend="screen"
    )
    mask = rectangle(plain.size, plain.box.grown(-40))
    return replace(
        plain,
        layers=(*plain.layers, fill, nothing, wide),
        active=fill.id,
        mask=mask,
        masks=(SavedMask(name="Same", raster=mask), SavedMask(name="Other", raster=gray(300, 280, 5))),
        icc=profile(),
        profile="Built-in",
    )


def profile() -> bytes:
    """A real colour profile that is not sRGB's own."""
    from PIL import ImageCms  # the one guest that can make one

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def same_raster(one: Raster, other: Raster) -> bool:
    """Byte for byte, in the same tiles."""
    return (
        one.size == other.size
        and one.format == other.format
        and one.tiles.keys() == other.tiles.keys()
        and (one.size.is_empty or tight(one) == tight(other))
    )


def tight(raster: Raster) -> bytes:
    """All bytes of a raster."""
    return bytes(read_all(raster).data)


def differences(one: DocumentState, other: DocumentState) -> list[str]:
    """The names of what is not the same in two documents."""
    found = [name for name in ("size", "active", "icc", "profile") if getattr(one, name) != getattr(other, name)]
    if len(one.layers) != len(other.layers):
        return [*found, "layers"]
    for first, second in zip(one.layers, other.layers, strict=True):
        found += [f"{first.name}.{name}" for name in _layer_differences(first, second)]
    if not same_raster(one.mask, other.mask):
        found.append("mask")
    if [each.name for each in one.masks] != [each.name for each in other.masks]:
        found.append("masks")
    elif not all(same_raster(a.raster, b.raster) for a, b in zip(one.masks, other.masks, strict=True)):
        found.append("saved masks")
    return found


_PLAIN = ("id", "name", "offset", "opacity", "blend", "visible", "locked", "kind", "origin", "variation")


def _layer_differences(one: Layer, other: Layer) -> list[str]:
    found = [name for name in _PLAIN if getattr(one, name) != getattr(other, name)]
    if not same_raster(one.raster, other.raster):
        found.append("raster")
    masks = (one.mask, other.mask)
    if masks != (None, None) and (masks[0] is None or masks[1] is None or not same_raster(masks[0], masks[1])):
        found.append("mask")
    listed = [[(each.output, each.blob, each.seed, each.label) for each in layer.variations] for layer in (one, other)]
    return found if listed[0] == listed[1] else [*found, "variations"]
