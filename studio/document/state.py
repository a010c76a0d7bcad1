"""The document as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.geometry import Rect

if TYPE_CHECKING:
    from studio.document.layer import Layer
    from studio.domain.geometry import Size
    from studio.domain.ids import LayerId
    from studio.imaging.tiles import Raster


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SavedMask:
    """A mask kept under a name; gray, the document's size."""

    name: str
    raster: Raster


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentState:
    """Compared by identity. `layers` run from bottom to top, never empty; `mask` is gray, the document's size, 255 =
    will change. `icc` is the colour profile as read, `profile` its name for people."""

    size: Size
    layers: tuple[Layer, ...]
    active: LayerId
    mask: Raster
    masks: tuple[SavedMask, ...] = ()
    icc: bytes | None = None
    profile: str = "sRGB"

    @property
    def box(self) -> Rect:
        """The document's own box, its corner at 0, 0."""
        return Rect.of_size(self.size)

    def index(self, layer: LayerId) -> int:
        """The layer's place from the bottom. Raises KeyError where there is none of this id."""
        for index, each in enumerate(self.layers):
            if each.id == layer:
                return index
        raise KeyError(layer)

    def layer(self, layer: LayerId) -> Layer:
        """The layer of this id. Raises KeyError where there is none."""
        return self.layers[self.index(layer)]

    def found(self, layer: LayerId) -> Layer | None:
        """The layer of this id, None where it has gone."""
        return next((each for each in self.layers if each.id == layer), None)
