"""What an order will cost, as far as the catalogue tells, and amounts of money as numbers and as words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.capabilities import Model, Price
    from studio.domain.request import ParameterValue

CENT = Decimal("0.01")
MAY_RAISE = frozenset(("quality", "num_inference_steps", "kontext_max_mode"))
"""Parameters that providers charge for and no catalogue prices: with one of them set a price is an estimate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The price of an order and what raised it: `count` pictures at `each`; `size` only where sizes differ in price."""

    price: Price
    each: Price
    count: int = 1
    size: str = ""


def quote(model: Model, values: Iterable[tuple[str, ParameterValue]], count: int = 1) -> Quote | None:
    """What an order with these parameters set will cost; None where nobody knows. See `price_of`."""
    given = dict(values)
    size = str(given.get("size") or "")
    each, price = price_of(model, size, 1), price_of(model, size, count)
    if price is None or each is None:
        return None
    guessed = price.estimate or any(given.get(name) not in (None, False, "", "auto") for name in MAY_RAISE)
    many = model.capabilities.fixed_count
    return Quote(
        price=replace(price, estimate=guessed),
        each=_divided(each, many) if many else each,
        count=many or count,
        size=size if len({one for _, one in model.prices}) > 1 else "",
    )


def price_of(model: Model, size: str = "", count: int = 1) -> Price | None:
    """The price of an order of `count` pictures of this size (the catalogue's word); None where nobody knows.

    Sizes are compared with `x` and `*` taken as one. A size that is not in the list has no price: the first one would
    be a guess. Where sizes differ in price and none was chosen, the model's own price is an estimate.
    """
    each = _each(model, size)
    if each is None:
        return None
    amount = amount_of(each)
    return None if amount is None else with_amount(each, amount * (model.capabilities.fixed_count or count))


def sum_of(prices: Iterable[Price | None]) -> Price | None:
    """What all of it costs together; None where one price is not known, or they are in several currencies."""
    told = list(prices)
    known = [price for price in told if price is not None]
    amounts = [amount for price in known if (amount := amount_of(price)) is not None]
    if len(amounts) < len(told) or len({price.currency for price in known}) != 1:
        return None
    together = with_amount(known[0], sum(amounts, Decimal(0)))
    return replace(together, estimate=any(price.estimate for price in known))


def amount_of(price: Price | None) -> Decimal | None:
    """The amount as a number; None where there is none, or where what stands there is no amount of money."""
    if price is None:
        return None
    try:
        amount = Decimal(price.amount)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def with_amount(price: Price, amount: Decimal) -> Price:
    """The price with another amount, written without exponent and without noughts at its end."""
    return replace(price, amount=plain(amount))


def plain(amount: Decimal) -> str:
    """An amount as text, exact: 0.12, never 1.2E-1."""
    return f"{amount.normalize():f}" if amount else "0"


def differs(price: Price | None, cost: Price | None) -> bool:
    """Whether what was charged is known and another amount than what was said before."""
    told, charged = amount_of(price), amount_of(cost)
    if price is None or cost is None or charged is None:
        return False
    return told != charged or price.currency != cost.currency


def cents(price: Price) -> Price:
    """The amount cut down to whole cents, or where it is less than one, to the first two digits that count."""
    amount = amount_of(price)
    if amount is None or amount == 0:
        return price
    step = CENT if abs(amount) >= CENT else Decimal(1).scaleb(amount.adjusted() - 1)
    return with_amount(price, amount.quantize(step, ROUND_DOWN))


def amount_words(price: Price) -> str:
    """The amount alone, exact, with two digits of cents at least: 12.50, 0.0012."""
    amount = amount_of(price)
    if amount is None:
        return price.amount
    whole, _, rest = plain(amount).partition(".")
    return f"{whole}.{rest:0<2}"


def money_words(price: Price) -> str:
    """An amount for people, in English: $0.12, $0.0012, 0.12 EUR."""
    shown = amount_words(price)
    if price.currency != "USD":
        return f"{shown} {price.currency}"
    return f"-${shown[1:]}" if shown.startswith("-") else f"${shown}"


def cost_words(price: Price | None, cost: Price | None) -> str:
    """What a job cost, in English: the cost alone where it is as it was said, else both; the price where only that is
    known."""
    if cost is None:
        return "cost unknown" if price is None else f"cost unknown, price {money_words(price)}"
    if price is None or not differs(price, cost):
        return money_words(cost)
    said = f"about {money_words(price)}" if price.estimate else money_words(price)
    return f"{money_words(cost)}, not {said}"


def _divided(price: Price, count: int) -> Price:
    amount = amount_of(price)
    return price if amount is None else with_amount(price, amount / count)


def _each(model: Model, size: str) -> Price | None:
    if not model.prices:
        return model.price
    by_size = {_plain(name): price for name, price in model.prices}
    if size:
        return by_size.get(_plain(size))
    known = set(by_size.values())
    if len(known) == 1:
        return known.pop()
    return None if model.price is None else replace(model.price, estimate=True)


def _plain(size: str) -> str:
    return size.strip().lower().replace("*", "x").replace("×", "x")
