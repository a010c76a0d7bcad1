"""Copies of documents that were not saved, written often and cheaply.

A document's folder holds packs of tiles (`000012.pack`: PNGs one behind the other) and manifests (`000012.json`), which
name each raster's tiles by pack, place and length. A save writes one pack with the tiles that are on no disk yet, then
its manifest, both all or nothing; so a crash at any moment leaves the last manifest and all it needs. Two generations
are kept. Tiles are immutable, so one that was written once is never written again.

One pack a save rather than one file a tile: one sync instead of hundreds.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import ImagingError, StorageError
from studio.domain.recovery import RecoveryEntry
from studio.storage.atomic import sweep_parts, sync_folder, write_bytes
from studio.storage.blobs import blob_id
from studio.storage.leftovers import GONE
from studio.storage.private import make_private
from studio.storage.records import UnreadableRecord, decode, encode
from studio.storage.recovery_pack import Manifest, Pack, Place, RasterTable, read_rasters
from studio.storage.state_record import describe, restore
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.state import DocumentState
    from studio.imaging.tiles import Raster

KEPT = 2
"""Generations of a document."""
THUMBNAIL = "thumbnail"
PROFILE = "profile-{}.icc"
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_UNREADABLE = (*UnreadableRecord, OSError, ValueError, IndexError, ImagingError)


class RecoveryStore:
    """`studio.session.ports.Recovery`. Synchronous; all writing calls come from one thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, dict[int, Place]] = {}

    def save(self, entry: RecoveryEntry, state: DocumentState) -> None:
        """Write a generation of the document; only tiles that are not on the disk yet. Raises StorageError."""
        folder = self._folder(entry.key)
        make_private(folder)
        known = self._live(entry.key, folder)
        number = _next_number(folder)
        record, rasters = describe(state)
        pack = Pack(number)
        tables = tuple(_table(raster, known, pack) for raster in rasters)
        manifest = Manifest(
            title=entry.title,
            saved_at=entry.saved_at,
            path=entry.path,
            state=record,
            rasters=tables,
            profile=None if state.icc is None else _sum(state.icc),
        )
        try:
            _write(folder, pack, entry.thumbnail, state.icc)
            write_bytes(folder / f"{number:06}.json", encode(manifest).encode(), private=True)
        except StorageError:
            (folder / pack.name).unlink(missing_ok=True)  # on a full disk it would be in the next one's way
            raise
        self._known[entry.key] = manifest.places()
        self._clean(folder)

    def entries(self) -> tuple[RecoveryEntry, ...]:
        """What is there and can be read, newest first."""
        found = [self._entry(folder) for folder in _folders(self._root)]
        return tuple(sorted((each for each in found if each is not None), key=lambda each: -each.saved_at))

    def load(self, key: str) -> DocumentState:
        """The newest generation that can be read. Raises StorageError (project-damaged) where none can."""
        folder = self._folder(key)
        reasons: list[str] = []
        for path in _manifests(folder):
            try:
                manifest, state = _load(folder, path)
                self._known[key] = manifest.places()  # these are there and whole: they were read
                return state
            except _UNREADABLE as error:
                reasons.append(f"{path.name}: {error!r}")
        raise trouble("project-damaged", name=key, detail="; ".join(reasons) or "nothing there")

    def forget(self, key: str) -> None:
        """Remove a document's copies; nothing happens where there are none. Raises StorageError."""
        folder = self._folder(key)
        self._known.pop(key, None)
        try:
            if folder.exists():
                # Renamed first: a removal that is cut off half-way leaves nothing that looks like a document.
                gone = folder.with_name(folder.name + GONE)
                shutil.rmtree(gone, ignore_errors=True)
                folder.rename(gone)
                shutil.rmtree(gone)
                sync_folder(self._root)
        except OSError as error:
            raise disk_trouble(error, folder) from error

    def _folder(self, key: str) -> Path:
        if not _KEY.fullmatch(key) or key.startswith(".") or key.endswith(GONE):
            raise ValueError(f"not a key for recovery: {key!r}")
        return self._root / key

    def _live(self, key: str, folder: Path) -> dict[int, Place]:
        """Where tiles lie that need not be written again. Tiles in packs that hold mostly dead ones are left out: they
        come into the next pack, so that the old one can go."""
        places = self._known.get(key, {})
        used: dict[str, int] = {}
        for place in places.values():
            used[place.pack] = used.get(place.pack, 0) + place.length
        dense = {pack for pack, live in used.items() if live * 2 >= _length(folder / pack)}
        return {tile: place for tile, place in places.items() if place.pack in dense}

    def _entry(self, folder: Path) -> RecoveryEntry | None:
        manifest = _newest_manifest(folder)
        if manifest is None:
            return None
        return RecoveryEntry(
            key=folder.name,
            title=manifest.title,
            saved_at=manifest.saved_at,
            size=manifest.state.size,
            path=manifest.path,
            thumbnail=_bytes_of(folder / THUMBNAIL),
        )

    def _clean(self, folder: Path) -> None:
        """Remove older generations and what no kept one needs."""
        manifests = _manifests(folder)
        needed = {THUMBNAIL, *(path.name for path in manifests[:KEPT])}
        for path in manifests[:KEPT]:
            manifest = _read_manifest(path)
            if manifest is None:
                return  # what it needs is not known, and a disk that cannot read today may tomorrow
            needed |= {place.pack for place in manifest.places().values()}
            needed |= set() if manifest.profile is None else {PROFILE.format(manifest.profile)}
        for path in folder.iterdir():
            if path.name not in needed:
                path.unlink(missing_ok=True)
        sweep_parts(folder)


def _write(folder: Path, pack: Pack, thumbnail: bytes, icc: bytes | None) -> None:
    if pack.data:
        write_bytes(folder / pack.name, memoryview(pack.data), private=True)
    if icc is not None and not (folder / PROFILE.format(_sum(icc))).exists():
        write_bytes(folder / PROFILE.format(_sum(icc)), icc, private=True)
    if thumbnail:
        write_bytes(folder / THUMBNAIL, thumbnail, private=True)


def _table(raster: Raster, known: dict[int, Place], pack: Pack) -> RasterTable:
    """Where a raster's tiles lie; those that lie nowhere yet go into the pack."""
    for tile in raster.tiles.values():
        if tile.id not in known:
            known[tile.id] = pack.add(tile)
    return RasterTable.of(raster, known)


def _load(folder: Path, path: Path) -> tuple[Manifest, DocumentState]:
    manifest = decode(path.read_bytes(), Manifest)
    icc = None if manifest.profile is None else (folder / PROFILE.format(manifest.profile)).read_bytes()
    return manifest, restore(manifest.state, read_rasters(folder, manifest.rasters), icc)


def _manifests(folder: Path) -> list[Path]:
    """A document's generations, newest first."""
    return sorted(folder.glob("*.json"), reverse=True)


def _newest_manifest(folder: Path) -> Manifest | None:
    return next((each for each in map(_read_manifest, _manifests(folder)) if each is not None), None)


def _read_manifest(path: Path) -> Manifest | None:
    try:
        return decode(path.read_bytes(), Manifest)
    except _UNREADABLE:
        return None


def _next_number(folder: Path) -> int:
    numbers = [int(path.stem) for path in folder.iterdir() if path.stem.isdigit()]
    return max(numbers, default=0) + 1


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [path for path in root.iterdir() if path.is_dir() and not path.name.endswith(GONE)]


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 1 << 62  # a pack that is gone: its tiles are to be written again


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _sum(data: bytes) -> str:
    return blob_id(data)[:16]
