"""Which keyrings may be trusted with a key. The library is loaded when one is asked for."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

LIMIT_S = 5.0
"""How long a keyring may take to answer."""

_KNOWN = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Locker",
}
"""Back ends that keep secrets encrypted. Others (plain files, null) are never used, whatever their priority."""


def system_keyring() -> KeyringBackend:
    """The one that the system or the user's settings have."""
    import keyring

    return keyring.get_keyring()


def describe_keyring(limit_s: float = LIMIT_S, find: Callable[[], KeyringBackend] = system_keyring) -> str:
    """The name of the keyring that would be used, or `none`. May wait so long for a session bus: call it off the
    window's thread. One that takes longer, or fails as its bus does, `does not answer`."""
    told: list[str] = []

    def ask() -> None:
        with contextlib.suppress(Exception):  # the thread's edge: back ends raise what their bus raises
            told.append(_name_of(find))

    # A daemon: one that hangs for good must not hold up the end of the program.
    asking = threading.Thread(target=ask, name="keyring", daemon=True)
    asking.start()
    asking.join(limit_s)
    return told[0] if told else "does not answer"


def _name_of(find: Callable[[], KeyringBackend]) -> str:
    found = trusted(find())
    return "none" if found is None else _KNOWN[type(found).__module__]


def trusted(backend: KeyringBackend) -> KeyringBackend | None:
    """The first of the keyrings behind this one that keeps secrets encrypted."""
    return next((each for each in _candidates(backend) if type(each).__module__ in _KNOWN), None)


def _candidates(backend: KeyringBackend) -> list[KeyringBackend]:
    from keyring.backends.chainer import ChainerBackend

    return list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
