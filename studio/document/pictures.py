"""What a state looks like: its layers as the compositor takes them, and merging two into one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.diff import bounds
from studio.document.layer import Layer, LayerKind
from studio.domain.catalogue import trouble
from studio.domain.geometry import Point
from studio.imaging.compose import NORMAL, LayerPicture, flatten
from studio.imaging.paste import unmixed
from studio.imaging.tiles import raster_of, solid

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.geometry import Rect
    from studio.domain.ids import LayerId
    from studio.domain.pixels import Pixels


def pictures(state: DocumentState, without: LayerId | None = None) -> tuple[LayerPicture, ...]:
    """The layers for `imaging.compose`, lowest first, one of them left out where asked."""
    return tuple(picture(each) for each in state.layers if each.id != without)


def picture(layer: Layer) -> LayerPicture:
    """One layer for `imaging.compose`."""
    return LayerPicture(
        raster=layer.raster,
        offset=layer.offset,
        opacity=layer.opacity,
        blend=layer.blend,
        visible=layer.visible,
        mask=layer.mask,
        replaces=layer.replaces,
    )


def flattened(state: DocumentState, box: Rect | None = None, without: LayerId | None = None) -> Pixels:
    """What is seen in a box (document space, the whole document by default): BGRA, straight alpha, zero where nothing
    is. For a worker thread."""
    return flatten(pictures(state, without), state.box if box is None else box)


def merge_down(state: DocumentState, layer: LayerId) -> DocumentState:
    """The layer painted onto the one below it, whose name and id stay; for a worker thread.

    The lower one's mask is worked into its pixels; so is its opacity where it blends as Normal, else both stay as
    they are for the two together. One that replaces goes on doing so, for its holes are seen. Raises UsageError where
    it is the lowest one, the lower one is locked or either is hidden.
    """
    index = state.index(layer)
    upper = state.layers[index]
    if index == 0:
        raise trouble("layer-lowest", name=upper.name)
    lower = state.layers[index - 1]
    _refuse(upper, lower)
    merged = _merged(upper, lower)
    return replace(state, layers=(*state.layers[: index - 1], merged, *state.layers[index + 1 :]), active=lower.id)


def _refuse(upper: Layer, lower: Layer) -> None:
    if lower.locked:
        raise trouble("layer-locked", name=lower.name)
    for each in (upper, lower):
        if not each.visible:
            raise trouble("layer-hidden", name=each.name)


def _merged(upper: Layer, lower: Layer) -> Layer:
    box = bounds(lower).united(bounds(upper))
    if box.is_empty:
        return lower
    ground = picture(lower) if lower.blend == NORMAL else replace(picture(lower), opacity=1.0, blend=NORMAL)
    pixels, mask = flatten((ground, picture(upper)), box), None
    if ground.instead is not None:
        pixels, mask = unmixed(pixels, flatten((_taken(ground), _taken(picture(upper))), box))
    return replace(
        lower,
        raster=raster_of(pixels),
        offset=Point(x=box.x, y=box.y),
        opacity=1.0 if lower.blend == NORMAL else lower.opacity,
        mask=None if mask is None else raster_of(mask),
        kind=LayerKind.PICTURE if mask is None else lower.kind,
        variations=(),
        variation=0,
    )


def _taken(layer: LayerPicture) -> LayerPicture:
    """How much of what is below the layer takes the place of, as its alpha."""
    mask = layer.instead
    return replace(layer, blend=NORMAL) if mask is None else replace(layer, raster=solid(mask), replaces=False)
