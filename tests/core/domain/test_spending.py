"""What was spent: told costs to the last digit, what nobody told apart, no two currencies added."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.capabilities import Price
from studio.domain.ids import LOCAL, PLAYGROUND, JobId, ProviderId
from studio.domain.job import JobState
from studio.domain.profile import new_profile
from studio.domain.spending import (
    Outlay,
    Since,
    Standing,
    Sum,
    free_providers,
    held,
    periods,
    standing,
    totals,
)

NANO, NAGA = ProviderId("nano"), ProviderId("naga")
FREE = frozenset((LOCAL, PLAYGROUND))
SINCE = Since(day=1000.0, month=100.0)


def outlay(
    state: JobState = JobState.SUCCEEDED,
    *,
    cost: str | None = None,
    price: str | None = "0.04",
    sent: float | None = 1500.0,
    **other: object,
) -> Outlay:
    facts: dict[str, object] = {"job": JobId("1"), "provider": NANO, **other}
    return Outlay(
        state=state,
        sent=sent,
        price=None if price is None else Price(amount=price),
        cost=None if cost is None else Price(amount=cost),
        **facts,  # pyright: ignore[reportArgumentType]  # the caller names any field
    )


class TestStanding:
    """How a job counts."""

    @pytest.mark.parametrize("state", list(JobState))
    def test_a_cost_that_was_told_counts_whatever_became_of_the_job(self, state: JobState) -> None:
        assert standing(outlay(state, cost="0.05")) is Standing.CHARGED

    @pytest.mark.parametrize(
        ("state", "billed", "found"),
        [
            (JobState.QUEUED, False, Standing.WAITING),
            (JobState.RUNNING, False, Standing.RUNNING),
            (JobState.SUCCEEDED, False, Standing.OPEN),
            (JobState.UNKNOWN, None, Standing.OPEN),
            (JobState.EXPIRED, True, Standing.OPEN),
            (JobState.CANCELLED, None, Standing.OPEN),
            (JobState.CANCELLED, True, Standing.OPEN),
            (JobState.CANCELLED, False, Standing.NOTHING),
            (JobState.FAILED, False, Standing.NOTHING),
        ],
    )
    def test_without_one_the_state_counts(self, state: JobState, billed: bool | None, found: Standing) -> None:
        assert standing(outlay(state, billed=billed)) is found

    def test_a_cost_that_is_no_amount_was_not_told(self) -> None:
        assert standing(outlay(cost="nan")) is Standing.OPEN


class TestPeriods:
    """Days and months are the user's, not the provider's."""

    def test_midnight_of_the_users_zone(self) -> None:
        now = datetime(2026, 3, 1, 3, 30, tzinfo=UTC).timestamp()
        found = periods(now, ZoneInfo("America/New_York"))
        assert found.day == datetime(2026, 2, 28, 5, 0, tzinfo=UTC).timestamp()
        assert found.month == datetime(2026, 2, 1, 5, 0, tzinfo=UTC).timestamp()

    def test_a_month_that_changes_its_clocks(self) -> None:
        now = datetime(2026, 3, 29, 20, 0, tzinfo=UTC).timestamp()
        found = periods(now, ZoneInfo("Europe/Berlin"))
        assert found.day == datetime(2026, 3, 28, 23, 0, tzinfo=UTC).timestamp()
        assert found.month == datetime(2026, 2, 28, 23, 0, tzinfo=UTC).timestamp()


class TestTotals:
    """Today and this month, by provider."""

    def test_exact_costs_and_open_ones_apart(self) -> None:
        found = totals(
            [
                outlay(cost="0.10"),
                outlay(cost="0.20"),
                outlay(JobState.UNKNOWN),
                outlay(JobState.SUCCEEDED, price="0.041"),
                outlay(JobState.UNKNOWN, price=None),
                outlay(JobState.FAILED),
                outlay(JobState.RUNNING),
                outlay(JobState.QUEUED, sent=None),
            ],
            SINCE,
            FREE,
        )
        assert found.today.sums == (
            Sum(
                currency="USD",
                charged="0.3",
                jobs=2,
                open="0.081",
                open_jobs=2,
                live="0.08",
                live_jobs=2,
                held="0.461",
            ),
        )
        assert found.today.unpriced == 1
        assert found.month == found.today

    def test_a_job_counts_on_the_day_it_was_sent(self) -> None:
        found = totals([outlay(cost="1", sent=500.0), outlay(cost="2", sent=50.0)], SINCE, FREE)
        assert found.today.sums == ()
        assert [each.charged for each in found.month.sums] == ["1"]

    def test_what_waits_counts_now_whenever_it_was_ordered(self) -> None:
        found = totals([outlay(JobState.QUEUED, sent=10.0)], SINCE, FREE)
        assert found.today.sums == (Sum(currency="USD", live="0.04", live_jobs=1, held="0.04"),)

    def test_currencies_stay_apart(self) -> None:
        euro = Price(amount="0.10", currency="EUR")
        found = totals([outlay(cost="0.10"), Outlay(**{**_fields(outlay()), "cost": euro})], SINCE, FREE)  # pyright: ignore[reportArgumentType]  # one field changed
        assert [(each.currency, each.charged) for each in found.today.sums] == [("EUR", "0.1"), ("USD", "0.1")]

    def test_providers_stay_apart_and_free_ones_are_left_out(self) -> None:
        jobs = [outlay(cost="1"), outlay(cost="2", provider=NAGA), outlay(cost="4", provider=PLAYGROUND)]
        found = totals(jobs, SINCE, FREE)
        assert [(each.provider, each.today.sums[0].charged) for each in found.providers] == [
            ("naga", "2"),
            ("nano", "1"),
        ]
        assert found.today.sums[0].charged == "3"

    @given(st.lists(st.decimals(min_value=0, max_value=1000, places=6), max_size=40))
    def test_no_digit_is_lost(self, costs: list[Decimal]) -> None:
        found = totals([outlay(cost=f"{cost:f}") for cost in costs], SINCE, FREE)
        told = found.today.sums[0].charged if costs else "0"
        assert Decimal(told) == sum(costs, Decimal(0))


class TestHeld:
    """What counts against a limit."""

    def test_told_costs_and_the_prices_of_the_rest(self) -> None:
        jobs = [
            outlay(cost="0.10"),
            outlay(cost="0.30", sent=500.0),
            outlay(JobState.UNKNOWN),
            outlay(JobState.RUNNING),
            outlay(JobState.QUEUED, sent=None, job=JobId("w")),
            outlay(JobState.FAILED),
            outlay(JobState.UNKNOWN, price=None),
        ]
        found = held(jobs, SINCE, "USD", lambda _: True)
        assert (found.day, found.month) == (Decimal("0.22"), Decimal("0.52"))
        assert found.waiting == {"w"}

    def test_another_currency_counts_for_another_limit(self) -> None:
        assert held([outlay(cost="0.10")], SINCE, "EUR", lambda _: True).month == 0

    def test_who_does_not_count_is_left_out(self) -> None:
        assert held([outlay(cost="0.10")], SINCE, "USD", lambda each: each.provider != NANO).month == 0


class TestFree:
    """The local engine and the playground take no money."""

    def test_the_playground_on_this_machine(self) -> None:
        profile = new_profile("playground", "nanogpt", "http://127.0.0.1:4711")
        assert free_providers([profile]) == {LOCAL, PLAYGROUND}
        assert free_providers([]) == {LOCAL, PLAYGROUND}

    def test_a_name_alone_makes_no_playground(self) -> None:
        assert free_providers([new_profile("playground", "nanogpt", "https://nano-gpt.com")]) == {LOCAL}

    def test_another_provider_on_this_machine_takes_money(self) -> None:
        assert ProviderId("own") not in free_providers([new_profile("own", "openai", "http://localhost:8000/v1")])


def _fields(found: Outlay) -> dict[str, object]:
    return {name: getattr(found, name) for name in Outlay.__dataclass_fields__}
