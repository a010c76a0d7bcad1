"""Limits: what they stop, and what they say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.domain.capabilities import Price
from studio.domain.limits import limit_of, refusal
from studio.domain.settings import Limits
from studio.domain.spending import Held

NOTHING = Held(day=Decimal(0), month=Decimal(0))


def spent(day: str, month: str | None = None) -> Held:
    return Held(day=Decimal(day), month=Decimal(month or day))


def price(amount: str, currency: str = "USD", *, estimate: bool = False) -> Price:
    return Price(amount=amount, currency=currency, estimate=estimate)


def test_without_a_limit_everything_may_go() -> None:
    assert refusal(Limits(), price("1000"), spent("1000")) is None
    assert refusal(Limits(), None, spent("1000")) is None


@pytest.mark.parametrize(
    ("limits", "amount", "before", "words"),
    [
        (Limits(click="0.10"), "0.12", NOTHING, "This run costs $0.12. Your limit for one run is $0.10."),
        (
            Limits(day="5"),
            "0.12",
            spent("4.9"),
            "This run costs $0.12. Of your limit of $5.00 a day, $4.90 is spent or set aside.",
        ),
        (
            Limits(month="20"),
            "0.12",
            spent("0", "19.89"),
            "This run costs $0.12. Of your limit of $20.00 a month, $19.89 is spent or set aside.",
        ),
    ],
)
def test_what_would_pass_a_limit_is_stopped_and_says_why(limits: Limits, amount: str, before: Held, words: str) -> None:
    told = refusal(limits, price(amount), before)
    assert told is not None
    assert (told.code, told.what, told.cost) == ("limit-reached", words, "Nothing was sent.")
    assert told.action == "costs.open"


def test_what_reaches_a_limit_exactly_may_go() -> None:
    assert refusal(Limits(click="0.10", day="1", month="1"), price("0.1"), spent("0.9")) is None


def test_an_estimate_is_said_as_one() -> None:
    told = refusal(Limits(click="0.10"), price("0.12", estimate=True), NOTHING)
    assert told is not None
    assert told.what.startswith("This run costs about $0.12.")


class TestUnknownPrices:
    """They cannot be held under a limit."""

    def test_they_are_stopped(self) -> None:
        told = refusal(Limits(month="20"), None, NOTHING)
        assert told is not None
        assert told.code == "price-unknown-limit"
        assert "the price of this run is not known" in told.what

    def test_another_currency_is_not_changed_into_the_limits(self) -> None:
        told = refusal(Limits(month="20"), price("0.04", "EUR"), NOTHING)
        assert told is not None
        assert told.what == "You set a limit, and it is in USD, while this run costs 0.04 EUR."

    def test_what_is_no_amount_is_unknown(self) -> None:
        told = refusal(Limits(month="20"), price("free"), NOTHING)
        assert told is not None
        assert told.code == "price-unknown-limit"

    def test_they_may_go_where_the_user_says_so_until_the_limit_is_used_up(self) -> None:
        limits = Limits(day="5", month="20", unknown_prices=True)
        assert refusal(limits, None, spent("4.99")) is None
        told = refusal(limits, None, spent("5"))
        assert told is not None
        assert told.what.startswith("What this run costs is not known. Of your limit of $5.00 a day")


def test_nought_allows_nothing_paid() -> None:
    assert refusal(Limits(day="0"), price("0.01"), NOTHING) is not None
    assert refusal(Limits(day="0"), price("0"), NOTHING) is None
    assert refusal(Limits(click="0", unknown_prices=True), None, NOTHING) is not None


@pytest.mark.parametrize("text", ["five", "-1", "nan", "5 USD"])
def test_a_limit_that_cannot_be_read_allows_nothing(text: str) -> None:
    assert limit_of(text) == 0
    assert refusal(Limits(month=text), price("0.01"), NOTHING) is not None


def test_nothing_written_is_no_limit() -> None:
    assert limit_of(" ") is None
