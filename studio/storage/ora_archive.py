"""A project file's members, read under limits, for the file may be anybody's."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from studio.imaging.decode import decode
from studio.storage.records import UnreadableRecord

if TYPE_CHECKING:
    from studio.imaging.decode import Decoded

MOST_MEMBERS = 20_000
LARGEST_TEXT = 32 << 20
LARGEST_PICTURE = 1 << 30
MOST_PIXELS = 4_000_000_000
"""Pixels that all layers of a file may have together."""

Damage = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    ParseError,
    DefusedXmlException,
    *UnreadableRecord,
)
"""What reading a damaged or hostile file raises; RuntimeError is zipfile's for an encrypted member."""


class Archive:
    """The members of a project file, read under limits."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file)
        if len(self._zip.namelist()) > MOST_MEMBERS:
            raise ValueError("too many members")
        self._pixels = 0

    def has(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self._zip.NameToInfo

    def check(self, name: str) -> int:
        """The checksum of a member. Raises KeyError."""
        return self._zip.getinfo(name).CRC

    def read(self, name: str, limit: int) -> bytes:
        """A member's bytes. Raises `Damage`, where it is larger than the limit too."""
        info = self._zip.getinfo(name)
        if info.file_size > limit:
            raise ValueError(f"{name} is too large")
        with self._zip.open(info) as member:
            data = member.read(limit + 1)
        if len(data) > limit:
            raise ValueError(f"{name} is larger than it says")
        return data

    def picture(self, name: str) -> Decoded:
        """A member as a picture. Raises `Damage`, ImagingError."""
        decoded = decode(self.read(name, LARGEST_PICTURE), name)
        self._pixels += decoded.size.area
        if self._pixels > MOST_PIXELS:
            raise ValueError("too many pixels in all layers")
        return decoded

    def names(self, folder: str) -> list[str]:
        """The members in a folder."""
        return [name for name in self._zip.namelist() if name.startswith(folder) and not name.endswith("/")]

    def close(self) -> None:
        """Quick and safe to call twice."""
        self._zip.close()
