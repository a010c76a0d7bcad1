"""Limits hold however fast orders come: at the click, and again right before they are sent."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.ids import LOCAL, PLAYGROUND, JobId, ModelId, ProviderId
from studio.domain.job import Queued, Submitting, Succeeded
from studio.domain.problems import UsageError
from studio.domain.request import EditRequest
from studio.domain.settings import Limits, Settings
from studio.session.costs import CostsDesk
from studio.session.spending import Allowance
from studio.session.tasks import Tasks
from studio.storage.library import open_library
from studio.storage.spending import AsyncSpending
from tests.core.storage.shelf import folders_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import ParamSpec, TypeVar

    from studio.domain.job import JobEvent
    from studio.domain.problems import Problem
    from studio.session.face.costs import CostsView

    P = ParamSpec("P")
    T = TypeVar("T")

NOON = datetime(2026, 3, 10, 12, 0).timestamp()  # days are the user's own, whatever the time zone
DAY = 86_400.0
PRICE = Price(amount="0.04")


async def run_later(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The journal's thread takes its time: others get their turn before it answers."""
    await asyncio.sleep(0)
    answer = function(*args, **kwargs)
    await asyncio.sleep(0)
    return answer


class House:
    """A journal and an allowance before it."""

    def __init__(self, root: Path) -> None:
        self.at = NOON
        self.library = open_library(folders_in(root), clock=lambda: self.at).library
        self.allowance = Allowance(AsyncSpending(self.library.spending, run_later), lambda: self.at, Settings())
        self._minted = 0

    def limit(self, **limits: object) -> None:
        self.allowance.use(Settings(limits=replace(Limits(), **limits)))  # pyright: ignore[reportArgumentType]  # the caller names any field

    def tell(self, job: JobId, *events: JobEvent) -> None:
        for event in events:
            self.library.journal.append(job, event)

    def put(self, *events: JobEvent, price: Price | None = PRICE, provider: str = "nano") -> JobId:
        self._minted += 1
        job = JobId(f"{self._minted:04}")
        self.tell(job, Queued(request=order(provider), price=price), *events)
        return job

    async def click(self, price: Price | None = PRICE, provider: str = "nano") -> Problem | None:
        """An order as the window and the terminal make it; why it was refused."""
        try:
            async with self.allowance.ordering(order(provider), price):
                await asyncio.sleep(0)
                self.put(price=price, provider=provider)
        except UsageError as error:
            return error.problem
        return None

    async def send(self, job: JobId) -> Problem | None:
        """What the runner does before it sends; why it did not."""
        found = self.library.journal.job(job)
        assert found is not None
        told = await self.allowance.refusal(found)
        if told is None:
            await asyncio.sleep(0)
            self.tell(job, Submitting(attempt=found.attempts + 1))
        return told


