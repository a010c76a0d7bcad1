"""A disk that loses its power: of what was not synced, any part that a file system may lose is lost.

What counts as safe is what the system promises and no more: bytes of a file once it was synced, names in a folder once
the folder was. Names of one folder come in the order of their making, a renaming as one; bytes come in any order, in
blocks.
"""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.kill.trace import Deed, Did

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

BLOCK = 4096


@dataclass(slots=True, eq=False)
class File:
    """`changes` are writes (offset, bytes) and new sizes; the first `safe` of them cannot be lost any more."""

    changes: list[tuple[int, bytes | None]] = field(default_factory=list[tuple[int, "bytes | None"]])
    safe: int = 0

    def content(self, keep: float, chance: random.Random) -> bytes:
        """What is found after the power came back, where each unsynced block is there with this likelihood."""
        found = bytearray()
        for number, (at, data) in enumerate(self.changes):
            if data is None:
                if number < self.safe or chance.random() < keep:
                    found = found[:at].ljust(at, b"\0")
                continue
            for start, block in _blocks(at, data):
                if number < self.safe or chance.random() < keep:
                    found = found.ljust(start + len(block), b"\0")
                    found[start : start + len(block)] = block
        return bytes(found)


def _blocks(at: int, data: bytes) -> list[tuple[int, bytes]]:
    cuts = [at, *range(at - at % BLOCK + BLOCK, at + len(data), BLOCK), at + len(data)]
    return [(start, data[start - at : end - at]) for start, end in itertools.pairwise(cuts)]


Names = dict[str, File | None]
"""Paths below the root; None is a folder."""
_GONE = "gone"


@dataclass(slots=True)
class Disk:
    """What is there now, and what of it is safe. All paths are below `root`, whose files were safe at the start."""

    root: str
    names: Names = field(default_factory=Names)
    _safe: Names = field(default_factory=Names)
    _pending: dict[str, list[dict[str, File | str | None]]] = field(
        default_factory=lambda: defaultdict(list[dict[str, File | str | None]])
    )

    @staticmethod
    def of(folder: Path) -> Disk:
        """A disk that holds a folder."""
        disk = Disk(str(folder))
        for path in folder.rglob("*"):
            file = None if path.is_dir() else File(changes=[(0, path.read_bytes())], safe=1)
            disk.names[str(path)] = disk._safe[str(path)] = file
        return disk

    def do(self, deeds: Sequence[Deed]) -> None:
        """Go on by these."""
        for deed in deeds:
            self._do(deed)

    def _do(self, deed: Deed) -> None:
        match deed.did:
            case Did.CREATE if deed.path not in self.names:
                self._name({deed.path: File()})
            case Did.FOLDER:
                self._name({deed.path: None})
            case Did.REMOVE:
                self._name({deed.path: _GONE})
            case Did.RENAME:
                self._name({deed.path: _GONE, deed.other: self.names[deed.path]})
            case Did.WRITE:
                self._file(deed.path).changes.append((deed.number, deed.data))
            case Did.RESIZE:
                self._file(deed.path).changes.append((deed.number, None))
            case Did.SYNC:
                self._sync(deed.path)
            case _:
                pass

    def _file(self, path: str) -> File:
        # A file that was removed while it was open is no longer anybody's.
        return self.names.get(path) or File()

    def _name(self, changes: dict[str, File | str | None]) -> None:
        for folder in dict.fromkeys(os.path.dirname(path) for path in changes):
            self._pending[folder].append(
                {path: file for path, file in changes.items() if os.path.dirname(path) == folder}
            )
        _apply(self.names, changes)

    def _sync(self, path: str) -> None:
        file = self.names.get(path)
        if file is not None:
            file.safe = len(file.changes)
            return
        for change in self._pending.pop(path, ()):
            _apply(self._safe, change)

    def cut(self, target: Path, chance: random.Random) -> None:
        """Write what is found after a power cut at this moment, below `target`."""
        keep = chance.choice((0.0, 0.5, 1.0))
        found = dict(self._safe)
        for changes in self._pending.values():
            for change in changes[: chance.choice((0, len(changes), chance.randint(0, len(changes))))]:
                _apply(found, change)
        target.mkdir()
        for path in sorted(found):
            place, file = target / os.path.relpath(path, self.root), found[path]
            if not place.parent.is_dir():
                continue
            if file is None:
                place.mkdir(mode=0o700)
            else:
                place.write_bytes(file.content(keep, chance))
                place.chmod(0o600)


def _apply(names: Names, changes: dict[str, File | str | None]) -> None:
    for path, file in changes.items():
        if isinstance(file, str):
            names.pop(path, None)
        else:
            names[path] = file
