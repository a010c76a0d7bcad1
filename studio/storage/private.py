"""Files and folders that are for their owner alone, whatever the umask."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def make_private(folder: Path) -> None:
    """Create a folder that only its owner can enter, parents too. One that is there keeps its mode.

    Raises StorageError.
    """
    missing: list[Path] = []
    each = folder
    while not each.exists():
        missing.append(each)
        each = each.parent
    try:
        for new in reversed(missing):
            new.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            os.chmod(new, PRIVATE_FOLDER)
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(folder))
    except OSError as error:
        raise disk_trouble(error, folder) from error
