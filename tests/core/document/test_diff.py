"""The difference of two states covers every pixel that can look different, and hardly more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.document.diff import difference
from studio.document.edits import (
    LayerChange,
    delete_layer,
    duplicate_layer,
    extend_canvas,
    move_content,
    move_layer,
    paste_layer,
    select_layer,
    set_layer,
)
from studio.document.layer import Layer, LayerKind
from studio.document.masked import save_mask, with_mask
from studio.document.results import apply_result
from studio.document.stroke import BrushTool
from studio.domain.changes import Touched
from studio.domain.geometry import Margins, Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.masks import rectangle
from studio.imaging.tiles import empty

if TYPE_CHECKING:
    from studio.document.state import DocumentState

PIXELS = Touched.PIXELS | Touched.LAYERS
PATCH = Rect(x=250, y=235, width=100, height=50)


def plain(width: int, height: int) -> Pixels:
    data = memoryview(b"\x09" * (width * height * 4))
    return Pixels(size=Size(width=width, height=height), stride=width * 4, format=PixelFormat.BGRA, data=data)


@pytest.fixture
def patched(document: DocumentState) -> DocumentState:
    """The document with a layer of 100 x 50 at 250, 235."""
    return paste_layer(document, plain(100, 50), "patch")


def test_a_state_differs_from_itself_in_nothing(document: DocumentState) -> None:
    found = difference(document, document)
    assert found.rect.is_empty
    assert found.touched is Touched(0)


def test_a_stroke_differs_in_the_tiles_it_touched(document: DocumentState) -> None:
    tool = BrushTool(document.mask, Brush(size=10))
    tool.begin(PenSample(x=300, y=100))
    found = difference(document, with_mask(document, tool.end()))
    assert found.rect == Rect(x=256, y=0, width=256, height=256)
    assert found.touched is Touched.MASK


def test_adding_and_deleting_a_layer_differ_in_its_box(document: DocumentState, patched: DocumentState) -> None:
    assert difference(document, patched).rect == PATCH
    assert difference(document, patched).touched == PIXELS
    assert difference(patched, delete_layer(patched, patched.active)).rect == PATCH


@pytest.mark.parametrize(
    "change", [LayerChange(visible=False), LayerChange(opacity=0.3), LayerChange(blend="multiply")], ids=str
)
def test_a_layer_that_looks_otherwise_differs_in_its_box(patched: DocumentState, change: LayerChange) -> None:
    found = difference(patched, set_layer(patched, patched.active, change))
    assert (found.rect, found.touched) == (PATCH, PIXELS)


@pytest.mark.parametrize("change", [LayerChange(name="other"), LayerChange(locked=True)], ids=str)
def test_a_name_repaints_no_pixel(patched: DocumentState, change: LayerChange) -> None:
    found = difference(patched, set_layer(patched, patched.active, change))
    assert found.rect.is_empty
    assert found.touched is Touched.LAYERS


def test_a_hidden_layer_repaints_nothing(patched: DocumentState) -> None:
    hidden = set_layer(patched, patched.active, LayerChange(visible=False))
    faded = set_layer(hidden, patched.active, LayerChange(opacity=0.1))
    assert difference(hidden, faded).rect.is_empty


def test_moving_differs_in_both_places(patched: DocumentState) -> None:
    found = difference(patched, move_content(patched, patched.active, 40, -10))
    assert found.rect == PATCH.united(PATCH.translated(40, -10))


def test_a_layer_mask_differs_where_its_tiles_do(patched: DocumentState) -> None:
    layer = patched.layers[1]
    half = replace(layer, mask=rectangle(layer.raster.size, Rect(x=0, y=0, width=50, height=50)))
    masked = replace(patched, layers=(patched.layers[0], half))
    assert difference(patched, masked).rect == PATCH
    assert difference(masked, patched).rect == PATCH


def test_an_answer_that_is_clear_differs_where_its_mask_is(document: DocumentState) -> None:
    mask = rectangle(document.size, Rect(x=300, y=20, width=50, height=50))
    answer = Layer(raster=empty(document.size), mask=mask, name="clear", kind=LayerKind.GENERATED)
    applied = apply_result(document, answer)
    assert difference(document, applied).rect == Rect(x=256, y=0, width=256, height=256)
    faded = set_layer(applied, answer.id, LayerChange(opacity=0.5))
    assert difference(applied, faded).rect == Rect(x=256, y=0, width=256, height=256)


def test_changing_places_differs_in_the_layers_between(patched: DocumentState) -> None:
    stack = paste_layer(patched, plain(30, 20), "top")
    swapped = move_layer(stack, stack.layers[2].id, 1)
    assert difference(stack, swapped).rect == PATCH
    assert difference(stack, move_layer(stack, stack.layers[2].id, 0)).rect == stack.box


def test_selecting_and_keeping_masks_are_for_the_lists_alone(patched: DocumentState) -> None:
    for other in (select_layer(patched, patched.layers[0].id), save_mask(patched, "m")):
        found = difference(patched, other)
        assert found.rect.is_empty
        assert found.touched is Touched.LAYERS


def test_another_size_is_everything(document: DocumentState) -> None:
    found = difference(document, extend_canvas(document, Margins(right=10)))
    assert (found.rect, found.touched) == (Rect(x=0, y=0, width=610, height=520), Touched.EVERYTHING)


def test_what_lies_outside_of_the_document_is_not_asked_for(document: DocumentState) -> None:
    copy = duplicate_layer(document, document.active)
    away = move_content(copy, copy.active, 550, 500)
    gone = delete_layer(away, copy.active)
    assert difference(away, gone).rect == Rect(x=550, y=500, width=50, height=20)
