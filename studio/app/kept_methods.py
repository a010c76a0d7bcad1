"""The methods of dataclasses, compiled once.

The standard library writes the methods of a dataclass as text, up to six texts a class, and compiles them anew in each
process: most of what such a class costs, and a third of what a verb takes. Here their code is kept as Python keeps that
of modules: in `__pycache__`, or in the user's cache folder where the program lies in a place that is not theirs.
"""

from __future__ import annotations

import contextlib
import dataclasses
import marshal
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

import studio
from studio.storage.kept import read_kept, write_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType

    Texts = dict[str, CodeType]


@contextlib.contextmanager
def kept_methods(places: Callable[[], Iterable[Path]]) -> Iterator[None]:
    """Within this, what dataclasses compile comes from the first file of these that there is; what that lacks is added
    at the end, and what a module no longer asks for goes then, to the first that can be written. Loads and saves as
    `read_kept` and `write_kept` do.
    """
    methods = _Methods(places)
    # A name of the module goes before a built-in one. A library that writes its methods otherwise does not see it.
    module: dict[str, Any] = dataclasses.__dict__
    module["exec"] = methods.run
    try:
        yield
    finally:
        del module["exec"]
        methods.save()


def methods_files() -> Iterator[Path]:
    """Where this user's runs of this Python keep them."""
    name = f"methods.{sys.implementation.cache_tag}.code"
    yield Path(cache_from_source(str(studio.__file__))).parent / name
    from studio.storage.folders import Folders  # as a rule the place is the first one

    yield Folders.at(None).cache / name


class _Methods:
    """Texts and their code, by the name of the module that they are for; the code of a module that is not asked for
    stays marshalled."""

    def __init__(self, places: Callable[[], Iterable[Path]]) -> None:
        self._places = places
        self._kept = next(filter(None, map(_read, places())), dict[str, bytes]())
        self._opened: dict[str, Texts] = {}
        self._used: dict[str, Texts] = {}
        self._new: set[str] = set()

    def run(self, source: str, space: dict[str, Any] | None = None, names: dict[str, Any] | None = None) -> None:
        """What dataclasses call instead of `exec`."""
        space = dataclasses.__dict__ if space is None else space
        module = space.get("__name__", "")
        code = self._found(module).get(source)
        if code is None:
            code = compile(source, "<string>", "exec", dont_inherit=True)
            self._new.add(module)
        self._used.setdefault(module, {})[source] = code
        exec(code, space, names)

    def save(self) -> None:
        """Adds what was compiled, to what another process may have added meanwhile."""
        if not self._new or sys.dont_write_bytecode:
            return
        new = {module: marshal.dumps(dict(self._used[module])) for module in sorted(self._new)}
        any(write_kept(each, _read(each) | new) for each in self._places())

    def _found(self, module: str) -> Texts:
        if module not in self._opened:
            body = self._kept.pop(module, None)
            self._opened[module] = {} if body is None else marshal.loads(body)
        return self._opened[module]


def _read(path: Path) -> dict[str, bytes]:
    found = read_kept(path)
    return found if isinstance(found, dict) else {}
