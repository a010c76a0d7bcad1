"""A document as a record of names and numbers, and its rasters beside it. How rasters are kept is others' matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.layer import Layer, LayerKind, Origin, Variation
from studio.document.state import DocumentState, SavedMask
from studio.domain.geometry import Point, Size  # noqa: TC001  # msgspec resolves the fields' types
from studio.domain.ids import BlobId, JobId, LayerId, OutputId  # noqa: TC001  # msgspec resolves the fields' types
from studio.domain.pixels import PixelFormat
from studio.imaging.compose import NORMAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.imaging.tiles import Raster

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRecord:
    """See `studio.document.layer.Origin`."""

    prompt: str = ""
    model: str = ""
    job: JobId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationRecord:
    """See `studio.document.layer.Variation`; its pixels are in the blob."""

    output: OutputId
    blob: BlobId
    seed: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRecord:
    """See `studio.document.layer.Layer`; `raster` and `mask` are places in the list of rasters."""

    id: LayerId
    name: str
    raster: int
    mask: int | None = None
    offset: Point
    opacity: float = 1.0
    blend: str = NORMAL
    visible: bool = True
    locked: bool = False
    kind: str = LayerKind.PICTURE.value
    origin: OriginRecord | None = None
    variations: tuple[VariationRecord, ...] = ()
    variation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskRecord:
    """A saved mask."""

    name: str
    raster: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRecord:
    """See `studio.document.state.DocumentState`."""

    size: Size
    layers: tuple[LayerRecord, ...]
    active: LayerId
    mask: int
    masks: tuple[MaskRecord, ...] = ()
    profile: str = "sRGB"
    version: int = VERSION


class RasterList:
    """The rasters of a document, each once."""

    def __init__(self) -> None:
        self.rasters: list[Raster] = []
        self._places: dict[int, int] = {}

    def place(self, raster: Raster) -> int:
        """The raster's place in the list; it is added where it is not in it."""
        if id(raster) not in self._places:
            self._places[id(raster)] = len(self.rasters)
            self.rasters.append(raster)
        return self._places[id(raster)]


def describe(state: DocumentState) -> tuple[StateRecord, list[Raster]]:
    """The record of a document and the rasters that it counts."""
    found = RasterList()
    record = StateRecord(
        size=state.size,
        layers=tuple(_layer_record(layer, found) for layer in state.layers),
        active=state.active,
        mask=found.place(state.mask),
        masks=tuple(MaskRecord(name=each.name, raster=found.place(each.raster)) for each in state.masks),
        profile=state.profile,
    )
    return record, found.rasters


def restore(record: StateRecord, rasters: Sequence[Raster], icc: bytes | None) -> DocumentState:
    """The document again. Raises ValueError or IndexError where record and rasters do not fit each other."""
    layers = tuple(_layer(each, rasters) for each in record.layers)
    if record.active not in {layer.id for layer in layers} or len({layer.id for layer in layers}) != len(layers):
        raise ValueError("the layers' ids are wrong")
    return DocumentState(
        size=record.size,
        layers=layers,
        active=record.active,
        mask=_mask(rasters[record.mask], record.size),
        masks=tuple(_saved(each, rasters, record.size) for each in record.masks),
        icc=icc,
        profile=record.profile,
    )


def _layer_record(layer: Layer, found: RasterList) -> LayerRecord:
    origin = layer.origin
    return LayerRecord(
        id=layer.id,
        name=layer.name,
        raster=found.place(layer.raster),
        mask=None if layer.mask is None else found.place(layer.mask),
        offset=layer.offset,
        opacity=layer.opacity,
        blend=layer.blend,
        visible=layer.visible,
        locked=layer.locked,
        kind=layer.kind.value,
        origin=None if origin is None else OriginRecord(prompt=origin.prompt, model=origin.model, job=origin.job),
        variations=tuple(_variation_record(each) for each in layer.variations),
        variation=layer.variation,
    )


def _variation_record(variation: Variation) -> VariationRecord:
    return VariationRecord(output=variation.output, blob=variation.blob, seed=variation.seed, label=variation.label)


def _layer(record: LayerRecord, rasters: Sequence[Raster]) -> Layer:
    raster = rasters[record.raster]
    if raster.format is not PixelFormat.BGRA:
        raise ValueError("a layer without colours")
    origin = record.origin
    return Layer(
        raster=raster,
        name=record.name,
        id=record.id,
        offset=record.offset,
        opacity=min(1.0, max(0.0, record.opacity)),
        blend=record.blend,
        visible=record.visible,
        locked=record.locked,
        mask=None if record.mask is None else _mask(rasters[record.mask], raster.size),
        kind=LayerKind(record.kind),
        origin=None if origin is None else Origin(prompt=origin.prompt, model=origin.model, job=origin.job),
        variations=tuple(_variation(each) for each in record.variations),
        variation=record.variation,
    )


def _variation(record: VariationRecord) -> Variation:
    return Variation(output=record.output, blob=record.blob, seed=record.seed, label=record.label)


def _saved(record: MaskRecord, rasters: Sequence[Raster], size: Size) -> SavedMask:
    return SavedMask(name=record.name, raster=_mask(rasters[record.raster], size))


def _mask(raster: Raster, size: Size) -> Raster:
    if raster.format is not PixelFormat.GRAY or raster.size != size:
        raise ValueError("a mask of another size")
    return raster
