"""What an order will cost, as far as the catalogue tells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.capabilities import Model, Price


def price_of(model: Model, size: str = "", count: int = 1) -> Price | None:
    """The price of an order of `count` pictures of this size (the catalogue's word); None where nobody knows.

    Sizes are compared with `x` and `*` taken as one. A size that is not in the list has no price: the first one would
    be a guess.
    """
    each = _each(model, size)
    if each is None:
        return None
    try:
        amount = Decimal(each.amount) * (model.capabilities.fixed_count or count)
    except InvalidOperation:
        return None
    return replace(each, amount=f"{amount.normalize():f}") if amount.is_finite() else None


def _each(model: Model, size: str) -> Price | None:
    if not model.prices:
        return model.price
    by_size = {_plain(name): price for name, price in model.prices}
    if size:
        return by_size.get(_plain(size))
    known = set(by_size.values())
    return known.pop() if len(known) == 1 else model.price


def _plain(size: str) -> str:
    return size.strip().lower().replace("*", "x").replace("×", "x")