def order(provider: str) -> EditRequest:
    return EditRequest(provider=ProviderId(provider), model=ModelId("m"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.library.close()


class TestOrdering:
    """At the click."""

    def test_ten_clicks_at_once_pass_no_limit(self, house: House) -> None:
        async def scene() -> list[Problem | None]:
            house.limit(day="0.20")
            return await asyncio.gather(*(house.click() for _ in range(10)))

        told = asyncio.run(scene())
        assert told.count(None) == 5
        assert {each.code for each in told if each is not None} == {"limit-reached"}
        assert len(house.library.journal.jobs()) == 5

    def test_what_is_spent_and_may_have_been_counts(self, house: House) -> None:
        house.put(Submitting(attempt=1), Succeeded(cost=Price(amount="0.10")))
        house.put(Submitting(attempt=1), Succeeded())
        house.limit(day="0.17")
        told = asyncio.run(house.click())
        assert told is not None
        assert "$0.14 is spent or set aside" in told.what
        house.limit(day="0.18")
        assert asyncio.run(house.click()) is None

    def test_a_new_day_begins_at_nought_and_a_month_goes_on(self, house: House) -> None:
        house.put(Submitting(attempt=1), Succeeded(cost=Price(amount="0.10")))
        house.at += DAY
        house.limit(day="0.10")
        assert asyncio.run(house.click()) is None
        house.limit(month="0.10")
        assert asyncio.run(house.click()) is not None
        house.at += 31 * DAY
        house.limit(day="0.10", month="1")
        assert asyncio.run(house.click()) is None

    def test_what_takes_no_money_is_not_held(self, house: House) -> None:
        house.limit(click="0", day="0", month="0")
        assert asyncio.run(house.click(None, LOCAL)) is None
        assert asyncio.run(house.click(PRICE, PLAYGROUND)) is None
        assert asyncio.run(house.click(PRICE)) is not None

    def test_an_unknown_price_is_stopped_unless_it_is_allowed(self, house: House) -> None:
        assert asyncio.run(house.click(None)) is None
        house.limit(month="5")
        told = asyncio.run(house.click(None))
        assert told is not None
        assert told.code == "price-unknown-limit"
        house.limit(month="5", unknown_prices=True)
        assert asyncio.run(house.click(None)) is None


class TestSending:
    """Right before a job leaves."""

    def test_ten_that_wait_pass_no_limit_when_they_go_at_once(self, house: House) -> None:
        async def scene() -> list[Problem | None]:
            return await asyncio.gather(*(house.send(job) for job in waiting))

        waiting = [house.put() for _ in range(10)]
        house.limit(day="0.20")
        assert asyncio.run(scene()).count(None) == 5

    def test_those_that_go_on_waiting_hold_nobody_up(self, house: House) -> None:
        waiting = [house.put() for _ in range(10)]
        house.limit(day="0.04")
        assert asyncio.run(house.send(waiting[3])) is None
        assert asyncio.run(house.send(waiting[4])) is not None

    def test_one_that_cost_more_than_its_price_holds_the_next(self, house: House) -> None:
        house.limit(day="0.10")
        first, second = house.put(), house.put()
        assert asyncio.run(house.send(first)) is None
        house.tell(first, Succeeded(cost=Price(amount="0.09")))
        told = asyncio.run(house.send(second))
        assert told is not None
        assert (told.code, told.cost) == ("limit-reached", "Nothing was sent.")
        house.at += DAY
        assert asyncio.run(house.send(second)) is None

    def test_one_that_was_let_go_and_did_not_leave_counts_until_it_ends(self, house: House) -> None:
        async def scene() -> Problem | None:
            found = house.library.journal.job(first)
            assert found is not None
            assert await house.allowance.refusal(found) is None
            return await house.send(second)

        first, second = house.put(), house.put()
        house.limit(day="0.04")
        assert asyncio.run(scene()) is not None

    def test_a_limit_for_one_run_that_was_lowered_meanwhile(self, house: House) -> None:
        waiting = house.put()
        house.limit(click="0.03")
        told = asyncio.run(house.send(waiting))
        assert told is not None
        assert told.what.endswith("Your limit for one run is $0.03.")


class TestDesk:
    """What the window shows."""

    def test_many_jobs_are_counted_in_one_go(self, house: House) -> None:
        views: list[CostsView] = []

        async def scene() -> None:
            counted = asyncio.Event()
            tasks = Tasks(lambda problem: pytest.fail(problem.what))
            desk = CostsDesk(house.allowance, tasks, str.title, lambda notice: pytest.fail(notice.text))
            desk.changed.connect(views.append)
            desk.changed.connect(lambda _: counted.set())
            for _ in range(50):
                house.put(Submitting(attempt=1), Succeeded(cost=PRICE))
                desk.look()
            await counted.wait()
            await tasks.close()

        asyncio.run(scene())
        assert len(views) == 1
        today = views[-1].today
        assert today is not None
        assert [each.charged for each in today.sums] == ["2"]
        assert [row.name for row in views[-1].rows] == ["Nano"]
