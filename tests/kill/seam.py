"""Calls to the system that change files below a folder, told as steps: what a kill may come between.

SQLite's own calls are not seen here; it is told by the steps of the journal.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.domain.steps import Steps

BY_PATH = ("open", "mkdir", "unlink", "rename", "replace", "rmdir")
BY_DESCRIPTOR = ("write", "fsync", "close")


def watch_disk(steps: Steps, folder: Path) -> None:
    """Tell from now on, in this process, such steps as `after fsync in blobs`; what comes before one is after another,
    but for the bytes of a file that Python writes out by itself."""
    root = f"{folder}/"
    for name in BY_PATH:
        setattr(os, name, _told(name, getattr(os, name), steps, lambda path: _area(os.fspath(path), root)))
    for name in BY_DESCRIPTOR:
        setattr(os, name, _told(name, getattr(os, name), steps, lambda held: _held_area(held, root)))


def _told(name: str, call: Callable[..., Any], steps: Steps, area_of: Callable[[Any], str]) -> Callable[..., Any]:
    def made(target: Any, *rest: Any, **named: Any) -> Any:
        area = area_of(target)
        if not area or (name == "open" and not rest[0] & os.O_CREAT):
            return call(target, *rest, **named)
        if name == "fsync":
            steps(f"before {name} in {area}")
        done = call(target, *rest, **named)
        steps(f"after {name} in {area}")
        return done

    return made


def _area(path: str | bytes | int, root: str) -> str:
    """The folder right below the root that a path is in; empty for another's."""
    text = os.fsdecode(path) if not isinstance(path, int) else ""
    return text.removeprefix(root).partition("/")[0] if text.startswith(root) and "/" in text[len(root) :] else ""


def _held_area(held: int, root: str) -> str:
    """Folders are told apart from files: that a name is safe is another step than that its bytes are."""
    try:
        area = _area(os.readlink(f"/proc/self/fd/{held}"), root)
        return f"a folder of {area}" if area and stat.S_ISDIR(os.fstat(held).st_mode) else area
    except OSError:
        return ""
