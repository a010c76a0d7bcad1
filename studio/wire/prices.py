"""What a catalogue says of money, in each of its shapes. What cannot be matched to a size has no price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.wire.values import entries, items, money, text

if TYPE_CHECKING:
    from studio.domain.capabilities import Price

_ANY_SIZE = ("", "default", "image", "any", "all", "*", "base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """`each` where all sizes cost the same or none is named, else `by_size` in the catalogue's own spelling."""

    each: Price | None = None
    by_size: tuple[tuple[str, Price], ...] = ()


def read_prices(pricing: object) -> Prices:
    """`{"per_image": {size: amount}, "currency"}`, `{"per_image": amount}`, or a list of `{cost_usd, resolution}`."""
    if items(pricing):
        return _sorted([_listed(entries(each)) for each in items(pricing)])
    told = entries(pricing)
    per_image, currency = told.get("per_image"), told.get("currency")
    if entries(per_image):
        return _sorted([(size, money(amount, currency)) for size, amount in entries(per_image).items()])
    return Prices(each=_owed(money(per_image, currency)))


def _listed(row: object) -> tuple[str, Price | None]:
    """A row of an endpoint's list; only what a finished picture costs is a price of a picture."""
    told = entries(row)
    if text(told.get("billable")) not in ("", "output_image") or text(told.get("unit")) not in ("", "image"):
        return "", None
    usd = money(told.get("cost_usd"))
    return text(told.get("resolution")), usd if usd else money(told.get("cost"), told.get("currency"))


def _sorted(rows: list[tuple[str, Price | None]]) -> Prices:
    found = [(text(size), price) for size, each in rows if (price := _owed(each)) is not None]
    by_size: dict[str, Price] = {}
    for size, price in found:
        if size.lower() not in _ANY_SIZE:
            by_size.setdefault(size, price)
    anywhere = next((price for size, price in found if size.lower() in _ANY_SIZE), None)
    return Prices(each=anywhere, by_size=tuple(by_size.items()))


def _owed(price: Price | None) -> Price | None:
    return None if price is None or price.amount.startswith("-") else price
