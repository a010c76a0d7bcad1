"""A body unpacked as it arrives, never further than to its cap: a few bytes can claim to be gigabytes."""

from __future__ import annotations

import zlib

ENCODINGS = "gzip, deflate"
"""What may be asked for."""
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class OverCap(Exception):
    """More bytes than are taken."""


class BadEncoding(Exception):
    """Packed in a way that was not asked for, or damaged."""


class Body:
    """Collects a body's bytes. `cap` counts what they unpack to."""

    def __init__(self, cap: int, encoding: str | None) -> None:
        plain = (encoding or "identity").strip().lower()
        if plain != "identity" and plain not in _WINDOWS:
            raise BadEncoding(plain[:40])
        self._cap = cap
        self._data = bytearray()
        self._unpacker = zlib.decompressobj(_WINDOWS[plain]) if plain in _WINDOWS else None

    def add(self, piece: bytes) -> None:
        """One more piece as it came. Raises OverCap, BadEncoding; what came before stays."""
        if self._unpacker is None:
            self._keep(piece)
            return
        try:
            # One byte over the cap is enough to know.
            self._keep(self._unpacker.decompress(piece, self._cap - len(self._data) + 1))
        except zlib.error as error:
            raise BadEncoding(str(error)) from error

    def whole(self) -> bytes:
        """All of it. Raises BadEncoding where a packed body ended early."""
        if self._unpacker is not None and not self._unpacker.eof and self._data:
            raise BadEncoding("ended early")
        return bytes(self._data)

    @property
    def so_far(self) -> bytes:
        """What came, at most up to the cap."""
        return bytes(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def _keep(self, piece: bytes) -> None:
        room = self._cap - len(self._data)
        self._data += piece[:room]
        if len(piece) > room:
            raise OverCap
