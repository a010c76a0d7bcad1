"""What was spent, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.domain.ids import ProviderId
    from studio.domain.problems import Problem
    from studio.domain.signal import Signal
    from studio.domain.spending import Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """A provider at which money was spent this month."""

    provider: ProviderId
    name: str
    today: Spent
    month: Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsView:
    """Today and this month in the user's time zone: at all providers together, and at each. None: not counted yet, or
    `problem` says why it could not be."""

    today: Spent | None = None
    month: Spent | None = None
    rows: tuple[CostRow, ...] = ()
    problem: Problem | None = None


class CostsFace(Protocol):
    """Counted anew after each job; the local engine and the playground cost nothing and are left out."""

    changed: Signal[CostsView]

    def view(self) -> CostsView: ...
    def look(self) -> None:
        """Count anew, as where a day may have ended."""
        ...
