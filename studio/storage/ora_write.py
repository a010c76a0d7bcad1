"""Writing a project as OpenRaster, so that Krita, GIMP and MyPaint open it as it looks here."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from studio.document.pictures import flattened, picture
from studio.domain.geometry import Point, Rect
from studio.domain.pixels import PixelFormat
from studio.imaging.compose import LayerPicture, flatten
from studio.imaging.paste import clearing
from studio.imaging.png import png
from studio.imaging.resample import resize
from studio.imaging.thumbnails import fitted
from studio.imaging.tiles import content_rect, read
from studio.storage import ora_extras as extras
from studio.storage.ora_stack import StackLayer, write_stack
from studio.storage.records import encode
from studio.storage.state_record import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.document.layer import Layer
    from studio.document.project import Project
    from studio.document.state import DocumentState
    from studio.domain.ids import BlobId
    from studio.imaging.tiles import Raster

EPOCH = (1980, 1, 1, 0, 0, 0)
"""One time for all members, so that the same document gives the same bytes."""
NOTHING = Rect(x=0, y=0, width=0, height=0)
_SPECK = Rect(x=0, y=0, width=1, height=1)


class Writer:
    """The zip file, and the checksum of each member."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.checks: dict[str, int] = {}

    def add(self, name: str, data: bytes) -> None:
        """A member; pictures are stored as they are, texts deflated."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_DEFLATED if name.endswith((".json", ".xml")) else zipfile.ZIP_STORED
        self._zip.writestr(info, data)
        self.checks[name] = zlib.crc32(data)

    def close(self) -> None:
        """Write the list of members."""
        self._zip.close()

    def give_up(self) -> None:
        """Let go of the file after an error, which writing the list of members would only meet again."""
        with contextlib.suppress(OSError, ValueError):
            self._zip.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Where a raster of the document lies in the file."""

    member: str
    box: Rect


def write_project(file: IO[bytes], project: Project, blob: Callable[[BlobId], bytes | None]) -> None:
    """All of a project into a file that can seek. `blob` gives a variation's bytes, None where they are lost.

    Raises what writing raises (OSError).
    """
    writer = Writer(file)
    try:
        writer.add(extras.MIMETYPE, extras.MIMETYPE_TEXT)
        kept = _write_layers(writer, project.state)
        _write_pictures(writer, project.state)
        _write_extras(writer, project, kept)
        _write_blobs(writer, project.state, blob)
    except BaseException:
        writer.give_up()
        raise
    writer.close()


def _write_layers(writer: Writer, state: DocumentState) -> dict[int, _Kept]:
    """Each layer's PNG and stack.xml; which rasters are in the file with that, by identity."""
    rows: list[StackLayer] = []
    kept: dict[int, _Kept] = {}
    for number, layer in enumerate(state.layers):
        member = f"{extras.LAYERS}layer{number:03}.png"
        box = content_rect(layer.raster)
        rows.extend(_write_clearing(writer, layer, f"{extras.LAYERS}layer{number:03}-clear.png", state.icc))
        writer.add(member, _layer_png(layer, box, state.icc))
        if layer.mask is None:
            kept[id(layer.raster)] = _Kept(member=member, box=box)
        rows.append(_row(layer, member, box, selected=layer.id == state.active))
    writer.add(extras.STACK, write_stack(state.size, rows))
    return kept


def _write_clearing(writer: Writer, layer: Layer, member: str, icc: bytes | None) -> Iterable[StackLayer]:
    """For a layer that makes what is below it clear: one more below it that does so in other programs."""
    mask = picture(layer).instead
    if mask is None or not mask.tiles:
        return
    box = content_rect(mask)
    pixels = clearing(read(layer.raster, box), read(mask, box), layer.opacity)
    if pixels is not None:
        writer.add(member, png(pixels, icc=icc))
        yield replace(_row(layer, member, box, selected=False), opacity=1.0, blend="dst-out")


def _layer_png(layer: Layer, box: Rect, icc: bytes | None) -> bytes:
    """The layer as others shall see it: its pixels with its own mask worked in."""
    masked = LayerPicture(raster=layer.raster, mask=layer.mask)
    shown = _SPECK if box.is_empty else box
    pixels = read(layer.raster, shown) if layer.mask is None else flatten((masked,), shown)
    return png(pixels, icc=icc)


def _row(layer: Layer, member: str, box: Rect, *, selected: bool) -> StackLayer:
    corner = Point(x=layer.offset.x + box.x, y=layer.offset.y + box.y)
    return StackLayer(
        name=layer.name,
        source=member,
        x=corner.x,
        y=corner.y,
        opacity=layer.opacity,
        visible=layer.visible,
        blend=layer.blend,
        locked=layer.locked,
        selected=selected,
    )


def _write_pictures(writer: Writer, state: DocumentState) -> None:
    whole = flattened(state)
    small = resize(whole, fitted(whole.size, extras.THUMBNAIL_SIDE))
    writer.add(extras.THUMBNAIL, png(small))
    writer.add(extras.MERGED, png(whole, icc=state.icc))


def _write_extras(writer: Writer, project: Project, kept: dict[int, _Kept]) -> None:
    state = project.state
    record, rasters = describe(state)
    rows = tuple(_write_raster(writer, number, raster, kept) for number, raster in enumerate(rasters))
    if state.icc is not None:
        writer.add(extras.PROFILE, state.icc)
    used = {row.member for row in rows if row.member} | {extras.STACK, extras.PROFILE}
    # A masked layer's own PNG is none of these rasters, and another program may have painted on it all the same.
    checks = {name: check for name, check in writer.checks.items() if name in used or name.startswith(extras.LAYERS)}
    whole = extras.ProjectRecord(state=record, rasters=rows, checks=checks)
    writer.add(extras.STATE, encode(whole).encode())
    writer.add(extras.JOBS, encode(project.jobs).encode())


def _write_raster(writer: Writer, number: int, raster: Raster, kept: dict[int, _Kept]) -> extras.RasterRecord:
    """A raster's row, and its PNG where no layer's PNG holds it already."""
    box = content_rect(raster)
    gray = raster.format is PixelFormat.GRAY
    if id(raster) in kept:
        return extras.RasterRecord(size=raster.size, gray=gray, box=box, member=kept[id(raster)].member)
    if box.is_empty:
        return extras.RasterRecord(size=raster.size, gray=gray, box=NOTHING)
    member = f"{extras.RASTERS}{number:03}.png"
    writer.add(member, png(read(raster, box)))
    return extras.RasterRecord(size=raster.size, gray=gray, box=box, member=member)


def _write_blobs(writer: Writer, state: DocumentState, blob: Callable[[BlobId], bytes | None]) -> None:
    for each in sorted(set(_blobs(state))):
        data = blob(each)
        if data is not None:
            writer.add(extras.BLOBS + each, data)


def _blobs(state: DocumentState) -> Iterable[BlobId]:
    for layer in state.layers:
        for variation in layer.variations:
            yield variation.blob
