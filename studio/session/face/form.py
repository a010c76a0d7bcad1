"""The form from prompt to Run, as a view shows it. Apart from the other views, for it is part of the first frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.capabilities import Model, Parameter, Price, ProviderInfo
    from studio.domain.geometry import Rect
    from studio.domain.pixels import Pixels
    from studio.domain.problems import Problem
    from studio.domain.request import ParameterValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """A picture of the reference tray."""

    id: str
    name: str
    enabled: bool = True
    thumbnail: Pixels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """The Run button: whether it can be pressed, else the reason in a sentence; price and time beside it."""

    enabled: bool = False
    reason: str = ""
    price: Price | None = None
    free: bool = True
    duration: str = ""
    expected: tuple[float, float] | None = None
    """Between how many seconds and how many past runs of its kind took; None where there were too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """Prompt, model and its parameters. `values` holds what is set, by parameter name."""

    providers: tuple[ProviderInfo, ...] = ()
    models: tuple[Model, ...] = ()
    model: Model | None = None
    prompt: str = ""
    parameters: tuple[Parameter, ...] = ()
    values: tuple[tuple[str, ParameterValue], ...] = ()
    count: int = 3
    seed: int | None = None
    references: tuple[ReferenceRow, ...] = ()
    run: RunView = field(default_factory=RunView)
    frame: Rect | None = None
    """The box (document space) that would be sent now."""
    frame_label: str = ""
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    """What the chosen model will do with this order that a designer should know before Run, a sentence each."""
    balance: Price | None = None
    """What the account of the chosen model's provider has left, as last told."""
