"""How smooth the real window stays while one order after the other goes wrong, each in another way.

Run `python -m tests.bench.faults` (offscreen). As `tests.bench.arrivals`, with a server that has a fault for each
order.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.playground.server import Playground
from tests.bench.arrivals import HEAVY, Bench, main
from tests.bench.heavy import served_by
from tests.whole.providers.faults import SERVERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from studio.session.face.desk import Desk

DEADLINE_S = "10"


class FaultBench(Bench):
    """Its one phase has an order for each fault."""

    def phases(self, desk: Desk) -> Iterator[Callable[[], bool]]:
        """All faults, one after the other at each of eight places."""
        desk.providers.set(HEAVY, "deadline_s", DEADLINE_S)
        yield lambda: ("deadline_s", DEADLINE_S) in desk.providers.rows()[0].settings
        yield from self.ordered(desk, "faults", len(SERVERS))
        print(json.dumps({"ends": Counter(card.state.value for card in desk.job_cards())}), flush=True)


async def serve() -> None:
    """Until the input is closed."""
    async with await Playground.start() as playground:
        for each in SERVERS.values():
            playground.faults.add(replace(each, method="POST", path="/images", times=1))
        print(json.dumps({"url": playground.url, "key": playground.key}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


def served() -> AbstractContextManager[dict[str, str]]:
    """The server in a process of its own."""
    return served_by(["nice", "-n", "19", sys.executable, "-m", "tests.bench.faults", "serve"])


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        sys.exit(main(FaultBench, served()))
