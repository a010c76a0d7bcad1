"""Settings as a TOML file that a person may edit: keys and comments that are not known here stay as they are."""

from __future__ import annotations

import time
import tomllib
from typing import TYPE_CHECKING

from studio.storage.atomic import keep_aside, write_bytes
from studio.storage.private import make_private
from studio.storage.settings_read import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.domain.problems import Problem
    from studio.domain.settings import Settings


class SettingsFile:
    """`studio.session.ports.SettingsStore`. `problem` says what was wrong when they were last loaded."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self.problem: Problem | None = None

    def load(self) -> Settings:
        """The settings; a value that cannot be used is replaced by the program's own."""
        found = read_settings(self._path)
        self.problem = found.problem
        return found.settings

    def save(self, settings: Settings) -> None:
        """Write what differs from the file; a damaged file is kept aside first. Raises StorageError."""
        from studio.storage.settings_text import changed_text  # tomlkit is not to be loaded before the first frame

        make_private(self._path.parent)
        before = self._text()
        after = changed_text(before, settings)
        if after != before:
            write_bytes(self._path, after.encode(), private=True)

    def _text(self) -> str:
        """The file as it is, empty where it is missing or was damaged."""
        try:
            text = self._path.read_text(encoding="utf-8")
            tomllib.loads(text)
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, RecursionError):
            stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(self._clock()))
            try:
                keep_aside(self._path, stamp)
            except OSError:
                return ""  # what cannot be renamed cannot be replaced either: writing will say so
            return ""
        return text
