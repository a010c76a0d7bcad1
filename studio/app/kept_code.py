"""The toolkit's own Python files, compiled once.

PySide carries a dozen Python files inside of its library, and compiles them anew at each start: for those there is no
`.pyc` file. Here their code is kept in the cache folder, as Python keeps it in hash-based `.pyc` files: with Python's
magic number, and beside the hash of the source that it was compiled from.
"""

from __future__ import annotations

import builtins
import contextlib
import marshal
import os
from importlib.util import MAGIC_NUMBER, source_hash
from typing import TYPE_CHECKING, Any

from studio.domain.problems import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

CARRIED = "shibokensupport/"
"""How the names of those files begin."""

UNUSED = frozenset(("shibokensupport/signature/lib/pyi_generator.py",))
"""Writes stub files for type checkers, which no program does. It is 7 ms of a start, with what it loads."""

_HASH = 8
_OTHERS_WRITE = 0o022


@contextlib.contextmanager
def kept_code(path: Path) -> Iterator[None]:
    """Within this, what the toolkit compiles comes from the file where that has it; what it lacks is added to it.

    A file that is damaged, of another Python, or that others may write counts as none. One that cannot be written is
    no error: the next start compiles again.
    """
    kept = _read(path)
    known = len(kept)
    compile_it = builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        name = str(filename)
        # Only the library's own files are read as bytes under such a name, and compiled without further options.
        if not isinstance(source, bytes) or not name.startswith(CARRIED) or rest or options:
            return compile_it(source, filename, mode, *rest, **options)
        key = name.encode() + source_hash(source)
        if key not in kept:
            # The futures of this file are passed on to what is compiled, as those of PySide's importer would be.
            kept[key] = compile_it(b"" if name in UNUSED else source, name, mode)
        return kept[key]

    builtins.compile = compiled
    try:
        yield
    finally:
        builtins.compile = compile_it
    if len(kept) > known:
        _write(path, kept)


def _read(path: Path) -> dict[bytes, CodeType]:
    try:
        with open(path, "rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return {}
            data = file.read()
    except OSError:
        return {}
    head, body = data[: len(MAGIC_NUMBER) + _HASH], data[len(MAGIC_NUMBER) + _HASH :]
    if head != MAGIC_NUMBER + source_hash(body):
        return {}
    return marshal.loads(body)


def _is_ours(facts: os.stat_result) -> bool:
    """Code is run from it, so nobody else may have written it."""
    if os.name == "nt":
        return True
    return facts.st_uid == os.getuid() and not facts.st_mode & _OTHERS_WRITE


def _write(path: Path, kept: dict[bytes, CodeType]) -> None:
    from studio.storage.atomic import write_bytes  # at the very first start only

    body = marshal.dumps(kept)
    with contextlib.suppress(StorageError):
        write_bytes(path, MAGIC_NUMBER + source_hash(body) + body, private=True, sync=False)
