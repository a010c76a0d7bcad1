"""What can be dropped or pasted. Pictures are taken as bytes; the toolkit never decodes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

OUTPUT_MIME = "application/x-overpaint-output"
"""Ids of gallery pictures, one a line, while they are dragged inside of the window."""

_PICTURES = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/tiff",
    "image/avif",
    "image/gif",
    "image/openraster",
    "image/bmp",
)
"""In the order of what keeps most: alpha and exact pixels before small files."""


def takes(mime: QMimeData) -> bool:
    """Whether there is a local file or a picture in it."""
    return bool(files(mime)) or picture(mime) is not None


def files(mime: QMimeData) -> list[str]:
    """Paths of the local files."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []


def picture(mime: QMimeData) -> str | None:
    """The picture format to take, best first; None where there is none."""
    formats = set(mime.formats())
    return next((kind for kind in _PICTURES if kind in formats), None)


def picture_bytes(mime: QMimeData) -> tuple[bytes, str] | None:
    """The bytes as they came, with a name whose ending says what they are."""
    kind = picture(mime)
    if kind is None:
        return None
    data = bytes(mime.data(kind).data())
    return (data, f"clipboard.{kind.removeprefix('image/')}") if data else None


def outputs(mime: QMimeData) -> list[str]:
    """Ids of the gallery's pictures that are dragged."""
    if not mime.hasFormat(OUTPUT_MIME):
        return []
    return bytes(mime.data(OUTPUT_MIME).data()).decode().split("\n")
