"""The core ring's own walls stand: what conftest.py refuses is refused."""

from __future__ import annotations

import asyncio
import importlib
import socket
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage


@pytest.mark.parametrize("name", ["PySide6.QtWidgets", "qasync"])
def test_a_module_of_windows_is_refused(name: str) -> None:
    with pytest.raises(ImportError, match="the core ring must not import"):
        importlib.import_module(name)


def test_a_loaded_module_of_windows_is_refused_as_an_attribute_too() -> None:
    with pytest.raises(ImportError):
        from PySide6 import QtWidgets  # noqa: F401  # importing here is what is tested


def test_drawing_without_a_window_is_allowed() -> None:
    assert QImage(3, 1, QImage.Format.Format_RGB32).width() == 3


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_network_socket_is_refused(family: socket.AddressFamily) -> None:
    with pytest.raises(RuntimeError, match="network socket"):
        socket.socket(family, socket.SOCK_STREAM)


def test_connecting_to_a_name_is_refused() -> None:
    with pytest.raises(RuntimeError, match="network socket"):
        socket.create_connection(("localhost", 9), timeout=0.1)


def test_an_event_loop_and_a_process_are_allowed() -> None:
    async def answer() -> int:
        return 42

    assert asyncio.run(answer()) == 42
    assert subprocess.run([sys.executable, "-c", ""], check=True).returncode == 0
