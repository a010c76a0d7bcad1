"""Other variations of an applied layer, in a document that goes on being worked on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.document.edits import duplicate_layer, extend_canvas, with_layer
from studio.document.pictures import flattened
from studio.domain.geometry import Margins, Point, Rect
from studio.imaging.arrays import view
from studio.imaging.tiles import read_all
from tests.core.session.window import GROWER, HOLE, NANO, SIZE

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.ids import LayerId
    from studio.imaging.arrays import Bytes
    from studio.session.face.views import DocumentView
    from tests.core.session.window import Window, Work

MARGINS = Margins(left=70, top=30, right=10)


async def look(at: Window) -> None:
    """Look at the variations of the active layer."""
    at.studio.perform("layer.variations")
    await at.rest()
    view = at.studio.staging_view()
    assert view is not None
    assert view.layer == at.state.active


async def choose(at: Window, index: int) -> None:
    """The active layer shows this variation from now on."""
    await look(at)
    at.studio.results.show_variation(index)
    await at.rest()
    view = at.studio.staging_view()
    assert view is not None
    assert view.can_apply
    assert view.variations[index].thumbnail is not None
    assert view.note in ("nothing changed outside the mask", "the picture itself is unchanged")
    at.studio.perform("staging.apply")
    await at.rest()
    assert at.studio.staging_view() is None


def forget(at: Window, layer: LayerId) -> None:
    """As after the project was opened again, on another machine: the pictures that were ordered are there alone."""
    held = at.state.layer(layer)
    rows = tuple(replace(each, raster=None) for each in held.variations)
    at.studio.editor.push("Forget", with_layer(at.state, replace(held, variations=rows)))
    ours = {each.blob for each in rows}
    at.blobs.kept = {blob: data for blob, data in at.blobs.kept.items() if blob in ours}


def seen(state: DocumentState, box: Rect | None = None) -> Bytes:
    return view(flattened(state, box))


class TestGrown:
    """The canvas has grown since."""

    @pytest.mark.parametrize("forgotten", [False, True])
    def test_a_variation_looks_as_it_would_have_and_nothing_else_changes(self, work: Work, *, forgotten: bool) -> None:
        async def story(at: Window) -> None:
            at.mask()
            _, layer = await at.applied(2)
            await choose(at, 1)
            wanted = seen(at.state)
            at.studio.perform("edit.undo")
            before = seen(at.state)
            if forgotten:
                forget(at, layer)
            at.studio.editor.push("Extend", extend_canvas(at.state, MARGINS))
            grown = seen(at.state)
            await choose(at, 1)
            old = Rect(x=MARGINS.left, y=MARGINS.top, width=SIZE.width, height=SIZE.height)
            assert np.array_equal(seen(at.state, old), wanted)
            assert not np.array_equal(wanted, before)
            mask = at.state.layer(layer).mask
            assert mask is not None
            pasted = np.zeros(grown.shape[:2], bool)
            pasted[old.y : old.bottom, old.x : old.right] = view(read_all(mask)) > 0
            assert np.array_equal(seen(at.state)[~pasted], grown[~pasted])
            await choose(at, 0)
            assert np.array_equal(seen(at.state), grown)

        work(story)

    @pytest.mark.parametrize("forgotten", [False, True])
    def test_what_grew_it_has_variations_too_and_the_old_picture_stays(self, work: Work, *, forgotten: bool) -> None:
        async def story(at: Window) -> None:
            picture = seen(at.state)
            at.studio.form.set_model(GROWER.id, NANO)
            at.studio.document.set_extend(MARGINS)
            _, layer = await at.applied(2)
            first = seen(at.state)
            assert at.state.size != SIZE
            if forgotten:
                forget(at, layer)
            await choose(at, 1)
            second = seen(at.state)
            top, left = MARGINS.top, MARGINS.left
            for each in (first, second):
                assert np.array_equal(each[top:, left : left + SIZE.width], picture)
            assert (first != second).any(axis=2)[:top].mean() > 0.9
            await choose(at, 0)
            assert np.array_equal(seen(at.state), first)

        work(story)


def test_a_variation_of_a_layer_that_was_moved_is_matched_to_where_it_lies(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        _, layer = await at.applied(2)
        forget(at, layer)
        at.studio.document.move_content(-100, 70)
        await at.rest()
        before = seen(at.state)
        await choose(at, 1)
        after = seen(at.state)
        rows, columns = np.nonzero((after != before).any(axis=2))
        there = HOLE.translated(-100, 70).grown(12)
        assert there.contains(Rect.from_edges(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
        assert at.state.layer(layer).offset == Point(x=-100, y=70)

    work(story)


def test_what_the_layer_shows_already_is_applied_without_a_step(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        await at.applied(2)
        state = at.state
        await choose(at, 0)
        assert at.state is state
        assert at.studio.tool_view().overlay_shown

    work(story)


class TestGone:
    """What was looked at went away under it."""

    @pytest.mark.parametrize("command", ["edit.undo", "layer.delete", "layer.merge-down"])
    def test_a_layer_that_goes_ends_the_look_and_everybody_hears_of_it(self, work: Work, command: str) -> None:
        async def story(at: Window) -> None:
            at.studio.perform("layer.duplicate")
            at.mask()
            await at.applied(2)
            await look(at)
            told: list[DocumentView | None] = []
            at.studio.document_changed.connect(told.append)
            at.studio.perform(command)
            await at.rest()
            assert at.studio.staging_view() is None
            assert told[-1] is not None
            assert len(told[-1].layers) == len(at.state.layers) == 2
            assert at.studio.tool_view().overlay_shown
            at.studio.perform("staging.apply")
            assert len(at.state.layers) == 2

        work(story)

    def test_so_does_a_layer_that_takes_another_one_in(self, work: Work) -> None:
        async def story(at: Window) -> None:
            at.mask()
            _, layer = await at.applied(2)
            at.studio.editor.push("Duplicate", duplicate_layer(at.state, layer))
            at.studio.document.select_layer(layer)
            await look(at)
            at.studio.document.select_layer(at.state.layers[-1].id)
            at.studio.perform("layer.merge-down")
            await at.rest()
            assert at.state.found(layer) is not None
            assert at.studio.staging_view() is None

        work(story)

    def test_a_layer_that_stays_is_looked_at_through_an_undo(self, work: Work) -> None:
        async def story(at: Window) -> None:
            at.mask()
            await at.applied(2)
            at.studio.perform("layer.toggle")
            await at.rest()
            await look(at)
            at.studio.perform("edit.undo")
            await at.rest()
            view = at.studio.staging_view()
            assert view is not None
            assert view.can_apply

        work(story)


def test_a_variation_with_holes_makes_the_picture_clear_and_one_without_fills_it_again(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        before = seen(at.state)
        at.holes = frozenset({1})
        _, layer = await at.applied(3)
        solid = seen(at.state)
        assert solid[..., 3].min() == 255
        await choose(at, 1)
        mask = at.state.layer(layer).mask
        assert mask is not None
        inside, left = view(read_all(mask)), slice(0, SIZE.width // 2)
        assert (inside[:, left] == 255).any()
        assert not seen(at.state)[:, left, 3][inside[:, left] == 255].any()
        assert np.array_equal(seen(at.state)[inside == 0], before[inside == 0])
        clear = seen(at.state)
        shown = at.studio.canvas.picture(Rect.of_size(SIZE), 0)
        assert any(view(tile.pixels)[..., 3].min() == 0 for tile in shown), "the canvas shows it as well"
        await choose(at, 2)
        assert seen(at.state)[..., 3].min() == 255
        at.studio.perform("edit.undo")
        await at.rest()
        assert np.array_equal(seen(at.state), clear)
        at.studio.perform("edit.undo")
        await at.rest()
        assert np.array_equal(seen(at.state), solid)

    work(story)
