"""Whether an order may be sent under the user's limits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.pricing import amount_of, money_words, plain

if TYPE_CHECKING:
    from studio.domain.problems import Problem
    from studio.domain.settings import Limits
    from studio.domain.spending import Held


def refusal(limits: Limits, price: Price | None, held: Held) -> Problem | None:
    """Why an order of this price may not be sent, None where it may. `held` is what is spent or set aside already, in
    the currency of the limits. A limit that cannot be read as an amount allows nothing.

    An order whose price is not known cannot be held under a limit: it is refused, or where the user allows such orders,
    sent as long as something of the limits is left.
    """
    if not limits.any:
        return None
    amount = amount_of(price)
    if price is None or amount is None or price.currency != limits.currency:
        return _uncountable(limits, price, held)
    if amount <= 0:
        return None
    if (most := limit_of(limits.click)) is not None and amount > most:
        return _reached(price, f"Your limit for one run is {_said(limits, most)}.")
    for text, spent, words in _spans(limits, held):
        most = limit_of(text)
        if most is not None and spent + amount > most:
            return _reached(price, _used(limits, spent, most, words))
    return None


def limit_of(text: str) -> Decimal | None:
    """The amount of a limit, None where there is none. What is no amount of money is nought: a limit that was meant
    and cannot be read must not be taken for none."""
    if not text.strip():
        return None
    amount = amount_of(Price(amount=text.strip()))
    return amount if amount is not None and amount >= 0 else Decimal(0)


def _uncountable(limits: Limits, price: Price | None, held: Held) -> Problem | None:
    foreign = price is not None and amount_of(price) is not None
    reason = (
        f"it is in {limits.currency}, while this run costs {money_words(price)}"
        if foreign and price is not None
        else "the price of this run is not known"
    )
    if not limits.unknown_prices:
        return problem("price-unknown-limit", reason=reason)
    if limit_of(limits.click) == 0:
        return _reached(price, f"Your limit for one run is {_said(limits, Decimal(0))}.")
    for text, spent, words in _spans(limits, held):
        most = limit_of(text)
        if most is not None and spent >= most:
            return _reached(price, _used(limits, spent, most, words))
    return None


def _spans(limits: Limits, held: Held) -> tuple[tuple[str, Decimal, str], ...]:
    return (limits.day, held.day, "a day"), (limits.month, held.month, "a month")


def _used(limits: Limits, spent: Decimal, most: Decimal, words: str) -> str:
    return f"Of your limit of {_said(limits, most)} {words}, {_said(limits, spent)} is spent or set aside."


def _said(limits: Limits, amount: Decimal) -> str:
    return money_words(Price(amount=plain(amount), currency=limits.currency))


def _reached(price: Price | None, reason: str) -> Problem:
    amount = amount_of(price)
    if price is None or amount is None:
        return problem("limit-reached", run="What this run costs is not known.", reason=reason)
    about = "about " if price.estimate else ""
    return problem("limit-reached", run=f"This run costs {about}{money_words(price)}.", reason=reason)
