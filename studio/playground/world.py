"""Everything that the handlers of one playground share."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from studio.playground.catalogue import Catalogue
from studio.playground.ledger import Ledger
from studio.playground.results import Results

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.playground.exchange import Asked, Given

BODY_LIMIT = 4_000_000
KEPT_BYTES = 256 * 1024 * 1024
"""Bodies of requests are kept up to this; of older requests the head remains."""
KEPT_REQUESTS = 2000


def unheard(_asked: Asked, _given: Given) -> None:
    """For those who do not want to hear what was sent."""


class Billing(Enum):
    """When an order is billed, and what becomes of it where the other side leaves before its answer."""

    ARRIVAL = "arrival"
    """At once; the work ends with the connection."""
    END = "end"
    """When it is done; the work ends with the connection, unbilled."""
    ANYWAY = "anyway"
    """When it is done, and it is done whoever leaves."""


@dataclass(slots=True, kw_only=True)
class Rules:
    """Switches for what real servers differ in. They may be changed while the server runs.

    `body_limit`: bytes of a whole body on NanoGPT's rows, above which a proxy answers 413. `naga_field`: the name under
    which Naga's rows see several pictures; under the other none arrives. `bare_models`: `/v1/models` is a bare list.
    `x_api_key_everywhere`: also where no document tells of it. `results_elsewhere`: addresses of pictures name the
    second port. `revise`: the answer tells of a prompt that was changed. `work_s`: seconds that an order takes.
    """

    body_limit: int = BODY_LIMIT
    naga_field: str = "images[]"
    bare_models: bool = False
    x_api_key_everywhere: bool = False
    results_elsewhere: bool = False
    revise: bool = True
    billing: Billing = Billing.ANYWAY
    work_s: float = 0.0


@dataclass(slots=True, kw_only=True)
class World:
    """Passed to every handler. `keys` are the keys that are good; `origin` where addresses of pictures begin. `sent` is
    told each answer once all of it was handed to the socket as it is."""

    rules: Rules = field(default_factory=Rules)
    catalogue: Catalogue = field(default_factory=Catalogue)
    ledger: Ledger = field(default_factory=Ledger)
    results: Results = field(default_factory=Results)
    requests: list[Asked] = field(default_factory=list["Asked"])
    keys: list[str] = field(default_factory=lambda: [f"demo-{secrets.token_hex(16)}"])
    origins: tuple[str, str] = ("", "")
    sent: Callable[[Asked, Given], None] = unheard

    def note(self, asked: Asked) -> None:
        """Write a request into the log."""
        self.requests.append(asked)
        del self.requests[:-KEPT_REQUESTS]
        room = KEPT_BYTES - len(asked.body)
        for each in reversed(self.requests[:-1]):
            room -= len(each.body)
            if room < 0:
                each.body = b""
                each.files.clear()

    @property
    def origin(self) -> str:
        """Where the addresses of pictures begin now."""
        return self.origins[1 if self.rules.results_elsewhere else 0]
