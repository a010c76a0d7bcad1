"""Faults by script: what goes wrong with which request, and how."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, cast

from studio.playground.exchange import Given, html_answer, json_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.playground.exchange import Asked, Headers
    from studio.playground.world import World

    Change = Callable[[Given, World], Given]
    Json = dict[str, object]


class Place(Enum):
    """Where an exchange is cut."""

    UPLOAD = "upload"
    """While the body of the request arrives."""
    START = "start"
    """Before the first byte of the answer."""
    HEADERS = "headers"
    BODY = "body"


class End(Enum):
    """What happens at the cut."""

    RESET = "reset"
    CLOSE = "close"
    STALL = "stall"
    """Nothing more comes, and the connection stays open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong, `times` times (None: always) with requests of this method whose path holds `path` and
    for which `when` is true.

    `instead` is answered in place of the real answer; nothing is billed then unless `billed`. `change` alters the real
    answer. `cut`: where the exchange ends and how, in the body after `after` bytes (None: in the middle). `pace`: so
    many bytes at a time with so many seconds between. `length`: added to the declared Content-Length.
    """

    path: str = ""
    method: str = "POST"
    when: Callable[[Asked], bool] | None = None
    times: int | None = 1
    delay_s: float = 0.0
    instead: Given | None = None
    billed: bool = False
    change: Change | None = None
    cut: tuple[Place, End] | None = None
    after: int | None = None
    pace: tuple[int, float] | None = None
    length: int = 0

    def fits(self, asked: Asked) -> bool:
        """Whether this request meets it."""
        plain = asked.method == self.method and self.path in asked.path
        return plain and (self.when is None or self.when(asked))

    @property
    def is_early(self) -> bool:
        """Whether it comes before the request was read."""
        return self.cut is not None and self.cut[0] is Place.UPLOAD


@dataclass(slots=True)
class Faults:
    """The script, tried in its order; a fault that has come as often as it should leaves it."""

    script: list[Fault] = field(default_factory=list[Fault])

    def add(self, *faults: Fault) -> None:
        """At the end of the script."""
        self.script.extend(faults)

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self.script.clear()

    def take(self, asked: Asked, *, early: bool = False) -> Fault | None:
        """The first that fits this request."""
        for place, fault in enumerate(self.script):
            if fault.is_early is early and fault.fits(asked):
                if fault.times is not None:
                    self.script[place : place + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None


def refuse(status: int, error: object | None = None, headers: Headers = (), *, billed: bool = False) -> Fault:
    """An answer of this status. `error` is the JSON body (OpenAI's envelope by default), or a text as it is."""
    if isinstance(error, str):
        return Fault(instead=Given(status=status, headers=(*headers,), body=error.encode()), billed=billed)
    usual = {"error": {"message": f"Fault {status}", "type": "api_error", "param": None, "code": None}}
    return Fault(instead=json_answer(usual if error is None else error, status, headers), billed=billed)


def too_many(retry_after: str, code: str = "rate_limit_exceeded") -> Fault:
    """429 with a Retry-After as given: seconds or a date."""
    error = {"error": {"message": "Too many requests", "type": "rate_limit_error", "param": None, "code": code}}
    return refuse(429, error, (("retry-after", retry_after),))


def page(status: int, title: str, server: str = "nginx/1.25.3", *, billed: bool = False) -> Fault:
    """A page of HTML, also with status 200."""
    return Fault(instead=html_answer(status, title, server), billed=billed)


def cut(place: Place, end: End = End.RESET, after: int | None = None) -> Fault:
    """The exchange ends there. What had begun is billed."""
    return Fault(cut=(place, end), after=after)


def drip(size: int, seconds: float) -> Fault:
    """The answer comes in drops."""
    return Fault(pace=(size, seconds))


def late(seconds: float) -> Fault:
    """The answer begins later; what it holds was billed before."""
    return Fault(delay_s=seconds)


def false_length(difference: int) -> Fault:
    """Content-Length tells more (or less) than comes."""
    return Fault(length=difference)


def redirect(to: str, status: int = 307) -> Fault:
    """Sent elsewhere, with nothing done."""
    return Fault(instead=Given(status=status, headers=(("location", to),)))


def rewritten(change: Callable[[Json], object]) -> Fault:
    """The JSON of a good answer changed by a function; what it returns is sent."""

    def altered(given: Given, _: World) -> Given:
        if given.status != 200:
            return given
        value = cast("Json", json.loads(given.body))
        kept = tuple(pair for pair in given.headers if pair[0] != "content-type")
        return json_answer(change(value), headers=kept)

    return Fault(change=altered)


def count(number: int) -> Fault:
    """So many pictures in the answer, whatever was asked and billed."""

    def counted(value: Json) -> Json:
        items = cast("list[object]", value["data"])
        return value | {"data": (items * (number // max(1, len(items)) + 1))[:number]}

    return rewritten(counted)


def swapped() -> Fault:
    """Base64 where an address was asked for, and the reverse."""

    def other(given: Given, world: World) -> Given:
        value = cast("dict[str, list[dict[str, str]]]", json.loads(given.body))
        for item in value["data"]:
            if "url" in item:
                found = world.results.get(item.pop("url").removeprefix(world.origin))
                assert not isinstance(found, int)
                item["b64_json"] = base64.b64encode(found[0]).decode()
            else:
                kept = world.results.keep(base64.b64decode(item.pop("b64_json")), "image/png")
                item["url"] = world.origin + kept
        return json_answer(value, headers=tuple(pair for pair in given.headers if pair[0] != "content-type"))

    return Fault(change=other)


def bomb(megabytes: int) -> Fault:
    """A 200 whose gzip body unpacks to so many megabytes of spaces and never ends well."""
    kind = (("content-type", "application/json"), ("content-encoding", "gzip"))
    return Fault(instead=Given(headers=kind, body=_packed(megabytes)), billed=True)


def _packed(megabytes: int) -> bytes:
    """One packed megabyte repeated: after a full flush a block stands on its own. The closing checksum is left out."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = b" " * 1_000_000
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1)
