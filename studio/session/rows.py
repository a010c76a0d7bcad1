"""The document as its view: layer rows with thumbnails, masks, history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.diff import bounds
from studio.document.layer import LayerKind
from studio.document.pictures import picture
from studio.framing.hole import FAINT
from studio.imaging.compose import flatten
from studio.imaging.masks import box, share
from studio.imaging.thumbnails import thumbnail
from studio.imaging.tiles import read_all
from studio.session.face.views import DocumentView, HistoryRow, LayerRow, MaskRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.document.layer import Layer
    from studio.document.state import DocumentState, SavedMask
    from studio.domain.geometry import Rect
    from studio.domain.ids import LayerId
    from studio.domain.pixels import Pixels
    from studio.imaging.tiles import Raster
    from studio.session.editor import Editor
    from studio.session.ports import Offload
    from studio.session.tasks import Tasks

THUMBNAIL = 64


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    raster: Raster
    mask: Raster | None
    thumbnail: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class _Masked:
    mask: Raster
    share: float
    box: Rect | None


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    raster: Raster
    row: MaskRow


class Rows:
    """Makes thumbnails and the share of the mask in the pool; the view has the last ones until new ones come."""

    def __init__(
        self, editor: Editor, offload: Offload, tasks: Tasks, model_name: Callable[[str], str], tell: Callable[[], None]
    ) -> None:
        self._editor = editor
        self._offload = offload
        self._tasks = tasks
        self._model_name = model_name
        self._tell = tell
        self._faces: dict[LayerId, _Face] = {}
        self._masks: dict[str, _Kept] = {}
        self._masked: _Masked | None = None
        self._working = False

    def view(self) -> DocumentView | None:
        """The document's view; asks for what is out of date."""
        document, state = self._editor.document, self._editor.state
        if document is None or state is None:
            self._faces.clear()
            self._masks.clear()
            self._masked = None
            return None
        self._ask(state)
        history = document.history
        return DocumentView(
            title=document.title,
            size=state.size,
            key=document.key,
            profile=state.profile,
            dirty=history.is_dirty,
            path=document.path,
            saved_at=document.saved_at,
            layers=tuple(self._row(layer) for layer in reversed(state.layers)),
            active=state.active,
            masked=self.masked(),
            mask_box=self._masked.box if self._masked and state.mask.tiles else None,
            masks=tuple(self._kept_row(each) for each in state.masks),
            history=tuple(HistoryRow(title=step.title, index=index) for index, step in enumerate(history.steps)),
            history_index=history.index,
        )

    def masked(self) -> float:
        """The share of the picture that is masked; a hair over nothing until it was counted."""
        state = self._editor.state
        if state is None or not state.mask.tiles:
            return 0.0
        if self._masked is None or self._masked.mask.size != state.size:
            return 1e-6
        return max(self._masked.share, 1e-6)

    def mask_box(self) -> Rect | None:
        """The box around what is masked, as last measured."""
        state = self._editor.state
        if state is None or not state.mask.tiles or self._masked is None or self._masked.mask.size != state.size:
            return None
        return self._masked.box

    def _row(self, layer: Layer) -> LayerRow:
        face = self._faces.get(layer.id)
        return LayerRow(
            id=layer.id,
            name=layer.name,
            note=self._note(layer),
            visible=layer.visible,
            locked=layer.locked,
            opacity=layer.opacity,
            blend=layer.blend,
            variations=len(layer.variations),
            thumbnail=face.thumbnail if face else None,
        )

    def _kept_row(self, mask: SavedMask) -> MaskRow:
        """Until it is measured, what is known of the one that had its name."""
        known = self._masks.get(mask.name)
        return MaskRow(name=mask.name, share=0.0) if known is None else known.row

    def _measured_now(self, mask: SavedMask) -> bool:
        known = self._masks.get(mask.name)
        return known is not None and known.raster is mask.raster

    def _note(self, layer: Layer) -> str:
        if layer.kind is LayerKind.GENERATED:
            made = self._model_name(layer.origin.model) if layer.origin else "generated"
            if made == layer.name:
                made = "generated"
            count = len(layer.variations)
            return f"{made} · {count} variations" if count > 1 else made
        if layer.locked and layer.kind is LayerKind.PICTURE:
            return "original, never changed"
        return f"{layer.blend.replace('-', ' ').capitalize()} · {round(layer.opacity * 100)} %"

    def _ask(self, state: DocumentState) -> None:
        if not self._working and self._stale(state):
            self._working = True
            self._tasks.spawn(self._renew())

    def _stale(self, state: DocumentState) -> bool:
        return (
            any(not self._fresh(layer) for layer in state.layers)
            or self._masked is None
            or self._masked.mask is not state.mask
            or any(not self._measured_now(each) for each in state.masks)
        )

    def _fresh(self, layer: Layer) -> bool:
        face = self._faces.get(layer.id)
        return face is not None and face.raster is layer.raster and face.mask is layer.mask

    async def _renew(self) -> None:
        try:
            while (state := self._editor.state) is not None and self._stale(state):
                for layer in state.layers:
                    if not self._fresh(layer):
                        small = await self._offload.compute(_layer_thumbnail, layer, state)
                        self._faces[layer.id] = _Face(layer.raster, layer.mask, small)
                self._masked = await self._offload.compute(_measured, state.mask)
                for each in state.masks:
                    if not self._measured_now(each):
                        row = await self._offload.compute(_mask_row, each.name, each.raster)
                        self._masks[each.name] = _Kept(each.raster, row)
        finally:
            self._working = False
        self._tell()


def _layer_thumbnail(layer: Layer, state: DocumentState) -> Pixels:
    """Of what the layer covers, not of the whole canvas: a patch would be a speck there."""
    covered = bounds(layer).intersected(state.box)
    return thumbnail(flatten((picture(layer),), state.box if covered.is_empty else covered), THUMBNAIL)


def _measured(mask: Raster) -> _Masked:
    return _Masked(mask, share(mask), box(mask, FAINT))


def _mask_row(name: str, mask: Raster) -> MaskRow:
    return MaskRow(name=name, share=share(mask), thumbnail=thumbnail(read_all(mask), THUMBNAIL))
