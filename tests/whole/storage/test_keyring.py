"""The real keyring of this session's bus, and none at all."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import ProviderId
from studio.domain.profile import KeyPlace
from studio.domain.secret import Secret
from studio.storage.keyrings import SystemKeyring
from studio.storage.keys import Keys
from studio.storage.secrets import describe_keyring

if TYPE_CHECKING:
    from pathlib import Path

NANO = ProviderId("nano-of-a-test")
PROGRAM = """
import asyncio
from studio.domain.problems import StorageError

from studio.storage.keyrings import SystemKeyring
try:
    asyncio.run(SystemKeyring().write("x", "k"))
except StorageError as error:
    print(error.problem.code)
"""

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(SystemKeyring(), tmp_path / "keys.json", may_use_file=False)


def test_a_key_lives_in_the_secret_service(keys: Keys) -> None:
    asyncio.run(_kept_and_forgotten(keys))


async def _kept_and_forgotten(keys: Keys) -> None:
    assert await keys.keep(NANO, Secret("sk-ключ")) is KeyPlace.KEYRING
    found = await keys.key(NANO)
    assert found is not None
    assert found.reveal() == "sk-ключ"
    await keys.forget(NANO)
    assert await keys.key(NANO) is None
    await keys.forget(NANO)


def told(**environment: str) -> str:
    plain = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=plain | environment, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.strip()


def test_without_a_bus_there_is_no_keyring() -> None:
    assert told(DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent") == "keyring-unavailable"


def test_a_locked_keyring_says_so(tmp_path: Path) -> None:
    # A bus that starts nothing: a program that asks for the password would wait for somebody to type it.
    bus = tmp_path / "bus.conf"
    bus.write_text(BUS, encoding="utf-8")
    script = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; exec "$@"'
    command = [
        "dbus-run-session",
        f"--config-file={bus}",
        "--",
        "sh",
        "-c",
        script,
        "sh",
        sys.executable,
        "-c",
        PROGRAM,
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.strip() in ("keyring-locked", "keyring-unavailable")


def test_a_keyring_of_plain_files_is_none() -> None:
    program = "from studio.storage.secrets import describe_keyring; print(describe_keyring())"
    where = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=where)
    assert ended.stdout == "none\n"
    assert describe_keyring() in ("none", "Secret Service", "KWallet", "macOS Keychain", "Windows Credential Locker")
