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
        self._session: dict[str, Secret] = {}
        self._lent: dict[JobId, tuple[str, Secret]] = {}

    async def key(self, provider: ProviderId, job: JobId | None = None, *, at: str | None = None) -> Secret | None:
        """The key, the job's own where it has one, None where none was given. `at` is what the key of the provider is
        kept under where whoever asks will send it to, which need not be where the provider is by now: a key of another
        place is not given. Raises StorageError where the keyring does not answer and the key is nowhere else."""
        name = self._name_of(provider) if at is None else at
        if job is not None and job in self._lent:
            of, lent = self._lent[job]
            return lent if of == name else None
        found, _ = await self._found(name)
        return found

    async def where(self, provider: ProviderId) -> KeyPlace:
        """Where the key is. A keyring that does not answer has none."""
        try:
            return (await self._found(self._name_of(provider)))[1]
        except StorageError:
            return KeyPlace.NONE

    async def keep(self, provider: ProviderId, key: Secret) -> KeyPlace:
        """Keep a key: in the keyring, else in the file where that is allowed. Raises StorageError where it can only be
        held for this session."""
        name = self._name_of(provider)
        try:
            await self._ring.write(name, key.reveal())
        except StorageError:
            if not self._may_use_file:
                raise
            await asyncio.to_thread(self._file_away, name, key)
            self._session.pop(name, None)
            return KeyPlace.FILE
        self._session.pop(name, None)
        await asyncio.to_thread(self._drop_from_file, name)
        return KeyPlace.KEYRING

    def hold(self, provider: ProviderId, key: Secret) -> None:
        """Have a key for this session only."""
        self._session[self._name_of(provider)] = key

    def allow_file(self) -> None:
        """The user was warned and wants it."""
        self._may_use_file = True

    def lend(self, job: JobId, provider: ProviderId, key: Secret) -> None:
        """Have a key for one job of a provider only, as long as that stays where it is."""
        self._lent[job] = (self._name_of(provider), key)

    def is_lent(self, job: JobId) -> bool:
        """Whether a job has a key of its own, of whatever place."""
        return job in self._lent

    async def forget(self, provider: ProviderId) -> None:
        """Have it nowhere any more. Raises StorageError where the keyring does not answer, after the rest."""
        name = self._name_of(provider)
        self._session.pop(name, None)
        await asyncio.to_thread(self._drop_from_file, name)
        await self._ring.delete(name)

    async def _found(self, name: str) -> tuple[Secret | None, KeyPlace]:
        if name in self._session:
            return self._session[name], KeyPlace.SESSION
        filed = (await asyncio.to_thread(self._in_file)).get(name)
        try:
            text = await self._ring.read(name)
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

    def _file_away(self, name: str, key: Secret) -> None:
        self._write({**self._in_file(), name: key.reveal()})

    def _drop_from_file(self, name: str) -> None:
        held = self._in_file()
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
