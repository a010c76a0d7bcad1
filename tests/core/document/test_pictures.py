"""What a state looks like, and merging layers without a change of looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.document.edits import LayerChange, extend_canvas, new_document, paste_layer, set_layer
from studio.document.layer import Layer, LayerKind
from studio.document.pictures import flattened, merge_down, pictures
from studio.domain.geometry import Margins, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import UsageError
from studio.imaging.arrays import view
from studio.imaging.masks import rectangle
from studio.imaging.tiles import raster_of

if TYPE_CHECKING:
    from studio.document.state import DocumentState

SIZE = Size(width=300, height=280)


def plain(width: int, height: int, colour: tuple[int, int, int, int]) -> Pixels:
    data = memoryview(bytes(colour) * (width * height))
    return Pixels(size=Size(width=width, height=height), stride=width * 4, format=PixelFormat.BGRA, data=data)


@pytest.fixture
def stack() -> DocumentState:
    """Opaque grey, half-transparent blue of 100 x 80 and half-opacity red of 40 x 40, both in the middle."""
    state = new_document(plain(300, 280, (90, 90, 90, 255)))
    state = paste_layer(state, plain(100, 80, (200, 10, 10, 128)), "blue")
    state = paste_layer(state, plain(40, 40, (10, 10, 220, 255)), "red")
    return set_layer(state, state.active, LayerChange(opacity=0.5))


def worst(first: Pixels, second: Pixels) -> int:
    return int(np.abs(view(first).astype(int) - view(second)).max())


def test_a_picture_that_was_only_opened_comes_out_as_it_was() -> None:
    pixels = plain(300, 280, (1, 2, 3, 77))
    assert bytes(flattened(new_document(pixels)).data) == bytes(pixels.data)


def test_a_layer_can_be_left_out(stack: DocumentState) -> None:
    without = pictures(stack, stack.active)
    assert [each.raster for each in without] == [layer.raster for layer in stack.layers[:2]]
    middle = Rect(x=150, y=140, width=1, height=1)
    assert flattened(stack, middle).data != flattened(stack, middle, stack.active).data


def test_a_box_outside_of_the_document_is_transparent(stack: DocumentState) -> None:
    box = Rect(x=-20, y=-20, width=40, height=40)
    pixels = flattened(extend_canvas(stack, Margins(left=20, top=20)), box.translated(20, 20))
    assert bytes(pixels.data) == bytes(flattened(stack, box).data)
    assert bytes(pixels.data[:4]) == bytes(4)


@pytest.mark.parametrize("opacity", [1.0, 0.6])
def test_merging_down_looks_the_same(stack: DocumentState, opacity: float) -> None:
    blue = stack.layers[1]
    masked = replace(blue, mask=rectangle(blue.raster.size, Rect(x=0, y=0, width=50, height=80)), opacity=opacity)
    before = replace(stack, layers=(stack.layers[0], masked, stack.layers[2]))
    after = merge_down(before, before.active)
    assert [layer.name for layer in after.layers] == ["Original", "blue"]
    assert after.active == blue.id
    assert after.layers[0] is before.layers[0]
    assert worst(flattened(before), flattened(after)) <= 1


@pytest.mark.parametrize("opacity", [1.0, 0.6])
@pytest.mark.parametrize("kind", [LayerKind.PASTED, LayerKind.GENERATED])
def test_merging_down_keeps_the_holes_of_an_answer(stack: DocumentState, kind: LayerKind, opacity: float) -> None:
    """Where the answer is clear, half clear or opaque, under a mask with steps, what lies above covers it in part."""
    size = stack.size
    data = b"".join(bytes((20, 200, 40, (0, 128, 255)[x // 100])) for x in range(300)) * 280
    colours = Pixels(size=size, stride=1200, format=PixelFormat.BGRA, data=memoryview(data))
    steps = memoryview(b"".join(bytes((min(255, y),)) * 300 for y in range(280)))
    mask = raster_of(Pixels(size=size, stride=300, format=PixelFormat.GRAY, data=steps))
    answer = Layer(raster=raster_of(colours), mask=mask, name="cut", kind=LayerKind.GENERATED, opacity=opacity)
    upper = replace(stack.layers[1], kind=kind)
    if kind is LayerKind.GENERATED:
        upper = replace(upper, mask=rectangle(upper.raster.size, Rect(x=0, y=0, width=60, height=80)))
    before = replace(stack, layers=(stack.layers[0], answer, upper, stack.layers[2]))
    after = merge_down(before, upper.id)
    assert [layer.name for layer in after.layers] == ["Original", "cut", "red"]
    assert min(bytes(flattened(after).data)[3::4]) < 110
    assert worst(flattened(before), flattened(after)) <= 2


def test_what_cannot_be_merged_says_why(stack: DocumentState) -> None:
    lowest, blue, red = (layer.id for layer in stack.layers)
    hidden = set_layer(stack, blue, LayerChange(visible=False))
    for state, layer, code in (
        (stack, lowest, "layer-lowest"),
        (stack, blue, "layer-locked"),
        (hidden, red, "layer-hidden"),
    ):
        with pytest.raises(UsageError) as error:
            merge_down(state, layer)
        assert error.value.problem.code == code
