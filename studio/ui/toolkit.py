"""Loads the toolkit, once, before any other file of this room is imported."""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
from typing import TYPE_CHECKING

from studio.ui.lean_enums import lighten_enums

if TYPE_CHECKING:
    from collections.abc import Iterator


def load_toolkit() -> None:
    """Load PySide and take its hand off the imports that follow.

    PySide replaces `__import__` by one that reads the source of every module imported after it, to see whether that
    uses PySide: for `from __feature__ import ...`, which nobody here does. That costs more than 10 ms before the first
    frame, and more after it.
    """
    lighten_enums()
    with _bound_late():
        import PySide6.QtWidgets  # noqa: F401 -- loading it is what this is for

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


@contextlib.contextmanager
def _bound_late() -> Iterator[None]:
    """Libraries loaded within this look a function up when it is first called, not all of them when they are loaded:
    PySide's name 14 000, of which a window calls few. As any program that is linked to a library has it."""
    if sys.platform == "win32":
        yield
        return
    kept = sys.getdlopenflags()
    sys.setdlopenflags((kept & ~os.RTLD_NOW) | os.RTLD_LAZY)
    try:
        yield
    finally:
        sys.setdlopenflags(kept)
