"""How often is tried again, who is waited for, and what is told before it happens."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import ProviderProgress
from studio.providers.budget import EVERY_S, SIZE, Budget
from studio.providers.offline import is_no_network
from studio.providers.telling import Telling, told

if TYPE_CHECKING:
    from studio.domain.job import ProviderEvent


class Watch:
    """A clock that pauses move."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def pause(self, seconds: float) -> None:
        self.time += seconds

    async def alarm(self, seconds: float) -> None:
        await asyncio.Event().wait()


def test_a_budget_is_spent_and_comes_back_with_time() -> None:
    watch = Watch()
    budget = Budget(watch)
    assert [budget.take() for _ in range(SIZE + 2)] == [True] * SIZE + [False] * 2
    watch.time = EVERY_S * 2.5
    assert [budget.take() for _ in range(3)] == [True, True, False]
    watch.time = 1e6
    assert sum(budget.take() for _ in range(2 * SIZE)) == SIZE


def test_a_turn_is_waited_for_as_long_as_there_is_time() -> None:
    watch = Watch()
    budget = Budget(watch)
    while budget.take():
        pass
    assert asyncio.run(budget.turn(100.0))
    assert watch.time == pytest.approx(EVERY_S)
    assert not asyncio.run(budget.turn(watch.time + EVERY_S / 2))
    assert watch.time == pytest.approx(EVERY_S)


def refused(number: int) -> OSError:
    return OSError(number, "x")


AWAY = [refused(errno.ENETUNREACH)]


@pytest.mark.parametrize(("causes", "way_out", "expected"), [
    (AWAY, True, True),
    ([refused(errno.EHOSTUNREACH), refused(errno.ENETDOWN)], True, True),
    # One of its addresses was reached, so there is a network.
    ([refused(errno.ENETUNREACH), refused(errno.ECONNREFUSED)], True, False),
    ([refused(errno.ECONNREFUSED)], False, False),
    ([refused(errno.ETIMEDOUT)], True, False),
    ([socket.gaierror(socket.EAI_AGAIN, "x")], True, True),
    ([socket.gaierror(socket.EAI_NONAME, "x")], True, False),
    ([socket.gaierror(socket.EAI_NONAME, "x")], False, True),
    ([OSError("All connection attempts failed"), *AWAY], True, True),
    ([ValueError("x")], False, False),
    ([], False, False),
])  # fmt: skip
def test_who_is_away(causes: list[BaseException], way_out: bool, expected: bool) -> None:
    assert is_no_network(causes, lambda: way_out) is expected


def test_what_is_told_is_heard_before_the_work_goes_on() -> None:
    order: list[str] = []

    async def work(tell: Telling) -> None:
        tell(ProviderProgress(phase="first"))
        tell(ProviderProgress(phase="second"))
        await tell.heard()
        order.append("work")

    async def scene() -> list[str]:
        async for event in told(work):
            assert isinstance(event, ProviderProgress)
            order.append(event.phase)
        return order

    assert asyncio.run(scene()) == ["first", "second", "work"]


def test_work_that_nobody_hears_ends_where_it_is() -> None:
    order: list[str] = []

    async def work(tell: Telling) -> None:
        try:
            tell(ProviderProgress(phase="only"))
            await tell.heard()
            order.append("went on")
        finally:
            order.append("ended")

    async def scene() -> None:
        events = told(work)
        async for _ in events:
            break
        await events.aclose()  # type: ignore[attr-defined]  # it is an asynchronous generator

    asyncio.run(scene())
    assert order == ["ended"]


def test_what_the_work_raises_is_raised_after_all_was_told() -> None:
    heard: list[ProviderEvent] = []

    async def work(tell: Telling) -> None:
        tell(ProviderProgress(phase="only"))
        raise KeyError("x")

    async def scene() -> None:
        events = told(work)
        heard.append(await anext(events))
        await anext(events)

    with pytest.raises(KeyError):
        asyncio.run(scene())
    assert heard == [ProviderProgress(phase="only")]
