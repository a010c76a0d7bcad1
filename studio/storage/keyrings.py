"""The system's keyring, called in threads of its own with a time limit: a bus or a prompt may never answer."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from studio.domain.catalogue import trouble
from studio.storage.secrets import LIMIT_S, system_keyring, trusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

SERVICE = "Overpaint"

T = TypeVar("T")


class _Ring(Protocol):
    """What is used of keyring's back ends, some of whose types are left open."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class SystemKeyring:
    """Keys under the service `Overpaint`. All of it raises StorageError: keyring-unavailable, keyring-locked,
    keyring-slow. `find` is asked for the keyring each time, in the thread, since a session bus may come and go."""

    def __init__(self, limit_s: float = LIMIT_S, find: Callable[[], KeyringBackend] = system_keyring) -> None:
        self._limit_s = limit_s
        self._find = find

    async def read(self, name: str) -> str | None:
        """The key of this name, None where there is none."""
        return await self._call(lambda backend: backend.get_password(SERVICE, name))

    async def write(self, name: str, key: str) -> None:
        """Keep a key."""
        await self._call(lambda backend: backend.set_password(SERVICE, name, key))

    async def delete(self, name: str) -> None:
        """Forget a key; nothing happens where there is none."""
        await self._call(lambda backend: _delete(backend, name))

    async def _call(self, ask: Callable[[_Ring], T]) -> T:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        # A daemon: one that hangs for good must not hold up the end of the program.
        threading.Thread(target=_work, args=(self._find, ask, loop, answer), name="keyring", daemon=True).start()
        try:
            return await asyncio.wait_for(answer, self._limit_s)
        except TimeoutError as error:
            raise trouble("keyring-slow", seconds=f"{self._limit_s:g}") from error


def _work(
    find: Callable[[], KeyringBackend],
    ask: Callable[[_Ring], T],
    loop: asyncio.AbstractEventLoop,
    answer: asyncio.Future[T],
) -> None:
    from keyring.errors import InitError, KeyringError, KeyringLocked

    try:
        found = ask(_backend(find))
    except (KeyringLocked, InitError) as error:
        _tell(loop, answer, trouble("keyring-locked", detail=type(error).__name__))
    except KeyringError as error:
        _tell(loop, answer, trouble("keyring-unavailable", detail=type(error).__name__))
    except Exception as error:  # the thread's edge: back ends raise what their bus raises
        _tell(loop, answer, trouble("keyring-unavailable", detail=type(error).__name__))
    else:
        _tell(loop, answer, found)


def _tell(loop: asyncio.AbstractEventLoop, answer: asyncio.Future[T], found: T | Exception) -> None:
    def settle() -> None:
        if answer.done():
            return
        if isinstance(found, Exception):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    if not loop.is_closed():
        loop.call_soon_threadsafe(settle)


def _backend(find: Callable[[], KeyringBackend]) -> _Ring:
    found = trusted(find())
    if found is None:
        from keyring.errors import KeyringError

        raise KeyringError("no keyring that is trusted")
    return cast("_Ring", found)


def _delete(backend: _Ring, name: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        if backend.get_password(SERVICE, name) is not None:
            raise
