"""Where the picture lies on the screen.

Three spaces: *document* (picture pixels), *device* (the screen's pixels, counted from the canvas's top left corner) and
*view* (Qt's logical pixels; device / pixel ratio). Everything is painted in device pixels, so nothing here depends on
Qt. Zoom is device pixels per document pixel: 1.0 shows each picture pixel on one screen pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from studio.domain.geometry import Rect, Size

MIN_ZOOM = 0.02
MAX_ZOOM = 32.0
STEPS = (
    *(0.02, 0.03, 0.04, 0.05, 0.0625, 0.0833, 0.125, 0.1667, 0.25, 0.3333, 0.5, 0.6667),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0),
)
MAX_LEVEL = 8
KEEP = 64
"""Device pixels of the picture that panning leaves on the screen: less where it is smaller, at most half of that."""


def rounded(value: float) -> int:
    """The nearest whole number, halves upwards: one rule for all edges, so neighbours share theirs."""
    return math.floor(value + 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewTransform:
    """`x` and `y`: device pixels from the canvas's corner to the document's. `view` is the canvas in device pixels,
    `document` the picture, `ratio` the device pixels in one of Qt's."""

    document: Size
    view: Size
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    ratio: float = 1.0

    def to_device(self, x: float, y: float) -> tuple[float, float]:
        """Document to device."""
        return self.x + x * self.zoom, self.y + y * self.zoom

    def to_document(self, x: float, y: float) -> tuple[float, float]:
        """Device to document."""
        return (x - self.x) / self.zoom, (y - self.y) / self.zoom

    def from_view(self, x: float, y: float) -> tuple[float, float]:
        """View (where mouse events are) to document."""
        return self.to_document(x * self.ratio, y * self.ratio)

    def device_rect(self, rect: Rect) -> Rect:
        """Where a document rectangle lies in device pixels; edges that touch there touch here."""
        left, top = self.to_device(rect.x, rect.y)
        right, bottom = self.to_device(rect.right, rect.bottom)
        return Rect.from_edges(rounded(left), rounded(top), rounded(right), rounded(bottom))

    def document_rect(self, rect: Rect) -> Rect:
        """The document pixels that touch a device rectangle, whether the picture has them or not."""
        left, top = self.to_document(rect.x, rect.y)
        right, bottom = self.to_document(rect.right, rect.bottom)
        return Rect.from_edges(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))

    @property
    def picture(self) -> Rect:
        """The whole picture in device pixels."""
        return self.device_rect(Rect.of_size(self.document))

    @property
    def level(self) -> int:
        """The coarsest pyramid level (1 / 2**level) that still has a pixel for each device pixel."""
        if self.zoom >= 1.0:
            return 0
        return min(MAX_LEVEL, math.floor(math.log2(1.0 / self.zoom) + 1e-9))

    def zoomed(self, zoom: float, at: tuple[float, float]) -> ViewTransform:
        """Another zoom (held within the limits) with the document point under `at` (device) left where it is."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        x, y = self.to_document(*at)
        return replace(self, zoom=zoom, x=at[0] - x * zoom, y=at[1] - y * zoom).held()

    def stepped(self, steps: int, at: tuple[float, float]) -> ViewTransform:
        """So many of `STEPS` in (or out, where negative)."""
        zoom = self.zoom
        for _ in range(abs(steps)):
            zoom = next_step(zoom) if steps > 0 else previous_step(zoom)
        return self.zoomed(zoom, at)

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """Moved by device pixels. Whole ones keep what was already painted usable."""
        return replace(self, x=self.x + dx, y=self.y + dy).held()

    def fitted(self, margin: float) -> ViewTransform:
        """The whole picture, centred, with this margin (device pixels); never above 100 %."""
        return self.showing(Rect.of_size(self.document), margin, at_most=1.0)

    def showing(self, rect: Rect, margin: float, at_most: float = MAX_ZOOM) -> ViewTransform:
        """A document rectangle as large as it fits, centred."""
        if rect.is_empty:
            return self
        wide = max(1.0, self.view.width - 2 * margin) / rect.width
        high = max(1.0, self.view.height - 2 * margin) / rect.height
        zoom = max(MIN_ZOOM, min(wide, high, at_most, MAX_ZOOM))
        return replace(self, zoom=zoom).centred(rect.x + rect.width / 2, rect.y + rect.height / 2)

    def centred(self, x: float, y: float) -> ViewTransform:
        """A document point in the middle of the canvas, the picture on whole device pixels."""
        left = self.view.width / 2 - x * self.zoom
        top = self.view.height / 2 - y * self.zoom
        return replace(self, x=float(rounded(left)), y=float(rounded(top))).held()

    def resized(self, view: Size, ratio: float) -> ViewTransform:
        """The canvas has another size; what was in its middle stays there."""
        middle = self.to_document(self.view.width / 2, self.view.height / 2)
        return replace(self, view=view, ratio=ratio).centred(*middle)

    def held(self) -> ViewTransform:
        """Not lost: corners may go to the middle and beyond, but a piece of the picture stays on the screen."""
        x = _held(self.x, self.document.width * self.zoom, self.view.width)
        y = _held(self.y, self.document.height * self.zoom, self.view.height)
        return self if (x, y) == (self.x, self.y) else replace(self, x=x, y=y)


def _held(start: float, length: float, room: float) -> float:
    keep = min(KEEP, length, room / 2)
    low, high = math.ceil(keep - length), math.floor(room - keep)
    return float(min(max(start, low), high)) if low <= high else start


def next_step(zoom: float) -> float:
    """The next larger of `STEPS`."""
    return next((step for step in STEPS if step > zoom * 1.001), MAX_ZOOM)


def previous_step(zoom: float) -> float:
    """The next smaller of `STEPS`."""
    return next((step for step in reversed(STEPS) if step < zoom * 0.999), MIN_ZOOM)
