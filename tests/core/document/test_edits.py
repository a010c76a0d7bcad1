"""Every edit shares what it did not touch, and refuses what it must in a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import (
    LayerChange,
    add_layer,
    delete_layer,
    duplicate_layer,
    extend_canvas,
    move_content,
    move_layer,
    new_document,
    paste_layer,
    select_layer,
    set_layer,
)
from studio.document.layer import Layer, LayerKind, Variation
from studio.document.masked import delete_mask, rename_mask, save_mask, use_mask, with_mask
from studio.document.results import apply_result, choose_variation, newest_generated
from studio.document.stroke import BrushTool
from studio.domain.geometry import Margins, Point, Rect, Size
from studio.domain.ids import BlobId, OutputId
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import UsageError
from studio.imaging.masks import rectangle, share
from studio.imaging.tiles import empty, empty_mask, raster_of

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.imaging.masks import How


def plain(width: int, height: int) -> Pixels:
    data = memoryview(b"\x09" * (width * height * 4))
    return Pixels(size=Size(width=width, height=height), stride=width * 4, format=PixelFormat.BGRA, data=data)


@pytest.fixture
def stacked(document: DocumentState) -> DocumentState:
    return paste_layer(paste_layer(document, plain(100, 50), "first"), plain(20, 20), "second")


def names(state: DocumentState) -> list[str]:
    return [layer.name for layer in state.layers]


def refusal(error: pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.problem.code


def test_the_original_is_locked(document: DocumentState) -> None:
    original = document.layers[0]
    assert original.locked
    for edit in (
        lambda: delete_layer(document, original.id),
        lambda: move_content(document, original.id, 1, 0),
    ):
        with pytest.raises(UsageError) as error:
            edit()
        assert refusal(error) == "layer-locked"
        assert "Photo" in error.value.problem.what


def test_a_new_layer_stands_above_the_active_one_and_is_active(stacked: DocumentState) -> None:
    original = stacked.layers[0].id
    state = paste_layer(select_layer(stacked, original), plain(4, 4), "between")
    assert names(state) == ["Photo", "between", "first", "second"]
    assert state.layer(state.active).name == "between"
    assert all(state.layer(each.id) is each for each in stacked.layers)


def test_a_pasted_picture_lies_in_the_middle_at_its_own_size(document: DocumentState) -> None:
    small = paste_layer(document, plain(100, 50), "p").layers[1]
    assert (small.offset, small.kind) == (Point(x=250, y=235), LayerKind.PASTED)
    large = paste_layer(document, plain(1000, 1000), "p").layers[1]
    assert large.box == Rect(x=-200, y=-240, width=1000, height=1000)


def test_deleting_makes_the_one_below_active(stacked: DocumentState) -> None:
    state = delete_layer(stacked, stacked.layers[2].id)
    assert names(state) == ["Photo", "first"]
    assert state.active == stacked.layers[1].id


def test_the_last_layer_stays(document: DocumentState) -> None:
    unlocked = set_layer(document, document.active, LayerChange(locked=False))
    with pytest.raises(UsageError) as error:
        delete_layer(unlocked, unlocked.active)
    assert refusal(error) == "layer-last"


def test_moving_in_the_stack_keeps_the_layers_themselves(stacked: DocumentState) -> None:
    moved = move_layer(stacked, stacked.layers[2].id, 0)
    assert names(moved) == ["second", "Photo", "first"]
    assert set(moved.layers) == set(stacked.layers)
    assert move_layer(stacked, stacked.layers[2].id, 99) is stacked


def test_attributes_change_without_a_tile(stacked: DocumentState) -> None:
    old = stacked.layers[1]
    change = LayerChange(name="n", visible=False, locked=True, opacity=1.5, blend="multiply")
    new = set_layer(stacked, old.id, change).layer(old.id)
    assert (new.name, new.visible, new.locked, new.opacity, new.blend) == ("n", False, True, 1.0, "multiply")
    assert new.raster is old.raster
    assert set_layer(stacked, old.id, LayerChange(opacity=1.0)) is stacked


def test_a_copy_shares_its_pixels_and_is_free(document: DocumentState) -> None:
    state = duplicate_layer(document, document.active)
    original, copy = state.layers
    assert copy.raster is original.raster
    assert (copy.name, copy.locked, state.active) == ("Photo copy", False, copy.id)


def test_moving_content_touches_no_tile(stacked: DocumentState) -> None:
    old = stacked.layers[1]
    new = move_content(stacked, old.id, -3, 7).layer(old.id)
    assert new.raster is old.raster
    assert new.box == old.box.translated(-3, 7)
    assert move_content(stacked, old.id, 0, 0) is stacked


def test_growing_the_canvas_keeps_every_tile_of_every_layer(stacked: DocumentState) -> None:
    masked = save_mask(with_mask(stacked, rectangle(stacked.size, Rect(x=0, y=0, width=300, height=200))), "m")
    state = extend_canvas(masked, Margins(left=256, top=512, right=5, bottom=1))
    assert state.size == Size(width=861, height=1033)
    for old, new in zip(stacked.layers, state.layers, strict=True):
        assert new.raster is old.raster
        assert new.box == old.box.translated(256, 512)
    assert state.mask.tiles[1, 2] is masked.mask.tiles[0, 0]
    assert state.masks[0].raster.size == state.size


def test_cutting_the_canvas_keeps_what_is_outside(document: DocumentState) -> None:
    cut = extend_canvas(document, Margins(left=-100, bottom=-20))
    assert cut.size == Size(width=500, height=500)
    assert extend_canvas(cut, Margins(left=100, bottom=20)).layers[0].box == document.layers[0].box
    with pytest.raises(ValueError, match="without pixels"):
        extend_canvas(document, Margins(left=-600))


def test_one_dab_on_24_megapixels_makes_at_most_four_tiles() -> None:
    state = new_document(plain(64, 64))
    size = Size(width=6000, height=4000)
    full = rectangle(size, Rect.of_size(size))
    state = replace(state, size=size, mask=full)
    tool = BrushTool(state.mask, Brush(size=200, erases=True))
    tool.begin(PenSample(x=2048, y=2048))
    after = with_mask(state, tool.end())
    new = [key for key, tile in after.mask.tiles.items() if full.tiles[key] is not tile]
    assert 1 <= len(new) <= 4
    assert after.mask.tiles.keys() == full.tiles.keys()
    assert all(a is b for a, b in zip(after.layers, state.layers, strict=True))


def test_a_mask_must_fit(document: DocumentState) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        with_mask(document, empty_mask(Size(width=1, height=1)))
    with pytest.raises(ValueError, match="does not fit"):
        with_mask(document, empty(document.size))
    assert with_mask(document, document.mask) is document


def test_masks_are_kept_by_name(document: DocumentState) -> None:
    box = rectangle(document.size, Rect(x=1, y=2, width=3, height=4))
    kept = save_mask(with_mask(document, box), "sky")
    cleared = with_mask(kept, document.mask)
    assert use_mask(cleared, "sky").mask is box
    again = save_mask(cleared, "sky")
    assert [each.name for each in again.masks] == ["sky"]
    assert again.masks[0].raster is document.mask
    assert use_mask(document, "sky") is document


HOWS: tuple[How, ...] = ("replace", "add", "subtract", "intersect")


def test_kept_masks_are_joined_renamed_and_deleted(document: DocumentState) -> None:
    boxes = [rectangle(document.size, Rect(x=x, y=2, width=10, height=4)) for x in (1, 6)]
    kept = save_mask(with_mask(save_mask(with_mask(document, boxes[0]), "sky"), boxes[1]), "sea")
    masked = [share(use_mask(kept, "sky", how).mask) * document.size.area for how in HOWS]
    assert [round(each) for each in masked] == [40, 60, 20, 20]
    assert [each.name for each in rename_mask(kept, "sky", " sea ").masks] == ["sea 2", "sea"]
    assert [each.name for each in rename_mask(kept, "sea", "land").masks] == ["sky", "land"]
    assert rename_mask(kept, "sea", "  ") is kept
    assert rename_mask(kept, "sea", "sea") is kept
    assert rename_mask(kept, "nothing", "land") is kept
    assert [each.name for each in delete_mask(kept, "sky").masks] == ["sea"]
    assert delete_mask(kept, "nothing") is kept


def test_an_answer_is_one_layer_that_remembers_its_variations(document: DocumentState) -> None:
    rasters = [raster_of(plain(20, 20), Point(x=x, y=0), document.size) for x in (0, 300)]
    variations = tuple(
        Variation(output=OutputId(f"j-{index}"), blob=BlobId(str(index)), seed=index) for index in range(2)
    )
    layer = Layer(raster=rasters[0], name="remove", kind=LayerKind.GENERATED, variations=variations)
    state = apply_result(document, layer)
    assert newest_generated(state) == layer.id
    assert state.layers[0] is document.layers[0]
    assert state.layer(layer.id).variations[0].raster is rasters[0]
    assert state.layer(layer.id).variations[1].raster is None

    other = choose_variation(state, layer.id, 1, rasters[1])
    chosen = other.layer(layer.id)
    assert (chosen.raster, chosen.variation) == (rasters[1], 1)
    assert [each.raster for each in chosen.variations] == rasters
    assert choose_variation(other, layer.id, 1, rasters[1]) is other


def test_what_is_no_answer_is_refused(document: DocumentState) -> None:
    with pytest.raises(ValueError, match="no answer"):
        apply_result(document, Layer(raster=empty(document.size), name="x"))
    state = apply_result(document, Layer(raster=empty(document.size), name="x", kind=LayerKind.GENERATED))
    with pytest.raises(IndexError):
        choose_variation(state, state.active, 0, empty(document.size))
    with pytest.raises(ValueError, match="already"):
        add_layer(state, state.layers[0])
    assert newest_generated(document) is None
