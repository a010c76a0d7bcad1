"""Base64 as servers write it: with a data URL's head or without, broken into lines, of either alphabet, unpadded."""

from __future__ import annotations

import binascii
import re
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import pybase64

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 20
"""Characters that are decoded at a time: one call for all of a large picture would keep every other thread waiting."""
_BLANK = b" \t\r\n\f\v\\"
"""What is skipped; a backslash stands before a slash where someone escaped it."""
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
    found = BytesIO()
    try:
        for piece in _pieces(view):
            found.write(pybase64.b64decode(piece, validate=True))
    except binascii.Error:
        return None
    return found.getvalue() or None


def _pieces(view: memoryview) -> Iterator[bytes]:
    """Clean pieces of whole groups of four, the last one padded. Raises binascii.Error for padding before."""
    left = b""
    for start in range(0, len(view), _PIECE):
        plain = left + bytes(view[start : start + _PIECE]).translate(_URL_SAFE, _BLANK)
        whole = (len(plain) - 1) // 4 * 4
        if b"=" in plain[:whole]:
            raise binascii.Error("there is more after the padding")
        yield plain[:whole]
        left = plain[whole:]
    plain = left.rstrip(b"=")
    yield plain + b"=" * (-len(plain) % 4)
