"""Why a run goes, and what it works with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.jobs.ledger import Ledger
    from studio.jobs.outputs import Outputs
    from studio.jobs.ports import Allowance, Clock

TRIED_FOR_S = 7 * 24 * 3600.0
"""Seconds for which each start of the program tries to fetch what could not be fetched. Far longer than any address
lives, so that a clock that is wrong by days gives nothing up."""


class Way(Enum):
    """Why a run goes."""

    ORDERED = "ordered"
    """Someone has just pressed Run."""
    LET_GO = "let go"
    """It had waited."""
    RESUMED = "resumed"
    """It was sent before: only what costs nothing is done."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Means:
    """What every run works with. A `patient` one waits where there is no network; else it fails. What
    has waited is sent once `going` is set, which it is not while the queue is paused."""

    ledger: Ledger
    outputs: Outputs
    clock: Clock
    allowance: Allowance | None = None
    patient: bool = False
    going: asyncio.Event = field(default_factory=asyncio.Event)
