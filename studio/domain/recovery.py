"""A recovery copy of a document that was not saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.geometry import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEntry:
    """A recovery copy on disk. `saved_at` is in seconds since 1970; `thumbnail` is an encoded picture."""

    key: str
    title: str
    saved_at: float
    size: Size
    path: str | None = None
    thumbnail: bytes = b""
