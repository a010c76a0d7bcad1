"""Loads the toolkit, once, before any other file of this room is imported."""

from __future__ import annotations

import builtins


def load_toolkit() -> None:
    """Load PySide and take its hand off the imports that follow.

    PySide replaces `__import__` by one that reads the source of every module imported after it, to see whether that
    uses PySide: for `from __feature__ import ...`, which nobody here does. That costs more than 10 ms before the first
    frame, and more after it.
    """
    import PySide6.QtWidgets  # noqa: F401 -- loading it is what this is for

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
