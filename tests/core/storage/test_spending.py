"""What was spent, counted from a real journal as it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.ids import LOCAL, JobId, ModelId, ProviderId
from studio.domain.job import (
    Answered,
    Cancelled,
    Failed,
    JobEvent,
    LookedAgain,
    OutcomeUnknown,
    PutBack,
    Queued,
    Submitting,
    Succeeded,
)
from studio.domain.request import EditRequest
from studio.domain.spending import Since, Sum
from studio.storage.library import open_library
from tests.core.storage.shelf import folders_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = 86_400.0
MONTH = Since(day=100 * DAY, month=80 * DAY)
FREE = frozenset((LOCAL,))
PRICE = Price(amount="0.04")
UNKNOWN = OutcomeUnknown(problem=problem("outcome-unknown"))


class Books:
    """A library whose clock stands where the test puts it."""

    def __init__(self, root: Path) -> None:
        self.at = 100.5 * DAY
        self._folders = folders_in(root)
        self.library = open_library(self._folders, clock=lambda: self.at).library

    def tell(self, job: str, *events: JobEvent) -> None:
        for event in events:
            self.library.journal.append(JobId(job), event)

    def order(self, job: str, *events: JobEvent, price: Price | None = PRICE, provider: str = "nano") -> None:
        request = EditRequest(provider=ProviderId(provider), model=ModelId("m"))
        self.tell(job, Queued(request=request, price=price), *events)

    def today(self) -> tuple[Sum, ...]:
        return self.library.spending.totals(MONTH, FREE).today.sums

    def month(self) -> tuple[Sum, ...]:
        return self.library.spending.totals(MONTH, FREE).month.sums

    def reopened(self) -> None:
        self.library.close()
        self.library = open_library(self._folders, clock=lambda: self.at).library


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path)
    yield made
    made.library.close()


def sent(cost: str | None = None) -> tuple[JobEvent, ...]:
    return Submitting(attempt=1), Succeeded(cost=None if cost is None else Price(amount=cost))


def test_the_sums_follow_the_journal_as_it_grows(books: Books) -> None:
    assert books.today() == ()
    books.order("1")
    assert books.today() == (Sum(currency="USD", live="0.04", live_jobs=1, held="0.04"),)
    books.tell("1", Submitting(attempt=1), Answered(cost=Price(amount="0.05")))
    assert books.today() == (Sum(currency="USD", charged="0.05", jobs=1, held="0.05"),)
    books.tell("1", Succeeded())
    books.order("2", *sent())
    books.order("3", Submitting(attempt=1), Failed(problem=problem("engine-died")))
    expected = (Sum(currency="USD", charged="0.05", jobs=1, open="0.04", open_jobs=1, held="0.09"),)
    assert books.today() == expected
    books.reopened()
    assert books.today() == expected


def test_what_is_learnt_later_counts_on_the_day_it_was_sent(books: Books) -> None:
    books.at = 90 * DAY
    books.order("1", Submitting(attempt=1), UNKNOWN)
    assert books.month() == (Sum(currency="USD", open="0.04", open_jobs=1, held="0.04"),)
    books.at = 100.5 * DAY
    books.tell("1", LookedAgain(), Cancelled(billed=True, cost=Price(amount="0.03")))
    assert books.month() == (Sum(currency="USD", charged="0.03", jobs=1, held="0.03"),)
    assert books.today() == ()


def test_an_order_that_waited_for_the_network_counts_when_it_left(books: Books) -> None:
    books.at = 90 * DAY
    books.order("1", Submitting(attempt=1), PutBack(problem=problem("engine-died")))
    books.at = 100.5 * DAY
    books.tell("1", Submitting(attempt=2), Succeeded(cost=PRICE))
    assert books.today() == (Sum(currency="USD", charged="0.04", jobs=1, held="0.04"),)


def test_what_still_waits_from_long_ago_is_set_aside(books: Books) -> None:
    books.at = 3 * DAY
    books.order("old")
    books.order("paid", *sent("9"))
    books.at = 100.5 * DAY
    books.order("new", *sent("0.01"))
    books.reopened()
    assert books.today() == (Sum(currency="USD", charged="0.01", jobs=1, live="0.04", live_jobs=1, held="0.05"),)


def test_another_month_is_counted_anew(books: Books) -> None:
    books.at = 70 * DAY
    books.order("1", *sent("1"))
    books.at = 100.5 * DAY
    books.order("2", *sent("2"))
    assert [each.charged for each in books.month()] == ["2"]
    earlier = Since(day=70 * DAY, month=60 * DAY)
    assert [each.charged for each in books.library.spending.totals(earlier, FREE).month.sums] == ["3"]


def test_a_clock_that_was_set_back_hides_nothing(books: Books) -> None:
    books.order("1", *sent("1"))
    books.at = 79 * DAY
    books.order("2", *sent("2"))
    books.at = 100.5 * DAY
    books.order("3", *sent("4"))
    books.reopened()
    assert [each.charged for each in books.month()] == ["5"]


def test_the_local_engine_costs_nothing(books: Books) -> None:
    books.order("1", *sent(), price=None, provider=LOCAL)
    books.order("2", *sent(), price=None)
    spent = books.library.spending.totals(MONTH, FREE).today
    assert (spent.sums, spent.unpriced) == ((), 1)


def test_only_what_counts_is_held(books: Books) -> None:
    books.order("1", *sent("1"))
    books.order("2")
    books.order("3", Submitting(attempt=1))
    held = books.library.spending.held(MONTH, "USD", lambda each: each.job != "3")
    assert (str(held.day), held.waiting) == ("1.04", {"2"})
