"""Other variations of an applied layer, in a document that goes on being worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.document.edits import duplicate_layer

if TYPE_CHECKING:
    from studio.session.face.views import DocumentView
    from tests.core.session.window import Window, Work


async def look(at: Window) -> None:
    """Look at the variations of the active layer."""
    at.studio.perform("layer.variations")
    await at.rest()
    view = at.studio.staging_view()
    assert view is not None
    assert view.layer == at.state.active


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
