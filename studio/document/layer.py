"""A layer: pixels with a place, a strength and a blend mode, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.geometry import Point, Rect
from studio.domain.ids import LayerId

if TYPE_CHECKING:
    from studio.domain.ids import BlobId, JobId, OutputId
    from studio.imaging.tiles import Raster


def mint_layer_id() -> LayerId:
    """A name that no other layer has, in no document: stale ids must never hit another layer."""
    return LayerId(uuid4().hex)


class LayerKind(Enum):
    """Where a layer came from."""

    PICTURE = "picture"
    GENERATED = "generated"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The order behind a generated layer, as the layer list shows it."""

    prompt: str = ""
    model: str = ""
    job: JobId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Variation:
    """One output that the layer can show. `raster` is None until it was shown once; `blob` always holds its bytes."""

    output: OutputId
    blob: BlobId
    seed: int | None = None
    label: str = ""
    raster: Raster | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Compared by identity. `raster` (BGRA, straight alpha) and `mask` (gray, 255 = shown, the same size) lie in layer
    space, whose corner stands at `offset` in document space; both may reach outside of the document. `blend`
    is an OpenRaster name without its `svg:`, "normal" for `svg:src-over`."""

    raster: Raster
    name: str
    id: LayerId = field(default_factory=mint_layer_id)
    offset: Point = field(default_factory=lambda: Point(x=0, y=0))
    opacity: float = 1.0
    blend: str = "normal"
    visible: bool = True
    locked: bool = False
    mask: Raster | None = None
    kind: LayerKind = LayerKind.PICTURE
    origin: Origin | None = None
    variations: tuple[Variation, ...] = ()
    variation: int = 0

    @property
    def replaces(self) -> bool:
        """Whether it takes the place of what is below its mask, for that is what was ordered: the holes of an answer
        that has some are holes in the picture. Something cut out has no mask, and lies over the picture."""
        return self.kind is LayerKind.GENERATED and self.mask is not None

    @property
    def box(self) -> Rect:
        """The whole raster's box (document space)."""
        return Rect.of_size(self.raster.size).translated(self.offset.x, self.offset.y)
