"""What the playground would bill, and to whom."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal

OPENING_BALANCE = Decimal("25.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One generation that would be paid. `cost` in US dollars for all of it; `key` is whose."""

    time: float
    request_id: str
    dialect: str
    route: str
    model: str
    count: int
    cost: Decimal
    key: str = field(repr=False)


@dataclass(slots=True)
class Ledger:
    """All charges in their order, and what is left."""

    charges: list[Charge] = field(default_factory=list[Charge])
    balance: Decimal = OPENING_BALANCE

    def __len__(self) -> int:
        return len(self.charges)

    def add(self, charge: Charge) -> None:
        """Bill it."""
        self.charges.append(charge)
        self.balance -= charge.cost

    def of_request(self, request_id: str) -> Charge | None:
        """The charge that this request made."""
        return next((charge for charge in self.charges if charge.request_id == request_id), None)

    @property
    def total(self) -> Decimal:
        """Everything billed so far."""
        return sum((charge.cost for charge in self.charges), Decimal(0))


def now() -> float:
    """Seconds since 1970."""
    return time.time()
