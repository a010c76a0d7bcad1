"""A small file for each output, so that the library can be made again from the pictures where its database is lost.

It holds what a person would ask of the picture, the user's marks, and the lines of the journal that its job has so
far, word for word. Put back under their numbers they give the same rows. The database stays the truth: a sidecar is
written after the commit, at once, and where the disk refuses it or a kill came between, later. No key is in it, as none
is in the journal, and no address of a picture, which would let anybody fetch it.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from studio.domain.capabilities import Price  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.geometry import Size  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.request import ParameterValue  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.storage.atomic import sweep_parts, sync_folder, write_bytes
from studio.storage.private import make_private
from studio.storage.records import Marks, UnreadableRecord, decode, encode

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".json"
ASIDE = ".unreadable"
"""How names of sidecars end that no row can be made of; they are kept and not looked at again."""
NOTHING = msgspec.Raw(b"null")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")
_SHARD = 4
"""Characters of a job's id that its folder is named by: a folder for about three days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarLine:
    """A line of the journal, its texts as they stand there; `entry` is null where it has none."""

    seq: int
    at: float
    kind: str
    payload: msgspec.Raw
    entry: msgspec.Raw

    def texts(self) -> tuple[str, str | None]:
        """Payload and entry as in the journal."""
        entry = bytes(self.entry).decode()
        return bytes(self.payload).decode(), None if entry == "null" else entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """An output and the job that it comes from. `created` is in seconds since 1970."""

    job: JobId
    index: int
    prompt: str
    provider: ProviderId
    model: ModelId
    parameters: dict[str, ParameterValue]
    seed: int | None
    size: Size
    media_type: str
    raw: BlobId
    finished: BlobId | None
    created: float
    cost: Price | None = None
    request_id: str | None = None
    marks: Marks | None = None
    lines: tuple[SidecarLine, ...] = ()
    version: int = 1


class Sidecars:
    """The folder of them. Called on the thread of the database."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, output: OutputId) -> Path:
        """Where an output's file is or would be. Raises ValueError where that is no name for a file."""
        if not _NAME.fullmatch(output):
            raise ValueError(f"not the id of an output: {output!r}")
        return self._root / output[:_SHARD] / f"{output}{ENDING}"

    def write(self, output: OutputId, sidecar: Sidecar) -> None:
        """On the disk when it returns: it is there for the power cut that damages the database. Of one that is written
        again the old version would do. Raises StorageError."""
        path = self.path(output)
        is_new = not path.exists()
        if is_new and not path.parent.exists():
            make_private(path.parent)
            sync_folder(self._root)
        write_bytes(path, encode(sidecar).encode(), private=True, name=is_new)

    def read(self, output: OutputId) -> Sidecar | None:
        """None where it is not there, or is not what was written."""
        with contextlib.suppress(OSError, ValueError, *UnreadableRecord):
            return decode(self.path(output).read_bytes(), Sidecar)
        return None

    def outputs(self) -> set[OutputId]:
        """All outputs that have one."""
        return {
            OutputId(name.removesuffix(ENDING))
            for folder in _folders(self._root)
            for name in _names(folder)
            if name.endswith(ENDING) and not name.startswith(".")
        }

    def set_aside(self, output: OutputId) -> None:
        """Look at it no more. It is kept under another name."""
        with contextlib.suppress(OSError, ValueError):
            path = self.path(output)
            os.replace(path, path.with_name(path.name + ASIDE))

    def sweep(self) -> None:
        """Remove what a killed process left half-written. Only while holding the lock of the data folder."""
        for folder in _folders(self._root):
            sweep_parts(folder)


def without_addresses(payload: str) -> msgspec.Raw:
    """The text of an `Answered` with no addresses in it."""
    values = msgspec.json.decode(payload, type=dict[str, object])
    return msgspec.Raw(msgspec.json.encode({**values, "results": []}))


def _folders(root: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return [root / entry.name for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]
    return []


def _names(folder: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return os.listdir(folder)
    return []
