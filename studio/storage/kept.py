"""Values kept in the cache folder from one start to the next: read in no time, and thrown away when in doubt.

The form is that of a hash-based `.pyc` file: Python's magic number, a hash of what follows, then a marshalled value.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from importlib.util import MAGIC_NUMBER, source_hash
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = len(MAGIC_NUMBER) + 8
_OTHERS_WRITE = 0o022


def read_kept(path: Path) -> object:
    """The value; None where there is no file, or one that is damaged, of another Python, or that others may write."""
    try:
        with open(path, "rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    body = data[_HEAD:]
    return marshal.loads(body) if data[:_HEAD] == _head(body) else None


def write_kept(path: Path, value: Any) -> bool:
    """Keep a value of plain types, or code; whether it was. One that is of others, or cannot be written, is not."""
    from studio.domain.problems import StorageError  # a start that finds its values does not write
    from studio.storage.atomic import write_bytes

    with contextlib.suppress(StorageError, ValueError):
        body = marshal.dumps(value)
        write_bytes(path, _head(body) + body, private=True, sync=False)
        return True
    return False


def _head(body: bytes) -> bytes:
    return MAGIC_NUMBER + source_hash(body)


def _is_ours(facts: os.stat_result) -> bool:
    """Code is run from such files, so nobody else may have written them."""
    if os.name == "nt":
        return True
    return facts.st_uid == os.getuid() and not facts.st_mode & _OTHERS_WRITE
