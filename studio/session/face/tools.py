"""The tool in hand, as a view shows it. Apart from the other views, for it is part of the first frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from studio.domain.brush import Brush
from studio.domain.margins import Margins
from studio.domain.settings import Overlay


class Tool(Enum):
    """The tools of the tool bar, in its order."""

    MOVE = "move"
    HAND = "hand"
    BRUSH = "brush"
    ERASER = "eraser"
    SELECT = "select"
    RECTANGLE = "rectangle"
    LASSO = "lasso"
    EXTEND = "extend"
    ZOOM = "zoom"


class Combine(Enum):
    """What a shape or a click does with the mask that is there."""

    REPLACE = "replace"
    ADD = "add"
    SUBTRACT = "subtract"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolView:
    """The tool in hand and the brush. `candidates` and `candidate` belong to a running object selection."""

    tool: Tool = Tool.BRUSH
    brush: Brush = field(default_factory=Brush)
    overlay: Overlay = field(default_factory=Overlay)
    overlay_shown: bool = True
    combine: Combine = Combine.REPLACE
    candidates: int = 0
    candidate: int = 0
    busy: bool = False
    hint: str = ""
    margins: Margins = field(default_factory=Margins)
    """How far the tool EXTEND pulls the edges out now."""


class CompareMode(Enum):
    """How a result is compared with what was there."""

    OFF = "off"
    HOLD = "hold"
    """The original alone, while a key or button is held."""
    SPLIT = "split"
