"""Pixels from process to process without a pipe: files in memory that one side writes and the other maps.

The folder of such files belongs to this process; children only write into it and map out of it. Whoever maps a file
unlinks it, so nothing stays but what a killed process was just handing over, and that goes with the folder.

`multiprocessing.shared_memory` was not taken: on Python 3.11 and 3.12 a child's exit unlinks segments that it only
attached to, and where the memory is short a write ends the process instead of raising an error.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.workers.channel import BadMessage

if TYPE_CHECKING:
    from studio.workers.channel import Fields, Json

_PREFIX = "overpaint-"
_MEMORY = Path("/dev/shm")
_ROOM = 1 << 29
"""Bytes that must be free in memory, else files go to the folder for temporary ones."""


class Exchange:
    """A folder for handing bytes over. `create` makes one, `Exchange(path)` is the other side's view of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._count = 0

    @staticmethod
    def create() -> Exchange:
        """A new folder that only this user may look into; those of dead processes are removed."""
        place = _place()
        _sweep(place)
        return Exchange(Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place)))

    def put(self, data: bytes | memoryview) -> str:
        """Write bytes for the other side; the name to tell it. Raises OSError where memory is short."""
        self._count += 1
        name = f"{os.getpid()}-{self._count}"
        descriptor = os.open(self.path / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            # os.write lets other threads run meanwhile, which copying into mapped memory does not.
            rest = memoryview(data).cast("B")
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError:
            (self.path / name).unlink()
            raise
        finally:
            os.close(descriptor)
        return name

    def take(self, name: str, length: int) -> memoryview:
        """Map what the other side wrote, read-only, and unlink it; the memory goes with the last view of it.

        Raises BadMessage where there is no file of this name with so many bytes.
        """
        path = self.path / name
        if not name or path.parent != self.path or path.is_symlink():
            raise BadMessage(f"{name!r} is no name of ours")
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size != length:
                    raise BadMessage(f"{name} does not hold {length} bytes")
                mapped = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ) if length else b""
        except OSError as error:
            raise BadMessage(str(error)) from error
        with contextlib.suppress(OSError):  # Windows keeps a mapped file; it goes with the folder
            path.unlink()
        return memoryview(mapped)

    def put_pixels(self, pixels: Pixels) -> dict[str, Json]:
        """Write a picture for the other side; the fields to tell it."""
        length = pixels.stride * pixels.size.height
        return {
            "name": self.put(pixels.data.cast("B")[:length]),
            "width": pixels.size.width,
            "height": pixels.size.height,
            "stride": pixels.stride,
            "format": pixels.format.value,
        }

    def take_pixels(self, fields: Fields) -> Pixels:
        """The picture that the other side wrote. Raises BadMessage."""
        size = Size(width=fields.whole("width"), height=fields.whole("height"))
        stride = fields.whole("stride")
        try:
            pixel_format = PixelFormat(fields.text("format"))
            data = self.take(fields.text("name"), stride * size.height)
            return Pixels(size=size, stride=stride, format=pixel_format, data=data)
        except ValueError as error:
            raise BadMessage(str(error)) from error

    def clear(self) -> None:
        """Remove what nobody took, after the other side was ended."""
        with contextlib.suppress(OSError):
            for path in list(self.path.iterdir()):
                path.unlink()

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)


def _place() -> Path:
    try:
        if shutil.disk_usage(_MEMORY).free >= _ROOM and os.access(_MEMORY, os.W_OK):
            return _MEMORY
    except OSError:
        pass  # there is no such folder: not Linux
    return Path(tempfile.gettempdir())


def _sweep(place: Path) -> None:
    """Remove folders whose process is gone; those of other users stay."""
    for path in place.glob(f"{_PREFIX}*-*"):
        owner = path.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def _lives(process: int) -> bool:
    if os.name == "nt":
        return True  # asking by signal would end the process there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
