"""A key as it is given: typed where nobody sees it, or read from a file or from standard input. Never an argument,
which every program on the machine could read."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from typing import TYPE_CHECKING

from studio.cli.parser import refusal
from studio.domain.catalogue import trouble

if TYPE_CHECKING:
    from studio.cli.speech import Speech

MOST = 65_536
"""Bytes that are read; a key that is cut there is too long to be one."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def given_key(provider: str, file: str | None, speech: Speech) -> str:
    """The key as typed or read. A file that others can read is said to be one. Raises UsageError, StorageError
    (file-missing, file-forbidden, read-failed)."""
    if file is None:
        return _typed(provider)
    return sys.stdin.read(MOST) if file == "-" else _read(file, speech)


def _typed(provider: str) -> str:
    if not sys.stdin.isatty():
        raise refusal("there is no terminal to type the key on; providers key needs --from-file FILE, or - for a pipe")
    try:
        return getpass.getpass(f"Key of {provider}: ")
    except EOFError as error:
        raise refusal("no key was typed") from error


def _read(path: str, speech: Speech) -> str:
    try:
        with open(path, "rb") as file:
            held = os.fstat(file.fileno())
            text = file.read(MOST).decode("utf-8", "replace")
    except FileNotFoundError as error:
        raise trouble("file-missing", name=path) from error
    except PermissionError as error:
        raise trouble("file-forbidden", name=path) from error
    except OSError as error:
        raise trouble("read-failed", name=path, detail=str(error)) from error
    if os.name == "posix" and stat.S_ISREG(held.st_mode) and held.st_mode & _OTHERS:
        speech.say(f"{path} can be read by others than you; delete it once the key is kept.")
    return text
