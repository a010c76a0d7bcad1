"""Base64 as servers write it: with a data URL's head or without, broken into lines, of either alphabet, unpadded."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import pybase64

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 18
"""Characters that are decoded at a time, in whole groups of four: one call for all of a large picture would keep every
other thread waiting."""
_BLANK = b" \t\r\n\f\v\\"
"""What is skipped; a backslash stands before a slash where someone escaped it."""
_PADDING = ord("=")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEAD = re.compile(rb"\s*data:([^,]{0,200}),", re.IGNORECASE)
_HEAD_LENGTH = 300


def decoded(text: bytes | memoryview) -> bytes | None:
    """The bytes that a base64 text or a data URL stands for; None where it is neither, or empty."""
    view = memoryview(text)
    head = _HEAD.match(bytes(view[:_HEAD_LENGTH]))
    if head is not None:
        view = view[head.end() :]
        if not head[1].lower().rstrip(_BLANK).endswith(b";base64"):
            return unquote_to_bytes(bytes(view)) or None
    try:
        # Joining lets other threads run. A buffer that grows does not while it is copied to where there is more room.
        return b"".join(list(_pieces(view))) or None
    except binascii.Error:
        return None


def _pieces(view: memoryview) -> Iterator[bytes]:
    """What the pieces stand for. Raises binascii.Error for padding before the end, and for what is no base64."""
    left = b""
    for start in range(0, len(view), _PIECE):
        piece = view[start : start + _PIECE]
        found = None if left else _plainly(piece)
        if found is None:
            plain = left + bytes(piece).translate(_URL_SAFE, _BLANK)
            whole = (len(plain) - 1) // 4 * 4
            if b"=" in plain[:whole]:
                raise binascii.Error("there is more after the padding")
            found, left = _strictly(plain[:whole]), plain[whole:]
        yield found
    plain = left.rstrip(b"=")
    yield _strictly(plain + b"=" * (-len(plain) % 4))


def _plainly(piece: memoryview) -> bytes | None:
    """What a piece stands for that is nothing but whole groups of the common alphabet, else None."""
    if len(piece) % 4 or piece[-1] == _PADDING:
        return None
    try:
        return _strictly(piece)
    except binascii.Error:
        return None


def _strictly(text: bytes | memoryview) -> bytes:
    return pybase64.b64decode(text, validate=True)
