"""Pictures and masks by the SHA-256 of their bytes. A blob is never changed once it is there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import threading
from typing import TYPE_CHECKING

from studio.domain.ids import BlobId
from studio.imaging.kept import Kept
from studio.storage.atomic import sweep_parts, sync_folder, write_bytes
from studio.storage.private import make_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


_NAME = re.compile(r"[0-9a-f]{64}")


def blob_id(data: bytes | memoryview) -> BlobId:
    """The name of these bytes."""
    return BlobId(hashlib.sha256(data).hexdigest())


class BlobStore:
    """Files `ab/cd/abcd...` below one folder. May be used from several threads and processes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._put: set[BlobId] = set()
        self._turn = threading.Lock()

    def put(self, data: bytes | memoryview) -> BlobId:
        """On the disk when it returns; bytes that are there already are not written again. Raises StorageError."""
        blob = blob_id(data)
        path = self.path(blob)
        with self._turn:
            self._put.add(blob)
        if self._is_whole(path, len(data)):
            return blob
        made = self._make_folders(path.parent)
        write_bytes(path, data, private=True)
        for folder in made:
            sync_folder(folder)
        return blob

    def get(self, blob: BlobId) -> bytes:
        """The bytes. Raises StorageError as `Kept.read`."""
        return Kept(blob=blob, path=str(self.path(blob))).read()

    def has(self, blob: BlobId) -> bool:
        """Whether a file of this name is there."""
        return self.path(blob).is_file()

    def path(self, blob: BlobId) -> Path:
        """Where its file is or would be. Raises ValueError where `blob` is no SHA-256."""
        if not _NAME.fullmatch(blob):
            raise ValueError("not a SHA-256 in lower case hexadecimal")
        return self._root / blob[:2] / blob[2:4] / blob

    def all(self) -> Iterator[BlobId]:
        """Every blob that is there, in no order."""
        for first in _folders(self._root):
            for second in _folders(first):
                for name in _names(second):
                    if _NAME.fullmatch(name) and name.startswith(first.name + second.name):
                        yield BlobId(name)

    def discard(self, blobs: Iterable[BlobId]) -> int:
        """Remove blobs that nobody needs, but for those that were put here since this store was made; how many went."""
        gone = 0
        for blob in blobs:
            with self._turn, contextlib.suppress(OSError):
                if blob not in self._put:
                    self.path(blob).unlink()
                    gone += 1
        return gone

    def sweep(self) -> None:
        """Remove what a killed process left half-written. Only while holding the lock of the data folder."""
        for first in _folders(self._root):
            for second in _folders(first):
                sweep_parts(second)

    def _is_whole(self, path: Path, length: int) -> bool:
        """A file of the right length counts as whole: it was renamed there after it was synced."""
        try:
            if path.stat().st_size != length:
                return False
        except OSError:
            return False
        # Whoever wrote it may have been killed before it synced the folder.
        sync_folder(path.parent)
        return True

    def _make_folders(self, folder: Path) -> list[Path]:
        """Create the folders; those whose list of names changed by that are given back."""
        changed = [each.parent for each in (folder.parent, folder) if not each.exists()]
        make_private(folder)
        return changed


def _folders(root: Path) -> list[Path]:
    try:
        return [root / entry.name for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
