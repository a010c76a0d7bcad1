"""What an operation tells while it runs. The process around it forwards these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is being done, in a word or two for people, and how much of the whole is done (0 to 1, None: unknown)."""

    phase: str
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A rough picture of the first result: of its shape, but it may be smaller."""

    picture: Bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One finished output: its place among the variations (from 0), the seed it came from, and the picture.

    The picture is RGB or RGBA; for a selection it is the mask (height, width), and `score` says how sure it is.
    """

    index: int
    picture: Bytes
    seed: int = 0
    score: float | None = None


Event: TypeAlias = Progress | Preview | Result
