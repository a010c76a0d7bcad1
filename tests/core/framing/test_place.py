"""Answers of any size find their way back, and outside of the paste mask nothing changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.document.edits import extend_canvas, new_document
from studio.document.layer import Layer, LayerKind
from studio.document.pictures import flattened
from studio.document.results import apply_result
from studio.domain.geometry import Margins, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.request import Outcome, Placement
from studio.framing.crop import extend_box, fit, margins_of
from studio.framing.hole import border_of, hole_of, paste_mask_of
from studio.framing.masks import gray
from studio.framing.place import as_layer, as_mask, cut_out, finish, place, register, same_outside
from studio.imaging.arrays import pixels_of, view
from studio.imaging.masks import mask_of, rectangle
from studio.imaging.resample import pad, resize
from studio.imaging.tiles import read, read_all

DOCUMENT = Size(width=420, height=300)
BOX = Rect(x=60, y=40, width=280, height=200)
PLACEMENT = Placement(document=DOCUMENT, box=BOX, sent=BOX.size)
SIDES = st.integers(32, 120)


def ramp(size: Size) -> Pixels:
    """Blue is twice x and green twice y, so a colour tells where its pixel was."""
    array = np.full((size.height, size.width, 4), 255, np.uint8)
    array[..., 0] = np.arange(size.width) * 2
    array[..., 1] = (np.arange(size.height) * 2)[:, None]
    return pixels_of(array, PixelFormat.BGRA)


def noise(size: Size, seed: int, *, alpha: bool = False) -> Pixels:
    array = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 4), np.uint8)
    if not alpha:
        array[..., 3] = 255
    return pixels_of(array, PixelFormat.BGRA)


def masks() -> Pixels:
    """A paste mask for BOX: a rectangle with a soft rim."""
    painted = rectangle(DOCUMENT, Rect(x=150, y=100, width=80, height=60))
    return read(paste_mask_of(hole_of(painted, 3), 1.5), BOX)


@settings(max_examples=60, deadline=None)
@example(box=Size(width=38, height=84), max_side=32, multiple=8, stretch=(1.25, 1.0), rough=False)
@given(
    box=st.builds(Size, width=SIDES, height=SIDES),
    max_side=st.none() | st.integers(32, 120),
    multiple=st.sampled_from([1, 8, 16]),
    stretch=st.tuples(st.floats(0.5, 3.0), st.floats(0.5, 3.0)),
    rough=st.booleans(),
)
def test_an_answer_of_any_size_comes_back_to_its_place(
    box: Size, max_side: int | None, multiple: int, stretch: tuple[float, float], rough: bool
) -> None:
    found = fit(box, max_side=max_side, multiple=multiple)
    inner = Size(width=found.sent.width - found.padding.right, height=found.sent.height - found.padding.bottom)
    sent = pad(resize(ramp(box), inner), found.padding)
    returned = Size(width=round(sent.size.width * stretch[0]), height=round(sent.size.height * stretch[1]))
    placement = Placement(document=box, box=Rect.of_size(box), sent=found.sent, padding=found.padding)

    back = register(resize(sent, returned), placement, rough=rough)

    assert back.size == box
    error = (view(back)[..., :2].astype(int) - view(ramp(box))[..., :2]) / 2
    coarse = max(2, round(3 * box.width / min(inner.width, returned.width)) + 2)
    middle = error[coarse:-coarse, coarse:-coarse]
    if middle.size:
        assert np.abs(middle).max() <= 1.0
        assert np.abs(middle.mean(axis=(0, 1))).max() <= 0.5


def test_an_answer_as_sent_comes_back_untouched() -> None:
    answer = noise(BOX.size, 1)
    assert register(answer, PLACEMENT) is answer


def test_place_keeps_every_byte_outside_and_takes_the_answer_inside() -> None:
    base, answer, mask = noise(BOX.size, 1), noise(BOX.size, 2), masks()
    placed = view(place(answer, PLACEMENT, base, mask))
    outside, inside = view(mask) == 0, view(mask) == 255
    assert np.array_equal(placed[outside], view(base)[outside])
    assert not np.array_equal(placed[inside], view(base)[inside])
    assert 0 < np.count_nonzero(inside) < np.count_nonzero(~outside) < outside.size


def test_colours_of_an_answer_are_moved_to_the_surroundings() -> None:
    base = resize(noise(Size(width=14, height=10), 3), BOX.size)
    shifted = view(base).copy()
    shifted[..., :3] = np.clip(shifted[..., :3].astype(int) + 12, 0, 255)
    placed = place(pixels_of(shifted, PixelFormat.BGRA), PLACEMENT, base, masks())
    assert np.abs(view(placed).astype(int) - view(base)).mean() < 0.5


@pytest.mark.parametrize("outcome", [Outcome.PASTE, Outcome.CANVAS])
@pytest.mark.parametrize("scale", [1.0, 0.5, 1.7])
def test_the_layer_shows_what_the_finished_picture_does(outcome: Outcome, scale: float) -> None:
    source = noise(DOCUMENT, 1)
    margins = Margins(left=40, top=10, right=25) if outcome is Outcome.CANVAS else Margins()
    box = extend_box(DOCUMENT, margins) if outcome is Outcome.CANVAS else BOX
    placement = Placement(document=DOCUMENT, box=box, sent=box.size)
    mask = read_all(border_of(box, DOCUMENT)) if outcome is Outcome.CANVAS else masks()
    answer = resize(noise(box.size, 2), Size(width=round(box.width * scale), height=round(box.height * scale)))

    finished = finish(source, answer, placement, mask, outcome)
    state = new_document(source)
    raster, shown = as_layer(answer, placement, flattened(state, box), mask, outcome)
    grown = extend_canvas(state, margins)
    layer = Layer(raster=raster, mask=shown, name="x", kind=LayerKind.GENERATED)
    after = flattened(apply_result(grown, layer))

    assert finished.size == after.size == grown.size
    whole_mask = read_all(shown)
    assert same_outside(finished, flattened(grown), whole_mask) == 0
    assert same_outside(after, flattened(grown), whole_mask) == 0
    assert np.abs(view(finished).astype(int) - view(after)).max() <= 1
    assert same_outside(finished, flattened(grown), gray(pixels_of(np.zeros_like(view(whole_mask)), PixelFormat.GRAY)))
    assert margins_of(box, DOCUMENT) == margins


def holey(size: Size, seed: int, form: str) -> Pixels:
    """Noise that is clear, half clear or solid, as in answers without their background."""
    array = view(noise(size, seed, alpha=form == "any")).copy()
    if form == "holes":
        array[: size.height // 2] = 0
        array[:, : size.width // 4, 3] = 0
        array[:, size.width // 4 : size.width // 2, 3] //= 2
    return pixels_of(array, PixelFormat.BGRA)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 1000),
    form=st.sampled_from(["solid", "holes", "any"]),
    below=st.sampled_from(["solid", "holes", "any"]),
    soft=st.sampled_from([0.0, 1.5, 6.0]),
    outcome=st.sampled_from([Outcome.PASTE, Outcome.CANVAS]),
    scale=st.sampled_from([1.0, 0.6]),
)
def test_an_answer_with_alpha_shows_what_the_finished_picture_has_to_the_byte(
    seed: int, form: str, below: str, soft: float, outcome: Outcome, scale: float
) -> None:
    size, part = Size(width=270, height=262), Rect(x=100, y=110, width=160, height=150)
    source = holey(size, seed, below)
    margins = Margins(left=40, top=10, right=25) if outcome is Outcome.CANVAS else Margins()
    box = extend_box(size, margins) if outcome is Outcome.CANVAS else part
    placement = Placement(document=size, box=box, sent=box.size)
    painted = rectangle(size, Rect(x=200, y=210, width=40, height=30))
    pasted = read(paste_mask_of(hole_of(painted, 3), soft), part)
    mask = read_all(border_of(box, size)) if outcome is Outcome.CANVAS else pasted
    answer = holey(Size(width=round(box.width * scale), height=round(box.height * scale)), seed + 1, form)

    finished = finish(source, answer, placement, mask, outcome)
    state = new_document(source)
    raster, shown = as_layer(answer, placement, flattened(state, box), mask, outcome)
    layer = Layer(raster=raster, mask=shown, name="x", kind=LayerKind.GENERATED)
    grown = extend_canvas(state, margins)
    after = flattened(apply_result(grown, layer))

    assert bytes(after.data) == bytes(finished.data)
    assert same_outside(after, flattened(grown), read_all(shown)) == 0


def test_a_layer_holds_the_tiles_of_its_box_alone() -> None:
    document = Size(width=2000, height=1500)
    box = Rect(x=600, y=600, width=300, height=200)
    placement = Placement(document=document, box=box, sent=box.size)
    base, mask = noise(box.size, 1), read_all(rectangle(box.size, Rect(x=50, y=50, width=20, height=20)))
    raster, shown = as_layer(noise(box.size, 2), placement, base, mask)
    assert raster.size == shown.size == document
    assert set(raster.tiles) <= set(box.tiles(256))
    assert set(Rect(x=650, y=650, width=20, height=20).tiles(256)) <= set(raster.tiles)
    assert set(shown.tiles) <= set(raster.tiles)


def test_what_was_cut_out_keeps_its_alpha() -> None:
    answer = noise(DOCUMENT, 4, alpha=True)
    placement = Placement(document=DOCUMENT, box=Rect.of_size(DOCUMENT), sent=DOCUMENT)
    finished = finish(noise(DOCUMENT, 1), answer, placement, None, Outcome.LAYER)
    assert np.array_equal(view(finished), view(answer))
    assert np.array_equal(view(read_all(cut_out(answer, placement))), view(answer))


def test_a_selection_becomes_a_mask() -> None:
    placement = Placement(document=DOCUMENT, box=Rect.of_size(DOCUMENT), sent=DOCUMENT)
    selected = rectangle(DOCUMENT, Rect(x=10, y=20, width=30, height=40))
    half = resize(read_all(selected), Size(width=210, height=150))
    mask = as_mask(half, placement)
    assert mask.size == DOCUMENT
    strength = view(read_all(mask)).astype(int)
    assert np.abs(strength - view(read_all(selected))).mean() < 2
    assert bytes(finish(noise(DOCUMENT, 1), half, placement, None, Outcome.MASK).data) == bytes(read_all(mask).data)


def test_a_picture_of_its_own_stays_as_it_came() -> None:
    answer = noise(Size(width=9, height=7), 1)
    assert finish(noise(DOCUMENT, 2), answer, PLACEMENT, None, Outcome.PICTURE) is answer


def test_another_picture_than_the_one_prepared_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be pasted"):
        finish(noise(Size(width=5, height=5), 1), noise(BOX.size, 2), PLACEMENT, masks(), Outcome.PASTE)
    with pytest.raises(ValueError, match="cannot be pasted"):
        finish(noise(DOCUMENT, 1), noise(BOX.size, 2), PLACEMENT, None, Outcome.PASTE)


def test_the_check_of_the_outside_counts_what_changed() -> None:
    base, mask = noise(BOX.size, 1), masks()
    other = view(base).copy()
    other[0, :7] ^= 1
    middle = np.argwhere(view(mask) > 0)[0]
    other[middle[0], middle[1]] ^= 1
    assert same_outside(base, pixels_of(other, PixelFormat.BGRA), mask) == 7
    with pytest.raises(ValueError, match="does not fit"):
        same_outside(base, base, read_all(rectangle(DOCUMENT, BOX)))


def test_a_mask_that_a_decoder_spread_over_colours_is_read_exactly() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    spread = np.dstack([levels, levels, levels, np.full_like(levels, 255)])
    assert np.array_equal(view(gray(pixels_of(spread, PixelFormat.BGRA))), levels)
    flat = pixels_of(levels, PixelFormat.GRAY)
    assert gray(flat) is flat
    assert np.array_equal(view(read_all(mask_of(flat))), levels)
