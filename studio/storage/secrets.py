"""Which keyrings may be trusted with a key. The library is loaded when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    found = trusted(system_keyring())
    return "none" if found is None else _KNOWN[type(found).__module__]


def system_keyring() -> KeyringBackend:
    """The one that the system or the user's settings have."""
    import keyring

    return keyring.get_keyring()


def trusted(backend: KeyringBackend) -> KeyringBackend | None:
    """The first of the keyrings behind this one that keeps secrets encrypted."""
    return next((each for each in _candidates(backend) if type(each).__module__ in _KNOWN), None)


def _candidates(backend: KeyringBackend) -> list[KeyringBackend]:
    from keyring.backends.chainer import ChainerBackend

    return list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
