"""Finished pictures that are handed out by address, for as long as their addresses live."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from studio.playground.ledger import now

LIFETIME_S = 3600.0
KEPT_BYTES = 256 * 1024 * 1024
"""When there is more than this, the oldest go."""
FOLDER = "/results/"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    data: bytes
    media_type: str
    made: float


@dataclass(slots=True)
class Results:
    """`expired` (403, 404 or 410) answers every address with this status, as a server does when their time is over."""

    expired: int | None = None
    lifetime_s: float = LIFETIME_S
    _kept: dict[str, _Kept] = field(default_factory=dict[str, _Kept])

    def keep(self, data: bytes, media_type: str) -> str:
        """The path under which it can be fetched."""
        path = f"{FOLDER}{secrets.token_hex(8)}/image.{_ENDINGS[media_type]}"
        self._kept[path] = _Kept(data=data, media_type=media_type, made=now())
        while len(self._kept) > 1 and sum(len(kept.data) for kept in self._kept.values()) > KEPT_BYTES:
            del self._kept[next(iter(self._kept))]
        return path

    def get(self, path: str) -> tuple[bytes, str] | int:
        """Bytes and media type, or the status of the refusal."""
        if self.expired is not None:
            return self.expired
        kept = self._kept.get(path)
        if kept is None:
            return 404
        if now() - kept.made > self.lifetime_s:
            return 403
        return kept.data, kept.media_type
