"""What is asked about a layer that has gone in the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.whole.app.test_main_job import on_a_loop, studio_at, until

if TYPE_CHECKING:
    from pathlib import Path

    from studio.session.face.views import DocumentView, Notice


@on_a_loop
async def test_what_is_asked_about_a_layer_that_has_gone_does_nothing(tmp_path: Path) -> None:
    said: list[Notice] = []
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        studio.noticed.connect(said.append)
        studio.document.open_sample()
        await until(studio.document_changed, lambda: studio.document_view() is not None)
        studio.perform("layer.duplicate")
        await until(studio.document_changed, lambda: layers(studio.document_view()) == 2)
        view = studio.document_view()
        assert view is not None
        gone = view.layers[0].id
        studio.document.delete_layer(gone)
        studio.document.delete_layer(gone)
        studio.document.set_layer(gone, opacity=0.5)
        studio.document.move_layer(gone, 1)
        await until(studio.document_changed, lambda: layers(studio.document_view()) == 1)
        studio.document.select_layer(gone)
        studio.results.edit_variations(gone)
        await studio.tasks.settle()
        view = studio.document_view()
        assert view is not None
        assert [row.title for row in view.history][-1] == "Delete layer"
    assert [each.problem for each in said if each.problem is not None] == []


def layers(view: DocumentView | None) -> int:
    return 0 if view is None else len(view.layers)
