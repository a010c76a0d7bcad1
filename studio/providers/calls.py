"""One request as it is carried: what goes out, what may come back, how long it may take, and what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from studio.domain.problems import OutcomeLost, ProviderError

if TYPE_CHECKING:
    from studio.providers.ports import Receiving
    from studio.wire.messages import Answer, Message

MEGABYTE = 1 << 20
PLAIN_CAP = 10 * MEGABYTE
"""Bytes of an answer without pictures, and of any refusal."""
PICTURES_CAP = 256 * MEGABYTE
"""Bytes of an answer with pictures in it, and of a picture that is fetched."""
CONNECT_S = 10.0
WRITE_S = 60.0
GAP_S = 60.0
"""Seconds without a single byte."""
FREE_S = 60.0
"""Seconds for a question that costs nothing."""


class Unsent(ProviderError):
    """Provably nothing of the body left: it may be sent again without a risk."""


class Unreached(Unsent):
    """There was no connection, so that not even the head of the request left. Waiting may help."""


class CutShort(OutcomeLost):
    """A paid order's answer that broke off. `came`: its head, and its body so far, unpacked; None before a head."""

    came: Answer | None = None


class Phase(Enum):
    """How far a request is."""

    UPLOADING = "Uploading"
    WAITING = "Waiting"
    DOWNLOADING = "Downloading"


class Told(Protocol):
    """Hears how far a request is: bytes that went or came, and of how many where that is known."""

    def __call__(self, phase: Phase, done: int, total: int | None, /) -> None: ...


def untold(phase: Phase, done: int, total: int | None) -> None:
    """For those who do not want to hear it."""


class Watch(Protocol):
    """Hears of a request's turning points."""

    async def leaving(self) -> None:
        """The first byte of its body leaves when this returns."""
        ...

    def answered(self, answer: Answer) -> Receiving | None:
        """The head of the answer came; what its body is told to, as it comes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`provider` is what people call it. `paid`: once a byte of the body left, the order may have been charged. `key`
    is the header that only the profile's own origin gets. `pins` are the addresses to connect to instead of looking
    the name up. `seconds` is for all of it; while a paid order is worked on, no byte need come in between."""

    message: Message
    provider: str
    paid: bool = False
    key: tuple[str, str] | None = None
    cap: int = PLAIN_CAP
    seconds: float = FREE_S
    pins: tuple[str, ...] = ()
    encodings: str = "identity"
    told: Told = field(default=untold)
    watch: Watch | None = None
