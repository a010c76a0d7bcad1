"""The system's keyring. Only what a bug report needs is here so far: which one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
from keyring.backends.chainer import ChainerBackend

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_KNOWN = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Locker",
}
"""Back ends that keep secrets encrypted. Others (plain files, null) are never used, whatever their priority."""


def describe_keyring() -> str:
    """The name of the keyring that would be used, or `none`. May wait for a session bus: call it off the window's
    thread and with a time limit."""
    for backend in _candidates(keyring.get_keyring()):
        name = _KNOWN.get(type(backend).__module__)
        if name is not None:
            return name
    return "none"


def _candidates(backend: KeyringBackend) -> list[KeyringBackend]:
    return list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
