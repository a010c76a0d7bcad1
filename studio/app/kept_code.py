"""The toolkit's code without a `.pyc` file, compiled once.

PySide carries a dozen Python files inside of its library, and compiles them anew at each start. Here their code is kept
in the cache folder, beside the hash of the source that it was compiled from.
"""

from __future__ import annotations

import builtins
import contextlib
from importlib.util import source_hash
from typing import TYPE_CHECKING, Any

from studio.storage.kept import read_kept, write_kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARRIED = "shibokensupport/"
"""How the names of those files begin."""

UNUSED = frozenset(("shibokensupport/signature/lib/pyi_generator.py",))
"""Writes stub files for type checkers, which no program does. It is 7 ms of a start, with what it loads."""


@contextlib.contextmanager
def kept_code(path: Path) -> Iterator[None]:
    """Within this, what the toolkit compiles comes from the file where that has it; what it lacks is added to it, and
    what is not asked for any more goes.

    A file that is damaged, of another Python, or that others may write counts as none. One that cannot be written is
    no error: the next start compiles again.
    """
    found = read_kept(path)
    kept: dict[bytes, Any] = found if isinstance(found, dict) else {}
    used: dict[bytes, Any] = {}
    compile_it = builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        name = str(filename)
        # Only the library's own files are read as bytes under such a name, and compiled without further options.
        if not isinstance(source, bytes) or not name.startswith(CARRIED) or rest or options:
            return compile_it(source, filename, mode, *rest, **options)
        key = name.encode() + source_hash(source)
        # The futures of this file are passed on to what is compiled, as those of PySide's importer would be.
        code = kept[key] if key in kept else compile_it(b"" if name in UNUSED else source, name, mode)
        used[key] = code
        return code

    builtins.compile = compiled
    try:
        yield
    finally:
        builtins.compile = compile_it
    if not used.keys() <= kept.keys():
        write_kept(path, used)
