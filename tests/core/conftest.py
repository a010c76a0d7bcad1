"""The core ring runs without a window and without the network: both are refused while one of its files is
collected and while one of its tests runs, whatever was loaded before by others in the same process."""

from __future__ import annotations

import contextlib
import gc
import socket
import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

REFUSED = ("PySide6.QtWidgets", "qasync")
_FAMILIES = (socket.AF_INET, socket.AF_INET6)


class WindowRefused(ImportError):
    """The core ring tried to load a module that belongs to windows."""


class SocketRefused(RuntimeError):
    """The core ring tried to open a network socket."""


class _Refusal(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname in REFUSED:
            raise WindowRefused(f"the core ring must not import {fullname}")
        return None


class _LocalSocket(socket.socket):
    """Lets only the sockets through that never leave the machine: event loops wake themselves by a pair."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        if fileno is None and (family == -1 or family in _FAMILIES):
            raise SocketRefused("the core ring must not open a network socket")
        super().__init__(family, type, proto, fileno)


@contextlib.contextmanager
def _hidden(name: str) -> Iterator[None]:
    """Takes an already loaded module out of sight, so that importing it asks the finders again."""
    module = sys.modules.pop(name, None)
    parent, _, attribute = name.rpartition(".")
    holder = sys.modules.get(parent)
    shown = holder is not None and hasattr(holder, attribute)
    if shown:
        delattr(holder, attribute)
    try:
        yield
    finally:
        if module is not None:
            sys.modules[name] = module
        if shown:
            setattr(holder, attribute, module)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    refusal = _Refusal()
    with contextlib.ExitStack() as stack:
        for name in REFUSED:
            stack.enter_context(_hidden(name))
        sys.meta_path.insert(0, refusal)
        stack.callback(sys.meta_path.remove, refusal)
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(socket, "socket", _LocalSocket)
        yield


def pytest_collection_finish() -> None:
    """Spares the collector of garbage what stays anyway: it would look through three thousand tests again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Refuses while a file of this ring is imported."""
    with _refusing():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, Any, Any]:
    """Refuses while a test of this ring runs."""
    with _refusing():
        return (yield)
