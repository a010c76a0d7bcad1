"""What two states differ in, by the identity of layers, rasters and tiles: no pixel is looked at."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Rect
from studio.imaging.tiles import changed, content_rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.document.layer import Layer
    from studio.document.state import DocumentState
    from studio.domain.ids import LayerId

NOTHING = Rect(x=0, y=0, width=0, height=0)


def difference(before: DocumentState, after: DocumentState) -> Changes:
    """What a view must show anew: one rectangle (space of `after`) around all pixels and masked places that may
    differ, and the kinds of things that do. Equal states give an empty rectangle and no kind."""
    if before is after:
        return Changes(rect=NOTHING, touched=Touched(0))
    if before.size != after.size:
        return Changes(rect=before.box.united(after.box), touched=Touched.EVERYTHING)
    picture = _pictures(before.layers, after.layers).intersected(after.box)
    mask = changed(before.mask, after.mask)
    touched = Touched(0)
    if not picture.is_empty:
        touched |= Touched.PIXELS
    if not mask.is_empty:
        touched |= Touched.MASK
    if (before.layers, before.active, before.masks) != (after.layers, after.active, after.masks):
        touched |= Touched.LAYERS
    return Changes(rect=picture.united(mask), touched=touched)


def bounds(layer: Layer) -> Rect:
    """The box around the layer's tiles (document space): outside of it the layer has no pixel, and clears none."""
    filled = content_rect(layer.raster)
    if layer.mask is not None and layer.replaces:
        filled = filled.united(content_rect(layer.mask))
    return filled.translated(layer.offset.x, layer.offset.y)


def _pictures(before: Sequence[Layer], after: Sequence[Layer]) -> Rect:
    if before is after:
        return NOTHING
    old = {layer.id: layer for layer in before}
    new = {layer.id: layer for layer in after}
    gone = [layer for layer in before if layer.id not in new]
    come = [layer for layer in after if layer.id not in old]
    staying = _union(_layer(old[each], new[each]) for each in old.keys() & new.keys())
    return _union([staying, *map(_shown, gone), *map(_shown, come), _reordered(before, after)])


def _layer(before: Layer, after: Layer) -> Rect:
    if before is after or not (before.visible or after.visible):
        return NOTHING
    if _look(before) != _look(after):
        return _shown(before).united(_shown(after))
    pixels = changed(before.raster, after.raster)
    if before.mask is not after.mask:
        pixels = pixels.united(_mask(before, after))
    return pixels.translated(after.offset.x, after.offset.y)


def _mask(before: Layer, after: Layer) -> Rect:
    if before.mask is None or after.mask is None:
        return content_rect(before.raster).united(content_rect(after.raster))
    return changed(before.mask, after.mask)


def _look(layer: Layer) -> tuple[object, ...]:
    return layer.visible, layer.opacity, layer.blend, layer.offset, layer.raster.size


def _shown(layer: Layer) -> Rect:
    return bounds(layer) if layer.visible else NOTHING


def _reordered(before: Sequence[Layer], after: Sequence[Layer]) -> Rect:
    """The layers between the ends of the stack that kept their order."""
    both = {layer.id for layer in before} & {layer.id for layer in after}
    old = [layer for layer in before if layer.id in both]
    new = [layer for layer in after if layer.id in both]
    start, end = _kept_ends([layer.id for layer in old], [layer.id for layer in new])
    return _union(map(_shown, [*old[start:end], *new[start:end]]))


def _kept_ends(before: Sequence[LayerId], after: Sequence[LayerId]) -> tuple[int, int]:
    places = [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    return (places[0], places[-1] + 1) if places else (0, 0)


def _union(boxes: Iterable[Rect]) -> Rect:
    return reduce(Rect.united, boxes, NOTHING)
