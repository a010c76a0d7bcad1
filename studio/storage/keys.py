"""Where the keys of providers are: the system's keyring, this session only, or, where the user allowed it, a file."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from typing import TYPE_CHECKING, Protocol, cast

from studio.domain.catalogue import trouble
from studio.domain.problems import StorageError
from studio.domain.profile import KeyPlace
from studio.domain.secret import Secret
from studio.storage.atomic import write_bytes
from studio.storage.private import make_private

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.domain.ids import JobId, ProviderId

MOST = 65_536
"""Bytes of a key file that are read."""


class Keyring(Protocol):
    """A keyring; each call raises StorageError where it does not answer."""

    async def read(self, name: str) -> str | None: ...
    async def write(self, name: str, key: str) -> None: ...
    async def delete(self, name: str) -> None: ...


class Keys:
    """Reads in this order: this session, the keyring, the file. Can be asked on any loop.

    `name_of` is what a key is kept under. It holds where the provider is, so that a key is found for no other place,
    even where it could not be forgotten when the provider moved.
    """

    def __init__(
        self,
        ring: Keyring,
        file: Path,
        *,
        may_use_file: bool,
        name_of: Callable[[ProviderId], str] = str,
    ) -> None:
        self._ring = ring
        self._file = file
        self._may_use_file = may_use_file
        self._name_of = name_of
        self._session: dict[ProviderId, Secret] = {}
        self._lent: dict[JobId, Secret] = {}

    async def key(self, provider: ProviderId, job: JobId | None = None) -> Secret | None:
        """The key, the job's own where it has one, None where none was given. Raises StorageError where the keyring
        does not answer and the key is nowhere else."""
        if job is not None and job in self._lent:
            return self._lent[job]
        found, _ = await self._found(provider)
        return found

    async def where(self, provider: ProviderId) -> KeyPlace:
        """Where the key is. A keyring that does not answer has none."""
        try:
            return (await self._found(provider))[1]
        except StorageError:
            return KeyPlace.NONE

    async def keep(self, provider: ProviderId, key: Secret) -> KeyPlace:
        """Keep a key: in the keyring, else in the file where that is allowed. Raises StorageError where it can only be
        held for this session."""
        try:
            await self._ring.write(self._name_of(provider), key.reveal())
        except StorageError:
            if not self._may_use_file:
                raise
            await asyncio.to_thread(self._file_away, provider, key)
            self._session.pop(provider, None)
            return KeyPlace.FILE
        self._session.pop(provider, None)
        await asyncio.to_thread(self._drop_from_file, provider)
        return KeyPlace.KEYRING

    def hold(self, provider: ProviderId, key: Secret) -> None:
        """Have a key for this session only."""
        self._session[provider] = key

    def allow_file(self) -> None:
        """The user was warned and wants it."""
        self._may_use_file = True

    def lend(self, job: JobId, key: Secret) -> None:
        """Have a key for one job only."""
        self._lent[job] = key

    async def forget(self, provider: ProviderId) -> None:
        """Have it nowhere any more. Raises StorageError where the keyring does not answer, after the rest."""
        self._session.pop(provider, None)
        await asyncio.to_thread(self._drop_from_file, provider)
        await self._ring.delete(self._name_of(provider))

    async def _found(self, provider: ProviderId) -> tuple[Secret | None, KeyPlace]:
        if provider in self._session:
            return self._session[provider], KeyPlace.SESSION
        filed = (await asyncio.to_thread(self._in_file)).get(self._name_of(provider))
        try:
            text = await self._ring.read(self._name_of(provider))
        except StorageError:
            if filed is None:
                raise
            text = None
        if text is not None:
            return Secret(text), KeyPlace.KEYRING
        return (Secret(filed), KeyPlace.FILE) if filed is not None else (None, KeyPlace.NONE)

    def _in_file(self) -> dict[str, str]:
        try:
            held: object = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(held, dict):
            return {}
        pairs = cast("dict[object, object]", held).items()
        return {name: key for name, key in pairs if isinstance(name, str) and isinstance(key, str)}

    def _file_away(self, provider: ProviderId, key: Secret) -> None:
        self._write({**self._in_file(), self._name_of(provider): key.reveal()})

    def _drop_from_file(self, provider: ProviderId) -> None:
        held, name = self._in_file(), self._name_of(provider)
        if name in held:
            del held[name]
            self._write(held)

    def _write(self, held: dict[str, str]) -> None:
        make_private(self._file.parent)
        write_bytes(self._file, json.dumps(held).encode(), private=True)


def read_key_file(path: Path) -> str:
    """The text of a key file for one run. Raises UsageError (key-file-open) where others can read it or it is no
    ordinary file, StorageError (file-missing, read-failed)."""
    try:
        # Opened before it is looked at, so that what is looked at is what is read; not blocking, for it may be a pipe.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise trouble("file-missing", name=path) from error
    except OSError as error:
        raise trouble("read-failed", name=path, detail=str(error)) from error
    try:
        held = os.fstat(descriptor)
        wide = os.name == "posix" and (stat.S_IMODE(held.st_mode) & 0o077 or held.st_uid != os.getuid())
        if wide or not stat.S_ISREG(held.st_mode):
            raise trouble("key-file-open", name=path)
        return os.read(descriptor, MOST).decode("utf-8", "replace")
    finally:
        os.close(descriptor)
