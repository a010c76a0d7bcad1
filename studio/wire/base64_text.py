"""Base64 as servers write it: with a data URL's head or without, broken into lines, of either alphabet, unpadded."""

from __future__ import annotations

import binascii
import re
from urllib.parse import unquote_to_bytes

_PIECE = 1 << 18
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
    found: list[bytes] = []
    for start in range(0, len(text), _PIECE):
        try:
            found.append(binascii.a2b_base64(text[start : start + _PIECE], strict_mode=True))
        except binascii.Error:
            found.append(_cleaned(text[start:]))
            break
    return b"".join(found)


def _cleaned(text: bytes) -> bytes:
    found, left, ended = bytearray(), b"", False
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE].translate(_URL_SAFE, _SPACE)
        plain = piece.rstrip(b"=")
        if ended and plain:
            raise binascii.Error("there is more after the padding")
        ended = ended or len(plain) < len(piece)
        plain = left + plain
        whole = len(plain) - len(plain) % 4
        found += binascii.a2b_base64(plain[:whole], strict_mode=True)
        left = plain[whole:]
    if left:
        found += binascii.a2b_base64(left + b"=" * (4 - len(left)), strict_mode=True)
    return bytes(found)
