"""Integer geometry. A value is meaningful only in its named space: document, crop, sent, returned or view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.margins import Margins

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Margins", "Point", "Rect", "Size"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height in pixels, both at least 0."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0:
            raise ValueError(f"a size cannot be negative: {self.width} x {self.height}")

    @property
    def area(self) -> int:
        """Number of pixels."""
        return self.width * self.height

    @property
    def is_empty(self) -> bool:
        """Whether there is no pixel at all."""
        return self.area == 0

    def __str__(self) -> str:
        return f"{self.width} x {self.height}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A pixel's coordinates, from the top left corner."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A half-open box: it holds the pixels x <= px < x + width, y <= py < y + height. x and y may be negative."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0:
            raise ValueError(f"a rectangle cannot be negative: {self.width} x {self.height}")

    @staticmethod
    def of_size(size: Size) -> Rect:
        """The box of a picture of this size, with its corner at 0, 0."""
        return Rect(x=0, y=0, width=size.width, height=size.height)

    @staticmethod
    def from_edges(left: int, top: int, right: int, bottom: int) -> Rect:
        """The box between two corners, the second one outside; empty where they cross."""
        return Rect(x=left, y=top, width=max(0, right - left), height=max(0, bottom - top))

    @property
    def right(self) -> int:
        """First column right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row below the box."""
        return self.y + self.height

    @property
    def size(self) -> Size:
        """The box's size."""
        return Size(width=self.width, height=self.height)

    @property
    def is_empty(self) -> bool:
        """Whether no pixel lies in the box."""
        return self.width == 0 or self.height == 0

    def intersected(self, other: Rect) -> Rect:
        """The pixels that lie in both boxes; an empty box where there are none."""
        # Asked for thousands of times in a stroke, so without calls.
        x = self.x if self.x > other.x else other.x
        y = self.y if self.y > other.y else other.y
        right, other_right = self.x + self.width, other.x + other.width
        bottom, other_bottom = self.y + self.height, other.y + other.height
        width = (right if right < other_right else other_right) - x
        height = (bottom if bottom < other_bottom else other_bottom) - y
        return Rect(x=x, y=y, width=width if width > 0 else 0, height=height if height > 0 else 0)

    def united(self, other: Rect) -> Rect:
        """The smallest box around both; an empty box adds nothing."""
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        return Rect.from_edges(
            min(self.x, other.x),
            min(self.y, other.y),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, pixels: int) -> Rect:
        """The box with this many pixels more on each side (fewer where negative, down to empty)."""
        return Rect.from_edges(self.x - pixels, self.y - pixels, self.right + pixels, self.bottom + pixels)

    def translated(self, dx: int, dy: int) -> Rect:
        """The box moved."""
        return Rect(x=self.x + dx, y=self.y + dy, width=self.width, height=self.height)

    def contains(self, other: Rect) -> bool:
        """Whether every pixel of the other box lies in this one (true for an empty one)."""
        return other.is_empty or self.intersected(other) == other

    def tiles(self, edge: int) -> Iterator[tuple[int, int]]:
        """Column and row of every tile of this edge that the box touches, row by row."""
        if self.is_empty:
            return
        for row in range(self.y // edge, (self.bottom - 1) // edge + 1):
            for column in range(self.x // edge, (self.right - 1) // edge + 1):
                yield column, row
