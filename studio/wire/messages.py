"""What goes in and comes out of the protocols."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.capabilities import Price
    from studio.domain.request import ParameterValue


class Route(Enum):
    """Which of a provider's ways an order takes; the values are the words of the setting `route`."""

    EDITS = "edits"
    IMAGES = "images"
    GENERATIONS = "generations"


class MaskForm(Enum):
    """How a mask says what will change."""

    ALPHA = "alpha"
    """Transparent is changed (OpenAI, Naga)."""
    WHITE = "white"
    """Opaque; white is changed (NanoGPT's data URLs)."""
    BOTH = "both"
    """White and transparent is changed, black and opaque is kept: right for a reader of either kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireImage:
    """A picture as it is sent. `media_type` is what the bytes are, never what a name says."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WireOrder:
    """An order with everything encoded. `images` in the order in which they are sent, the one that is edited first; a
    text among them is an https address. `mask` has the pixel size of the first. `parameters` are those that were set,
    under the names of the documents; `size` is the catalogue's own word. Empty or None: not sent."""

    model: str = ""
    prompt: str = ""
    count: int | None = None
    seed: int | None = None
    size: str = ""
    parameters: tuple[tuple[str, ParameterValue], ...] = ()
    images: tuple[WireImage | str, ...] = ()
    mask: WireImage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One request, complete but for the key: the whole address, headers in their order, and the body in pieces (so that
    a large one is never copied into one)."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: tuple[bytes, ...] = ()

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return sum(len(piece) for piece in self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that came within the answer."""

    index: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A picture that is to be fetched, without any key."""

    index: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A good answer. `balance` is what the account has left, where it was told; `cost` None is unknown, never free."""

    items: tuple[Picture | Address, ...]
    cost: Price | None = None
    balance: Price | None = None
    request_id: str | None = None
    revised_prompt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, as bytes. `headers` with small-letter names."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first header of this name (small letters), None where there is none."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a free call told of a key: whether it is good (None: cannot be told, `reason` says why), and the balance."""

    good: bool | None
    reason: str = ""
    balance: Price | None = None
    detail: tuple[tuple[str, str], ...] = field(default=())
