"""A model's answer in the document: a layer of its own with its variations, one step of the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.edits import add_layer, with_layer
from studio.document.layer import Layer, LayerKind, Variation

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.ids import LayerId
    from studio.imaging.tiles import Raster


def apply_result(state: DocumentState, layer: Layer) -> DocumentState:
    """A generated layer (document space) put above the active one. The layer shows its `variation`, whose raster it
    remembers, so that coming back to it needs no decoding. Raises ValueError where the layer is no answer."""
    if layer.kind is not LayerKind.GENERATED:
        raise ValueError(f"a layer of kind {layer.kind.value} is no answer of a model")
    if layer.variations:
        layer = replace(layer, variations=_remembering(layer.variations, layer.variation, layer.raster))
    return add_layer(state, layer)


def choose_variation(state: DocumentState, layer: LayerId, index: int, raster: Raster) -> DocumentState:
    """Another variation shown in the same layer, under the same mask; a locked layer takes it too, for nothing is
    lost. Raises IndexError where there is none, ValueError where the raster is of another size."""
    old = state.layer(layer)
    if not 0 <= index < len(old.variations):
        raise IndexError(index)
    if raster.size != old.raster.size:
        raise ValueError(f"a variation of {raster.size} does not fit a layer of {old.raster.size}")
    if raster is old.raster and index == old.variation:
        return state
    variations = _remembering(old.variations, index, raster)
    return with_layer(state, replace(old, raster=raster, variation=index, variations=variations))


def newest_generated(state: DocumentState) -> LayerId | None:
    """The highest generated layer, which comparing with the original leaves out; None where there is none."""
    for layer in reversed(state.layers):
        if layer.kind is LayerKind.GENERATED:
            return layer.id
    return None


def _remembering(variations: tuple[Variation, ...], index: int, raster: Raster) -> tuple[Variation, ...]:
    return (*variations[:index], replace(variations[index], raster=raster), *variations[index + 1 :])
