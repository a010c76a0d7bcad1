"""`overpaint playground`: says where it is, serves, and ends when it is told to."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

COMMAND = (sys.executable, "-P", "-m", "studio")


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(number: signal.Signals) -> None:
    with start("--json", "playground") as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        with urllib.request.urlopen(told["url"] + "/api/v1/images/models", timeout=10) as answer:
            assert json.load(answer)["data"]
        asked = urllib.request.Request(
            told["addresses"]["openai"] + "/models", headers={"Authorization": f"Bearer {told['key']}"}
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert json.load(answer)["data"]
        process.send_signal(number)
        rest, errors = process.communicate(timeout=10)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_a_port_that_is_taken_is_refused_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with start("playground", "--port", str(port)) as process:
            output, errors = process.communicate(timeout=20)
    assert (process.returncode, output) == (2, "")
    assert f"Port {port} cannot be used" in errors
