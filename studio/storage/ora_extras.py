"""What our projects hold beside plain OpenRaster, in members below `overpaint/`.

Other programs pass these members over, and drop them when they save. Where one changed the picture and kept them, they
no longer fit: so the record names the checksum of every member that it was made with.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.domain.geometry import Rect, Size  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.storage.state_record import StateRecord  # noqa: TC001  # msgspec resolves the fields' types when it runs

FOLDER = "overpaint/"
STATE = FOLDER + "state.json"
JOBS = FOLDER + "jobs.json"
PROFILE = FOLDER + "profile.icc"
BLOBS = FOLDER + "blobs/"
RASTERS = FOLDER + "rasters/"

STACK = "stack.xml"
MIMETYPE = "mimetype"
MIMETYPE_TEXT = b"image/openraster"
MERGED = "mergedimage.png"
THUMBNAIL = "Thumbnails/thumbnail.png"
THUMBNAIL_SIDE = 256
LAYERS = "data/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterRecord:
    """A raster: its size, whether it is gray, and the PNG that holds its bytes within `box`; empty where nothing is."""

    size: Size
    gray: bool
    box: Rect
    member: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord:
    """The whole of `state.json`. `checks` are CRC-32 sums by member."""

    state: StateRecord
    rasters: tuple[RasterRecord, ...]
    checks: dict[str, int] = field(default_factory=dict[str, int])
