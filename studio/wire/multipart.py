"""multipart/form-data as RFC 7578 and browsers write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPES = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"}
"""As the HTML standard has it ("multipart/form-data encoding algorithm"): no reader understands backslashes alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field. With a file name it is a file, and `media_type` is what its bytes are."""

    name: str
    data: bytes
    filename: str = ""
    media_type: str = ""


def content_type(boundary: str) -> str:
    """The value of the header."""
    return f"multipart/form-data; boundary={boundary}"


def pieces(parts: Iterable[Part], boundary: str) -> tuple[bytes, ...]:
    """The body; the data of large parts is not copied. `boundary` is letters and digits, drawn anew for each message:
    128 random bits do not occur in what was there before them, so nothing is searched for them."""
    found: list[bytes] = []
    head = f"--{boundary}\r\n"
    for part in parts:
        found += [(head + _headers(part)).encode("utf-8"), part.data]
        head = f"\r\n--{boundary}\r\n"
    end = f"\r\n--{boundary}--\r\n" if found else f"--{boundary}--\r\n"
    return (*found, end.encode("ascii"))


def _headers(part: Part) -> str:
    line = f'Content-Disposition: form-data; name="{_quoted(part.name)}"'
    if part.filename:
        line += f'; filename="{_quoted(part.filename)}"\r\nContent-Type: {part.media_type}'
    return line + "\r\n\r\n"


def _quoted(text: str) -> str:
    return text.translate(_ESCAPES)
