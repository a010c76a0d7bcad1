"""What each operation scored when it was last measured, and below what it would not be offered.

Written by `python -m tests.whole.engine.measure`; a test measures again and compares.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`value` was measured; under `threshold` the operation is not advertised. `meaning` says what is counted."""

    value: float
    threshold: float
    meaning: str

    @property
    def passes(self) -> bool:
        """Whether the operation may be offered."""
        return self.value >= self.threshold


SCORES: dict[str, Score] = {
    "remove": Score(value=1.0, threshold=0.66, meaning="share of six removals on photographs that look untouched"),
    "extend": Score(value=1.0, threshold=0.66, meaning="share of three extended photographs that look untouched"),
    "select": Score(value=0.966, threshold=0.85, meaning="mean overlap with stored masks over twelve clicks"),
    "cutout": Score(value=0.997, threshold=0.85, meaning="mean overlap with stored masks of three subjects"),
    "upscale": Score(value=0.428, threshold=0.1, meaning="decibels above resampling, on photographs made smaller"),
}
