"""A provider that outlives the program under test and remembers what it billed and which pictures it sent whole."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import threading
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from studio.playground.faults import Fault
from studio.playground.refusals import Dialect
from studio.playground.world import World
from tests.fakes.playground import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.playground.exchange import Asked, Given
    from studio.playground.server import Playground

MODEL = "rig"
SIZES = ("96x96", "512x512")
BUCKETS = 5
"""Orders and downloads are spread over so many ways in which the server takes its time."""
_PATTERN = "qwen-image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A picture whose last byte was handed to the socket at `at` (seconds, `time.monotonic`), in the answer to a
    request that came at `asked` (seconds since 1970)."""

    prompt: str
    digest: str
    asked: float
    at: float


@dataclass(slots=True)
class Witness:
    """What one playground saw. Every order has a prompt of its own: a prompt is a click."""

    playground: Playground
    _sent: list[Sent] = field(default_factory=list[Sent])
    _named: dict[str, str] = field(default_factory=dict[str, str])
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, asked: Asked, given: Given) -> None:
        """Told by the server on its own thread."""
        if given.status != 200:
            return
        at = time.monotonic()
        if asked.path in self._named:
            self._note(self._named[asked.path], given.body, asked, at)
        elif asked.method == "POST" and "/images" in asked.path:
            prompt = prompt_of(asked)
            for item in cast("dict[str, list[dict[str, str]]]", json.loads(given.body))["data"]:
                if "b64_json" in item:
                    self._note(prompt, base64.b64decode(item["b64_json"]), asked, at)
                else:
                    self._named[item["url"].removeprefix(self.playground.url)] = prompt

    def _note(self, prompt: str, data: bytes, asked: Asked, at: float) -> None:
        digest = hashlib.sha256(data).hexdigest()
        with self._turn:
            self._sent.append(Sent(prompt=prompt, digest=digest, asked=asked.time, at=at))

    def sent(self) -> list[Sent]:
        """Every picture that left whole so far."""
        with self._turn:
            return list(self._sent)

    def orders(self) -> dict[str, int]:
        """How many orders with each prompt came to the server, billed or not."""
        found: dict[str, int] = {}
        for asked in list(self.playground.requests):
            if asked.method == "POST" and "/images" in asked.path:
                prompt = prompt_of(asked)
                found[prompt] = found.get(prompt, 0) + 1
        return found

    def billed(self) -> dict[str, int]:
        """Rows of the ledger by prompt."""
        by_request = {asked.request_id: asked for asked in list(self.playground.requests)}
        found: dict[str, int] = {}
        for charge in list(self.playground.ledger.charges):
            prompt = prompt_of(by_request[charge.request_id])
            found[prompt] = found.get(prompt, 0) + 1
        return found


def prompt_of(asked: Asked) -> str:
    """The prompt of an order; read from its body where nothing has read that yet."""
    fields = dict(asked.fields) or cast("dict[str, object]", json.loads(asked.body or b"{}"))
    return str(fields.get("prompt", ""))


@contextmanager
def witness() -> Iterator[Witness]:
    """One that runs until left; its model makes up to four pictures, small or a few hundred kilobytes large."""
    world = World()
    world.ledger.balance = Decimal(10_000)
    world.catalogue.of(Dialect.NANOGPT).append(model_of(world))
    with running(world=world) as playground:
        found = Witness(playground)
        world.sent = found.hear
        playground.faults.add(*_ways())
        yield found


def model_of(world: World) -> dict[str, object]:
    pattern = next(each for each in world.catalogue.of(Dialect.NANOGPT) if each["id"] == _PATTERN)
    record: dict[str, Any] = copy.deepcopy(pattern)
    record |= {"id": MODEL, "name": MODEL}
    record["supported_parameters"]["resolutions"] = list(SIZES)
    record["pricing"] = {"per_image": {size.replace("x", "*"): 0.02 for size in SIZES}, "currency": "USD"}
    return record


def _ways() -> list[Fault]:
    """Answers that are late, that come in pieces, or at once, as the request's own bytes fall."""
    orders = [{"pace": (24_000, 0.01)}, {"delay_s": 0.05}, {"delay_s": 0.2}]
    fetches = [{"pace": (12_000, 0.01)}, {"delay_s": 0.1}]
    return [
        Fault(path=path, method=method, when=lambda asked, mine=number: _bucket(asked) == mine, times=None, **way)
        for path, method, ways in (("/images", "POST", orders), ("/results", "GET", fetches))
        for number, way in enumerate(ways)
    ]


def _bucket(asked: Asked) -> int:
    return zlib.crc32(asked.body or asked.path.encode()) % BUCKETS
