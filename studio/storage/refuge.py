"""Where a picture goes that was paid for and finds no room in the library: the first folder that takes it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import StorageError
from studio.storage.atomic import PART, sync_folder, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Refuge:
    """`folders` tells where to try, in this order; they are asked for each time, as the user may have named another."""

    def __init__(self, folders: Callable[[], Sequence[Path]]) -> None:
        self._folders = folders

    def keep(self, name: str, data: bytes) -> Path:
        """Write the bytes under this name, or with a number where it is taken; the file, on the disk.

        Bytes that are there already under the name are not written again. Nothing is ever overwritten, and no folder is
        made. Raises StorageError (nowhere-to-keep) where no folder takes them.
        """
        tried: list[Path] = []
        reasons: list[str] = []
        for folder in self._folders():
            if folder in tried or not folder.is_dir():
                continue
            tried.append(folder)
            try:
                return _keep_in(folder, Path(name).name, data)
            except (StorageError, OSError) as error:
                reasons.append(f"{folder}: {error}")
        places = ", nor ".join(str(folder) for folder in tried) or "any other"
        raise trouble("nowhere-to-keep", places=places, detail="; ".join(reasons))


def _keep_in(folder: Path, name: str, data: bytes) -> Path:
    """Written beside under a temporary name, then given its own: a link takes no name that is taken."""
    stem, ending = os.path.splitext(name)
    temporary = folder / f".{stem[:100]}.{os.urandom(6).hex()}{PART}"
    write_bytes(temporary, data, private=True, name=False)
    try:
        number = 1
        while True:
            target = folder / (name if number == 1 else f"{stem}-{number}{ending}")
            if _is_there(target, data) or _named(temporary, target):
                sync_folder(folder)
                return target
            number += 1
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _is_there(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _named(temporary: Path, target: Path) -> bool:
    """Whether the file got the name; False where that is taken. Raises OSError."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        # Not every file system knows links. Nobody else writes files of this name.
        if os.path.lexists(target):
            return False
        os.rename(temporary, target)
    return True
