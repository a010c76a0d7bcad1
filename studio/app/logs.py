"""The log file: one sink, and nothing gets into it that no log may hold."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path
from typing import TYPE_CHECKING

from studio.providers.redaction import Redaction, protect
from studio.storage.private import PRIVATE_FILE

if TYPE_CHECKING:
    from io import TextIOWrapper

    from studio.domain.ids import JobId, ProviderId
    from studio.domain.secret import Secret
    from studio.providers.ports import PlacedKeys

NAME = "overpaint.log"
LARGEST = 1 << 20
KEPT = 3
"""Older files beside the one that is written."""
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """For its owner alone, whatever the umask. Where it cannot be written, nobody is bothered."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is told where something of the user's is written, not here."""


class Log:
    """Open from its making until `close`. Keys that are used are masked wherever they stand."""

    def __init__(self, folder: Path) -> None:
        self._redaction = Redaction(str(Path.home()))
        self._handler = _PrivateFile(folder / NAME, maxBytes=LARGEST, backupCount=KEPT, delay=True)
        self._handler.setFormatter(logging.Formatter(_LINE))
        protect(self._handler, self._redaction)
        root = logging.getLogger()
        self._level = root.level
        root.addHandler(self._handler)
        root.setLevel(logging.INFO)

    def close(self) -> None:
        """Write nothing any more. Safe to call twice."""
        root = logging.getLogger()
        if self._handler in root.handlers:
            root.removeHandler(self._handler)
            root.setLevel(self._level)
        self._handler.close()

    def learn(self, key: Secret) -> None:
        """Mask this one from now on."""
        self._redaction.learn((key,))


class KnownKeys:
    """Matches `providers.ports.KeyReader` for what sends keys to one place: hands those of that place on, and lets the
    log know them first."""

    def __init__(self, keys: PlacedKeys, log: Log, at: str) -> None:
        self._keys = keys
        self._log = log
        self._at = at

    async def key(self, provider: ProviderId, job: JobId | None = None) -> Secret | None:
        """As the one behind it."""
        found = await self._keys.key(provider, job, at=self._at)
        if found is not None:
            self._log.learn(found)
        return found

    def is_lent(self, job: JobId) -> bool:
        """As the one behind it."""
        return self._keys.is_lent(job)
