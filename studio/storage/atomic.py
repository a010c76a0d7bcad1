"""Writing a file so that at every moment either the old one or the new one is there, whole.

A temporary file beside it is written, synced and renamed over it, then the folder is synced. The same order as
QSaveFile, plus the folder.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.storage.private import PRIVATE_FILE
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Callable

PART = ".part"
"""How names of temporary files end."""

BESIDE = ("-journal", "-wal", "-shm")
"""How names of files end that SQLite puts beside a database."""
_ENDINGS = (PART, *(PART + each for each in BESIDE))
_LONGEST_NAME = 200


def write_bytes(
    path: Path, data: bytes | memoryview, *, private: bool = False, sync: bool = True, name: bool = True
) -> None:
    """Put these bytes at `path`. See `write_file`."""
    write_file(path, lambda file: _write_all(file, data), private=private, sync=sync, name=name)


def write_file(
    path: Path, fill: Callable[[IO[bytes]], None], *, private: bool = False, sync: bool = True, name: bool = True
) -> None:
    """Put what `fill` writes at `path`, all or nothing. On the disk when it returns, unless `sync` is off, as for a
    cache: then a power cut may leave it empty. With `name` off it may leave the old file, whole.

    A file that is there keeps its mode and owner, a symbolic link keeps pointing to where it does, and what cannot
    be written to is not replaced. `private` files are for their owner alone. Raises StorageError (disk-full,
    folder-read-only, write-failed); then the old file is untouched and no temporary one is left. What `fill` raises
    besides OSError passes through, just as clean.
    """
    target = Path(os.path.realpath(path))
    try:
        old = _existing(target)
        temporary, descriptor = _open_beside(target, PRIVATE_FILE if private or old else 0o666)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                fill(file)
                file.flush()
                if old is not None:
                    _take_over(file.fileno(), old)
                if sync:
                    os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise disk_trouble(error, target) from error
    if sync and name:
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder last through a power cut. Windows knows no such call. A refusal is passed over, as SQLite
    does: the new file is in its place, whole, and some file systems cannot sync a folder."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep_parts(folder: Path) -> None:
    """Remove what a killed process left of temporary files. Only for folders that one process holds alone."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.endswith(_ENDINGS) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def keep_aside(path: Path, stamp: str) -> Path:
    """Rename a damaged file to `name.damaged-<stamp>.suffix` beside it and tell the new path. Raises OSError."""
    kept = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    os.rename(path, kept)
    return kept


def _write_all(file: IO[bytes], data: bytes | memoryview) -> None:
    file.write(data)


def _existing(target: Path) -> os.stat_result | None:
    """The old file's facts, None where there is none. Raises StorageError where it cannot be replaced."""
    try:
        facts = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(facts.st_mode):
        raise trouble("write-failed", place=target, detail="a folder of this name is there")
    if not stat.S_ISREG(facts.st_mode):
        raise trouble("write-failed", place=target, detail="not a regular file")
    if not os.access(target, os.W_OK):
        raise trouble("folder-read-only", place=target, detail="the file is read-only")
    return facts


def _open_beside(target: Path, mode: int) -> tuple[Path, int]:
    # A name is bytes: it may hold some that are no text.
    name = os.fsencode(target.name)
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME].decode(errors="ignore").encode()
    temporary = target.with_name(f".{os.fsdecode(name)}.{os.urandom(6).hex()}{PART}")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return temporary, os.open(temporary, flags, mode)


def _take_over(descriptor: int, old: os.stat_result) -> None:
    """The new file gets the old one's owner, where that may be given away, and its mode."""
    if os.name == "nt":
        return
    with contextlib.suppress(PermissionError):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
