"""Base64 as servers write it: with a data URL's head or without, broken into lines, of either alphabet, unpadded."""

from __future__ import annotations

import binascii
import re
from urllib.parse import unquote_to_bytes

import pybase64

_PIECE = 1 << 20
"""Characters that are decoded at a time, so that no call keeps other threads waiting."""
_SPACE = b" \t\r\n\f\v"
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEAD = re.compile(rb"\s*data:([^,]{0,200}),", re.IGNORECASE)


def decoded(text: bytes) -> bytes | None:
    """The bytes that a base64 text or a data URL stands for; None where it is neither, or empty."""
    head = _HEAD.match(text)
    if head is not None:
        rest = text[head.end() :]
        if not head[1].lower().rstrip(_SPACE).endswith(b";base64"):
            return unquote_to_bytes(rest) or None
        text = rest
    try:
        return _decoded(text.replace(b"\\/", b"/")) or None
    except binascii.Error:
        return None


def _decoded(text: bytes) -> bytes:
    end = len(text.rstrip(_SPACE + b"="))
    if text.find(b"=", 0, end) >= 0:
        raise binascii.Error("there is more after the padding")
    found: list[bytes] = []
    for start in range(0, end, _PIECE):
        try:
            found.append(pybase64.b64decode(text[start : min(end, start + _PIECE)], validate=True))
        except binascii.Error:
            found.append(_cleaned(text[start:end]))
            break
    return b"".join(found)


def _cleaned(text: bytes) -> bytes:
    """Decoded without blanks, of either alphabet, padded as it should be."""
    found, left = bytearray(), b""
    for start in range(0, len(text), _PIECE):
        plain = left + text[start : start + _PIECE].translate(_URL_SAFE, _SPACE)
        whole = len(plain) - len(plain) % 4
        found += pybase64.b64decode(plain[:whole], validate=True)
        left = plain[whole:]
    if left:
        found += pybase64.b64decode(left + b"=" * (4 - len(left)), validate=True)
    return bytes(found)
