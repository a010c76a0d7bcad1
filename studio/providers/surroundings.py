"""What a way to servers has around it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.providers.guard import resolve
from studio.providers.offline import has_way_out
from studio.providers.timing import SystemTimer

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from studio.providers.guard import Resolver
    from studio.providers.ports import Timer


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is not the same each time. `chance` (0 to 1) spreads tries over time; `way_out` tells whether this machine
    has a network, `trust` whose certificates are good (None: those that `transport.trusted` takes)."""

    timer: Timer = field(default_factory=SystemTimer)
    resolver: Resolver = resolve
    chance: Callable[[], float] = random.random
    way_out: Callable[[], bool] = has_way_out
    trust: Callable[[], ssl.SSLContext] | None = None
