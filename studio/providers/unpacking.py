"""A body unpacked as it arrives, never further than to its cap: a few bytes can claim to be gigabytes."""

from __future__ import annotations

import io
import zlib

STEP = 1 << 20
"""Bytes that are unpacked at a time, and to which small pieces are gathered."""
LARGE = 1 << 14
"""Bytes from which on a piece is kept as it came. A buffer that grows by each of them costs a tenth of a download;
keeping every small one by itself would cost a multiple of their bytes."""
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class OverCap(Exception):
    """More bytes than are taken."""


class BadEncoding(Exception):
    """Packed in a way that is not read here, or damaged."""


class Body:
    """Collects a body's bytes. `cap` counts what they unpack to."""

    def __init__(self, cap: int, encoding: str | None) -> None:
        plain = (encoding or "identity").strip().lower()
        if plain != "identity" and plain not in _WINDOWS:
            raise BadEncoding(plain[:40])
        self._cap = cap
        self._length = 0
        self._pieces: list[bytes] = []
        self._small = io.BytesIO()
        self._unpacker = zlib.decompressobj(_WINDOWS[plain]) if plain in _WINDOWS else None

    def add(self, piece: bytes) -> None:
        """One more piece as it came. Raises OverCap, BadEncoding; what came before stays."""
        if self._unpacker is None:
            self._keep(piece)
            return
        try:
            while piece and not self._unpacker.eof:
                self._keep(self._unpacker.decompress(piece, STEP))
                piece = self._unpacker.unconsumed_tail
        except zlib.error as error:
            raise BadEncoding(str(error)) from error

    def whole(self) -> bytes:
        """All of it. Raises BadEncoding where a packed body ended early."""
        if self._unpacker is not None and not self._unpacker.eof:
            raise BadEncoding("ended early")
        return self.so_far

    @property
    def so_far(self) -> bytes:
        """What came, at most up to the cap."""
        self._gather()
        if len(self._pieces) > 1:
            self._pieces = [b"".join(self._pieces)]
        return self._pieces[0] if self._pieces else b""

    def __len__(self) -> int:
        return self._length

    def _keep(self, piece: bytes) -> None:
        room = self._cap - self._length
        taken = piece if len(piece) <= room else piece[:room]
        self._length += len(taken)
        if len(taken) >= LARGE:
            self._gather()
            self._pieces.append(taken)
        else:
            self._small.write(taken)
            if self._small.tell() >= STEP:
                self._gather()
        if len(piece) > room:
            raise OverCap

    def _gather(self) -> None:
        if self._small.tell():
            self._pieces.append(self._small.getvalue())
            self._small = io.BytesIO()
