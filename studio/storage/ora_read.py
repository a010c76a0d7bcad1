"""Reading OpenRaster files, ours and others'. The file may be anybody's: every member is read under a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from studio.document.project import Project
from studio.domain.catalogue import trouble
from studio.domain.geometry import Point, Rect, Size
from studio.domain.job import Job
from studio.domain.pixels import PixelFormat
from studio.domain.problems import ImagingError
from studio.imaging.headers import MEGAPIXELS
from studio.imaging.masks import mask_of
from studio.imaging.tiles import empty, raster_of, resized_canvas
from studio.storage import ora_extras as extras
from studio.storage.ora_archive import LARGEST_PICTURE, LARGEST_TEXT, Archive, Damage
from studio.storage.ora_foreign import plain_state
from studio.storage.records import decode as decode_record
from studio.storage.state_record import restore

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO
    from xml.etree.ElementTree import Element

    from studio.document.state import DocumentState
    from studio.domain.ids import BlobId
    from studio.imaging.tiles import Raster


def read_project(file: IO[bytes], name: str, keep: Callable[[BlobId, bytes], None]) -> Project:
    """A project out of a file that can seek; `name` is what errors call it.

    Variations' bytes are handed to `keep`. Without our own members, or where another program changed what they belong
    to, it is read as any OpenRaster file, and the project says so. Raises StorageError (project-damaged), ImagingError
    (image-too-large).
    """
    try:
        archive = Archive(file)
        try:
            return _read(archive, name, keep)
        finally:
            archive.close()
    except ImagingError as error:
        if error.problem.code == "image-too-large":
            raise
        raise trouble("project-damaged", name=name, detail=str(error)) from error
    except Damage as error:
        raise trouble("project-damaged", name=name, detail=repr(error)) from error


def _read(archive: Archive, name: str, keep: Callable[[BlobId, bytes], None]) -> Project:
    root = _stack(archive)
    size = _size(root, name)
    state = _own_state(archive)
    if state is None or state.size != size:
        return Project(state=plain_state(archive, size, root), own=False)
    for blob in {variation.blob for layer in state.layers for variation in layer.variations}:
        if archive.has(extras.BLOBS + blob):
            keep(blob, archive.read(extras.BLOBS + blob, LARGEST_PICTURE))
    return Project(state=state, jobs=_jobs(archive))


def _stack(archive: Archive) -> Element:
    root = fromstring(archive.read(extras.STACK, LARGEST_TEXT))
    if root.tag != "image":
        raise ValueError("stack.xml holds no image")
    return root


def _size(root: Element, name: str) -> Size:
    size = Size(width=int(root.get("w", "")), height=int(root.get("h", "")))
    if size.is_empty:
        raise ValueError("the picture is empty")
    if size.area > MEGAPIXELS * 1_000_000:
        raise trouble("image-too-large", name=name, width=size.width, height=size.height, limit=MEGAPIXELS)
    return size


def _own_state(archive: Archive) -> DocumentState | None:
    """The document as our own members tell it; None where there are none or they no longer fit the rest."""
    try:
        record = decode_record(archive.read(extras.STATE, LARGEST_TEXT), extras.ProjectRecord)
        if extras.STACK not in record.checks or not _fits(archive, record):
            return None
        rasters = [_raster(archive, each) for each in record.rasters]
        icc = archive.read(extras.PROFILE, LARGEST_TEXT) if archive.has(extras.PROFILE) else None
        return restore(record.state, rasters, icc)
    except (*Damage, ImagingError):
        return None


def _fits(archive: Archive, record: extras.ProjectRecord) -> bool:
    """Whether every member is still the one that the record was made with."""
    return all(archive.check(name) == check for name, check in record.checks.items())


def _raster(archive: Archive, record: extras.RasterRecord) -> Raster:
    pixel_format = PixelFormat.GRAY if record.gray else PixelFormat.BGRA
    if record.size.area > MEGAPIXELS * 1_000_000:
        raise ValueError("a layer is too large")
    if not record.member or record.box.is_empty:
        return empty(record.size, pixel_format)
    pixels = archive.picture(record.member).pixels
    if pixels.size != record.box.size or not Rect.of_size(record.size).contains(record.box):
        raise ValueError(f"{record.member} has another size")
    corner = Point(x=record.box.x, y=record.box.y)
    if not record.gray:
        return raster_of(pixels, corner, record.size)
    window = Rect.of_size(record.size).translated(-corner.x, -corner.y)
    return resized_canvas(mask_of(pixels, "white"), window)


def _jobs(archive: Archive) -> tuple[Job, ...]:
    """The history of jobs; lost where it cannot be read, for the picture counts more."""
    try:
        return decode_record(archive.read(extras.JOBS, LARGEST_TEXT), tuple[Job, ...])
    except Damage:
        return ()
