"""Layers and masks: every edit of `DocumentFace` that is not about files. Heavy ones run in the pool."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from studio.document import edits
from studio.document.edits import LayerChange
from studio.document.masked import with_mask
from studio.document.pictures import merge_down
from studio.framing.masks import mask_pixels, read_mask
from studio.imaging.encode import png
from studio.imaging.masks import feather, from_alpha, grow, invert
from studio.imaging.tiles import empty_mask, full_mask, resized_canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.document.state import DocumentState
    from studio.domain.ids import LayerId
    from studio.imaging.decode import Decoded
    from studio.imaging.tiles import Raster
    from studio.session.editing import Editing
    from studio.session.ports import Files, Offload
    from studio.session.tasks import Tasks

MEGAPIXELS = 300


class Layering:
    """Each method is one step of the history; a dragged slider is one step too. What is asked about a layer that has
    gone since then does nothing: a key may be pressed twice before the list shows what the first one did."""

    def __init__(self, editing: Editing, offload: Offload, files: Files, tasks: Tasks) -> None:
        self._editor = editing.editor
        self._editing = editing
        self._offload = offload
        self._files = files
        self._tasks = tasks

    def set_layer(
        self,
        layer: LayerId,
        *,
        name: str | None = None,
        visible: bool | None = None,
        locked: bool | None = None,
        opacity: float | None = None,
        blend: str | None = None,
    ) -> None:
        """What is None stays as it is."""
        change = LayerChange(name=name, visible=visible, locked=locked, opacity=opacity, blend=blend)
        title = _title(change)
        self._edit_layer(layer, title, lambda state: edits.set_layer(state, layer, change), key=f"{title}-{layer}")

    def select_layer(self, layer: LayerId) -> None:
        """Not a step of the history: it changes no pixel."""
        self._editing.now(lambda: self._select(layer))

    def _select(self, layer: LayerId) -> None:
        state = self._editor.state
        if state is not None and state.found(layer) is not None:
            self._editor.amend(edits.select_layer(state, layer))

    def move_layer(self, layer: LayerId, row: int) -> None:
        """To this row of the list, top layer first."""
        self._edit_layer(layer, "Move layer", lambda state: edits.move_layer(state, layer, len(state.layers) - 1 - row))

    def move_content(self, dx: int, dy: int) -> None:
        """Shift the active layer."""
        self._editing.edit("Move layer content", lambda state: edits.move_content(state, state.active, dx, dy))

    def delete_layer(self, layer: LayerId) -> None:
        """Take it off."""
        self._edit_layer(layer, "Delete layer", lambda state: edits.delete_layer(state, layer))

    def duplicate(self) -> None:
        """The active layer once more."""
        self._editing.edit("Duplicate layer", lambda state: edits.duplicate_layer(state, state.active))

    def toggle(self) -> None:
        """Show or hide the active layer."""
        self._editing.now(self._toggle)

    def _toggle(self) -> None:
        state = self._editor.state
        if state is not None:
            change = LayerChange(visible=not state.layer(state.active).visible)
            title = _title(change)
            self._editor.push(title, edits.set_layer(state, state.active, change), key=f"{title}-{state.active}")

    def shift(self, by: int) -> None:
        """The active layer up (1) or down (-1) in the stack."""

        def shifted(state: DocumentState) -> DocumentState:
            return edits.move_layer(state, state.active, state.index(state.active) + by)

        self._editing.edit("Move layer", shifted)

    def merge_down(self) -> None:
        """The active layer into the one below."""
        self._editing.edit_in_pool("Merge down", lambda state: merge_down(state, state.active))

    def _edit_layer(
        self, layer: LayerId, title: str, edit: Callable[[DocumentState], DocumentState], key: str | None = None
    ) -> None:
        self._editing.edit(title, lambda state: state if state.found(layer) is None else edit(state), key=key)

    # masks

    def clear_mask(self) -> None:
        """Nothing masked."""
        self._mask("Clear mask", lambda mask: empty_mask(mask.size))

    def fill_mask(self) -> None:
        """Everything masked."""
        self._mask("Mask everything", lambda mask: full_mask(mask.size))

    def invert_mask(self) -> None:
        """The other way round."""
        self._mask("Invert mask", invert)

    def grow_mask(self, pixels: int) -> None:
        """Shrinks where negative."""
        self._mask("Grow mask" if pixels > 0 else "Shrink mask", lambda mask: grow(mask, pixels))

    def feather_mask(self, pixels: float) -> None:
        """Soften the edge."""
        self._mask("Feather mask", lambda mask: feather(mask, pixels))

    def mask_from_layer(self) -> None:
        """As strong as the active layer is opaque."""
        self._editing.edit_in_pool("Mask from layer", _masked_by_layer)

    def _mask(self, title: str, work: Callable[[Raster], Raster]) -> None:
        self._editing.edit_in_pool(title, lambda state: with_mask(state, work(state.mask)))

    def load_mask(self, path: str) -> None:
        """From a picture of the document's size."""
        self._tasks.spawn(self._load_mask(path))

    async def _load_mask(self, path: str) -> None:
        document = self._editor.document
        data = await self._offload.compute(self._files.read, path)
        picture = cast("Decoded", await self._offload.decode(data, os.path.basename(path), megapixels=MEGAPIXELS))
        if self._editor.document is document:
            pixels = picture.pixels
            self._editing.edit_in_pool("Load mask", lambda state: with_mask(state, read_mask(pixels, state.size)))

    def save_mask(self, path: str) -> None:
        """As a gray PNG; white is what will change."""
        state = self._editor.state
        if state is not None:
            self._tasks.spawn(self._save_mask(state, path))

    async def _save_mask(self, state: DocumentState, path: str) -> None:
        target = path if path.lower().endswith(".png") else path + ".png"
        data = await self._offload.compute(lambda: png(mask_pixels(state.mask)))
        await self._offload.write(self._files.write, target, data)


def _title(change: LayerChange) -> str:
    if change.opacity is not None:
        return "Layer opacity"
    if change.blend is not None:
        return "Blend mode"
    if change.visible is not None:
        return "Show layer" if change.visible else "Hide layer"
    if change.locked is not None:
        return "Lock layer" if change.locked else "Unlock layer"
    return "Rename layer"


def _masked_by_layer(state: DocumentState) -> DocumentState:
    layer = state.layer(state.active)
    box = state.box.translated(-layer.offset.x, -layer.offset.y)
    alpha = from_alpha(resized_canvas(layer.raster, box))
    return with_mask(state, alpha)
