"""Edits of the stack of layers: a state in, a new one out, sharing all that was not touched.

An edit that changes nothing gives back the very same state, so it makes no step in the history. Those that a locked
or hidden layer refuses raise UsageError out of the catalogue; a layer id that the state does not know is a KeyError.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.document.layer import Layer, LayerKind, mint_layer_id
from studio.document.state import DocumentState
from studio.domain.catalogue import trouble
from studio.domain.geometry import Margins, Point, Rect, Size
from studio.imaging.tiles import empty_mask, raster_of, resized_canvas

if TYPE_CHECKING:
    from studio.domain.ids import LayerId
    from studio.domain.pixels import Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerChange:
    """What to set on a layer; None leaves it as it is. Opacity is held within 0 to 1."""

    name: str | None = None
    visible: bool | None = None
    locked: bool | None = None
    opacity: float | None = None
    blend: str | None = None


def new_document(
    pixels: Pixels, name: str = "Original", *, icc: bytes | None = None, profile: str = "sRGB"
) -> DocumentState:
    """A document of one locked layer. Locked, because the picture as it was opened is never changed."""
    layer = Layer(raster=raster_of(pixels), name=name, locked=True)
    return DocumentState(
        size=pixels.size,
        layers=(layer,),
        active=layer.id,
        mask=empty_mask(pixels.size),
        icc=icc,
        profile=profile,
    )


def add_layer(state: DocumentState, layer: Layer) -> DocumentState:
    """The layer put above the active one; it becomes the active one. Raises ValueError where its id is taken."""
    if any(each.id == layer.id for each in state.layers):
        raise ValueError(f"there is a layer {layer.id} already")
    place = state.index(state.active) + 1
    return replace(state, layers=(*state.layers[:place], layer, *state.layers[place:]), active=layer.id)


def paste_layer(state: DocumentState, pixels: Pixels, name: str) -> DocumentState:
    """A picture from elsewhere as a layer, in the middle and never scaled; what reaches outside is kept."""
    offset = Point(x=(state.size.width - pixels.size.width) // 2, y=(state.size.height - pixels.size.height) // 2)
    return add_layer(state, Layer(raster=raster_of(pixels), name=name, offset=offset, kind=LayerKind.PASTED))


def select_layer(state: DocumentState, layer: LayerId) -> DocumentState:
    """The layer becomes the active one. Raises KeyError."""
    state.index(layer)
    return state if state.active == layer else replace(state, active=layer)


def delete_layer(state: DocumentState, layer: LayerId) -> DocumentState:
    """The layer taken off; the one below it (else the one above) becomes active where it was. Raises UsageError where
    it is locked or the last one."""
    index = state.index(layer)
    _refuse_locked(state.layers[index])
    if len(state.layers) == 1:
        raise trouble("layer-last")
    rest = (*state.layers[:index], *state.layers[index + 1 :])
    active = rest[max(0, index - 1)].id if state.active == layer else state.active
    return replace(state, layers=rest, active=active)


def move_layer(state: DocumentState, layer: LayerId, index: int) -> DocumentState:
    """The layer moved to this place from the bottom, held within the stack."""
    moved = state.layer(layer)
    rest = [each for each in state.layers if each is not moved]
    rest.insert(max(0, min(index, len(rest))), moved)
    layers = tuple(rest)
    return state if layers == state.layers else replace(state, layers=layers)


def set_layer(state: DocumentState, layer: LayerId, change: LayerChange) -> DocumentState:
    """Name, eye, lock, opacity or blend mode set. A locked layer takes them too: its pixels stay what they are."""
    old = state.layer(layer)
    new = replace(
        old,
        name=old.name if change.name is None else change.name,
        visible=old.visible if change.visible is None else change.visible,
        locked=old.locked if change.locked is None else change.locked,
        opacity=old.opacity if change.opacity is None else min(1.0, max(0.0, change.opacity)),
        blend=old.blend if change.blend is None else change.blend,
    )
    return state if _attributes(old) == _attributes(new) else with_layer(state, new)


def duplicate_layer(state: DocumentState, layer: LayerId) -> DocumentState:
    """A copy above it, sharing all tiles, not locked; it becomes the active one."""
    old = state.layer(layer)
    copy = replace(old, id=mint_layer_id(), name=f"{old.name} copy", locked=False)
    return add_layer(select_layer(state, layer), copy)


def move_content(state: DocumentState, layer: LayerId, dx: int, dy: int) -> DocumentState:
    """The layer's pixels and its mask moved by document pixels; no tile is touched. Raises UsageError where locked."""
    old = state.layer(layer)
    _refuse_locked(old)
    if (dx, dy) == (0, 0):
        return state
    return with_layer(state, replace(old, offset=_moved(old.offset, dx, dy)))


def extend_canvas(state: DocumentState, margins: Margins) -> DocumentState:
    """The canvas grown on each side (cut where negative). Layers keep all their tiles and only change place; masks
    share theirs where the left and top margins are whole tiles. Raises ValueError where nothing would be left."""
    if margins == Margins():
        return state
    box = Rect.from_edges(
        -margins.left, -margins.top, state.size.width + margins.right, state.size.height + margins.bottom
    )
    if box.is_empty:
        raise ValueError("a document cannot be without pixels")
    return replace(
        state,
        size=Size(width=box.width, height=box.height),
        layers=tuple(replace(each, offset=_moved(each.offset, -box.x, -box.y)) for each in state.layers),
        mask=resized_canvas(state.mask, box),
        masks=tuple(replace(each, raster=resized_canvas(each.raster, box)) for each in state.masks),
    )


def with_layer(state: DocumentState, layer: Layer) -> DocumentState:
    """The layer of the same id replaced. Raises KeyError."""
    index = state.index(layer.id)
    return replace(state, layers=(*state.layers[:index], layer, *state.layers[index + 1 :]))


def _attributes(layer: Layer) -> tuple[str, bool, bool, float, str]:
    return layer.name, layer.visible, layer.locked, layer.opacity, layer.blend


def _moved(offset: Point, dx: int, dy: int) -> Point:
    return Point(x=offset.x + dx, y=offset.y + dy)


def _refuse_locked(layer: Layer) -> None:
    if layer.locked:
        raise trouble("layer-locked", name=layer.name)
