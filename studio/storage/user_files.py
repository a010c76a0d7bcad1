"""Files of the user: pictures and projects opened and saved, copies handed to other programs."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import StorageError
from studio.storage.atomic import write_bytes, write_file
from studio.storage.files import open_checked, read_picture_file
from studio.storage.private import make_private
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from studio.document.project import Project
    from studio.domain.ids import BlobId
    from studio.storage.blobs import BlobStore

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_STEM = 60
LARGEST_PROJECT = 1 << 40


class UserFiles:
    """`studio.session.ports.Files`. Synchronous; may be called in any pool. `handed_out` is a folder for copies."""

    def __init__(self, *, blobs: BlobStore, sample: Path, handed_out: Path) -> None:
        self._blobs = blobs
        self._sample = sample
        self._handed_out = handed_out

    def read(self, path: str) -> bytes:
        """Raises StorageError, UsageError (is-a-folder), ImagingError (image-empty)."""
        return read_picture_file(Path(path))

    def write(self, path: str, data: bytes) -> None:
        """All or nothing. Raises StorageError."""
        write_bytes(Path(path), data)

    def load_project(self, path: str) -> Project:
        """The document and its jobs; its variations' pictures are put into the library's blobs.

        Raises StorageError (project-damaged, file-missing), ImagingError (image-too-large).
        """
        from studio.storage.ora_read import read_project  # it loads what draws: only for a project

        place = Path(path)
        with open_checked(place, largest=LARGEST_PROJECT) as file:
            return read_project(file, place.name, self._keep)

    def save_project(self, path: str, project: Project) -> None:
        """All or nothing. Raises StorageError."""
        from studio.storage.ora_write import write_project  # as above

        write_file(Path(path), lambda file: write_project(file, project, self._blob))

    def sample(self) -> str:
        """The path of the sample picture."""
        return str(self._sample)

    def hand_out(self, blob_path: str, name: str) -> str:
        """A copy of a blob under a readable name, for other programs, which may write to it; its path.

        Raises StorageError.
        """
        source = Path(blob_path)
        stem, suffix = os.path.splitext(_NOT_IN_NAMES.sub(" ", name).strip(" ."))
        stem = " ".join(stem.split())
        folder = self._handed_out / source.name[:16]
        make_private(folder)
        target = folder / f"{stem[:_LONGEST_STEM].strip() or 'picture'}{suffix}"
        try:
            data = source.read_bytes()
        except OSError as error:
            raise trouble("file-missing", name=source.name, detail=str(error)) from error
        write_bytes(target, data, private=True)
        return str(target)

    def forget_handed_out(self) -> None:
        """Remove the copies of earlier days; at start, when nothing is being dragged. Raises StorageError."""
        try:
            if self._handed_out.exists():
                shutil.rmtree(self._handed_out)
        except OSError as error:
            raise disk_trouble(error, self._handed_out) from error

    def _keep(self, blob: BlobId, data: bytes) -> None:
        """A variation of a project. Its name is not believed: it is kept under the hash of what it is."""
        self._blobs.put(data)

    def _blob(self, blob: BlobId) -> bytes | None:
        """A variation's bytes; a project is saved without the ones that are lost, rather than not at all."""
        try:
            return self._blobs.get(blob)
        except StorageError:
            return None
