"""`playground`: a provider on this machine, until it is told to end."""

from __future__ import annotations

import asyncio
import json
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.cli.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.cli.outlet import Outlet

_ENDINGS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A playground that runs: where, and a key that it takes."""

    url: str
    key: str


async def play(place: Place, out: Outlet, *, as_json: bool) -> Status:
    """Say where it is, and wait for Ctrl+C or SIGTERM, which are how it is meant to end. One that nobody hears of ends
    at once."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Python's own handlers: those of the loop are not there on Windows.
    before = {number: signal.signal(number, _teller(loop, ended)) for number in _ENDINGS}
    try:
        out.write(_object(place) if as_json else _words(place))
        if out.lost is None:
            await ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return Status.DONE


def _teller(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> Callable[[int, object], None]:
    def tell(_number: int, _frame: object) -> None:
        loop.call_soon_threadsafe(ended.set)

    return tell


def _addresses(place: Place) -> dict[str, str]:
    """The base address for each kind of provider."""
    return {"nanogpt": place.url, "naga": f"{place.url}/naga/v1", "openai": f"{place.url}/openai/v1"}


def _object(place: Place) -> str:
    return json.dumps({"url": place.url, "key": place.key, "addresses": _addresses(place)}) + "\n"


def _words(place: Place) -> str:
    urls = _addresses(place)
    return (
        "A provider to try everything with. Nothing is paid, its pictures say DEMO. Ctrl+C ends it.\n"
        f"  address   {place.url}\n"
        f"  key       {place.key}\n"
        f"  ledger    {place.url}/playground/ledger\n"
        f"  NanoGPT   overpaint providers add try --kind nanogpt --url {urls['nanogpt']}\n"
        f"  Naga      overpaint providers add try --kind naga --url {urls['naga']}\n"
        f"  OpenAI    overpaint providers add try --kind openai --url {urls['openai']}\n"
    )
