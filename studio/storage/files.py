"""Reading files that a person chose, with a plain sentence where that fails."""

from __future__ import annotations

import errno
import os
import stat
from typing import IO, TYPE_CHECKING

from studio.domain.catalogue import trouble

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 2 * 1024**3
"""Bytes of the largest file that is read."""


def read_picture_file(path: Path, *, largest: int = LARGEST) -> bytes:
    """All bytes of a file that should hold a picture. Raises as `open_checked` does."""
    with open_checked(path, largest=largest) as file:
        try:
            return file.read(largest + 1)
        except OSError as error:
            raise trouble("read-failed", name=path.name, detail=str(error)) from error


def open_checked(path: Path, *, largest: int = LARGEST) -> IO[bytes]:
    """A file that should hold a picture or a project, open for reading; the caller closes it.

    Raises StorageError (file-missing, file-forbidden, file-too-large, read-failed), UsageError (is-a-folder),
    ImagingError (not-an-image for devices and pipes, image-empty).
    """
    name = path.name or str(path)
    try:
        # Opening a pipe would wait for its writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise trouble(_code(error), name=name, detail=str(error)) from error
    try:
        _check(os.fstat(descriptor), name, largest)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _check(facts: os.stat_result, name: str, largest: int) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise trouble("is-a-folder", name=name)
    if not stat.S_ISREG(facts.st_mode):
        raise trouble("not-an-image", name=name, detail="not a regular file")
    if facts.st_size == 0:
        raise trouble("image-empty", name=name)
    if facts.st_size > largest:
        raise trouble("file-too-large", name=name, limit=largest // 1024**3)


def _code(error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return "file-missing"
    if error.errno == errno.EISDIR:
        return "is-a-folder"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "file-forbidden"
    return "read-failed"
