"""A message of the desktop goes to its portal as that wants it, is pressed, and is taken away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jeepney import Message

    from tests.whole.conftest import Screen

HOUSE = Path(__file__).resolve().parents[3]
SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Notification"


@pytest.fixture
def address() -> Iterator[str]:
    """A bus of the test's own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert bus.stdout is not None
    yield bus.stdout.readline().strip()
    bus.terminate()
    bus.wait(10)
    bus.stdout.close()


@pytest.fixture
def portal(address: str) -> Iterator[DBusConnection]:
    """The desktop's side."""
    connection = open_dbus_connection(address)
    Proxy(message_bus, connection).RequestName(SERVICE)
    yield connection
    connection.close()


def _called(portal: DBusConnection, method: str) -> Message:
    """The next call of this method, answered; all others are passed over."""
    while True:
        message = portal.receive(timeout=15)
        if message.header.message_type is MessageType.method_call:
            portal.send(new_method_return(message))
            if message.header.fields[HeaderFields.member] == method:
                return message


def test_a_message_is_shown_pressed_and_taken_away(screen: Screen, address: str, portal: DBusConnection) -> None:
    environment = {**os.environ, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": address}
    command = [sys.executable, "-m", "tests.whole.app.note_shower"]
    shower = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        note, facts = _called(portal, "AddNotification").body
        assert note == "jobs"
        assert facts["body"] == ("s", "Jobs: 3 done")
        assert facts["default-action"] == ("s", "open")
        emitter = DBusAddress(PATH, interface=INTERFACE)
        portal.send(new_signal(emitter, "ActionInvoked", "ssav", ("jobs", "open", [])))
        assert _called(portal, "RemoveNotification").body == ("jobs",)
        assert shower.wait(15) == 0
        assert shower.stdout is not None
        assert shower.stdout.read() == "pressed\n"
    finally:
        shower.kill()
        shower.wait()
        if shower.stdout is not None:
            shower.stdout.close()
