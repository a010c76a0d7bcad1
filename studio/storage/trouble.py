"""Errors of the operating system as entries of the catalogue."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.problems import StudioError

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_READ_ONLY = frozenset((errno.EACCES, errno.EROFS, errno.EPERM))


def disk_trouble(error: OSError, place: Path) -> StudioError:
    """The error to raise where writing at `place` failed."""
    # The texts are not loaded for a start without trouble: a window is waiting.
    from studio.domain.catalogue import trouble

    if error.errno in _FULL:
        return trouble("disk-full", place=place.parent, detail=str(error))
    if error.errno in _READ_ONLY:
        return trouble("folder-read-only", place=place.parent, detail=str(error))
    return trouble("write-failed", place=place, detail=str(error))
