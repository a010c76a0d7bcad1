"""Pictures on their way out: bytes that are encoded already, written all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.atomic import write_bytes

if TYPE_CHECKING:
    from pathlib import Path


def export_file(path: Path, data: bytes) -> Path:
    """Write an encoded picture and tell where it is. Raises StorageError; then what was there is unchanged."""
    write_bytes(path, data)
    return path


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A path in the folder that is not taken: `stem.png`, then `stem-2.png` and so on."""
    path = folder / f"{stem}{suffix}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path
