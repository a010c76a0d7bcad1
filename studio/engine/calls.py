"""What the engine's process is asked for and what it tells, in pixels that any room knows. Needs no numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.domain.request import ParameterValue
    from studio.imaging.kept import Kept

Source = TypeVar("Source", bound="Pixels | Kept", covariant=True)
"""Pixels, or the file that they are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClick:
    """A click in the picture's pixels; `add` is false for one that takes away."""

    x: float
    y: float
    add: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[Source]):
    """An order for the engine. `picture` is BGRA or BGRX, `mask` gray and of its size (255 = change); either may be
    a file that the engine's process is to open.

    `key` names the picture's state, so that what was computed for it can be used again; seeds count up from `seed`.
    Without `preview` none is made: it takes half a second, and is for whoever looks on.
    """

    operation: str
    picture: Source
    mask: Source | None = None
    parameters: tuple[tuple[str, ParameterValue], ...] = ()
    seed: int = 0
    count: int = 1
    clicks: tuple[CallClick, ...] = ()
    key: str = ""
    preview: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CallProgress:
    """What is being done, and how much of the whole is done (0 to 1, None: unknown)."""

    phase: str
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPreview:
    """A rough picture of the first result: of its shape, but it may be smaller."""

    picture: Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class CallResult:
    """One output: BGRX or BGRA, for a selection gray. `index` from 0; `score` says how sure a selection is."""

    index: int
    picture: Pixels
    seed: int = 0
    score: float | None = None


CallEvent: TypeAlias = CallProgress | CallPreview | CallResult
