"""An order in, events out: the one door to the operations of this room."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.geometry import Margins
from studio.engine.arrays import box_of
from studio.engine.cutout import Subject, cut_out
from studio.engine.events import Progress, Result
from studio.engine.extend import extend
from studio.engine.fill import FillOptions, Quality, fill
from studio.engine.operations import OPERATIONS
from studio.engine.select import Click, Scene, select
from studio.engine.upscale import upscale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.domain.request import ParameterValue
    from studio.engine.arrays import Bytes
    from studio.engine.events import Event
    from studio.engine.nets import Models

_CLICK = re.compile(r"(-?)\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An operation's id and what it works on.

    picture (height, width, 3 or 4) RGB or RGBA, mask (height, width) with 255 = change. `forbidden` is a mask of what
    may not be copied. `scene`, if the caller kept one of this very picture, saves work between clicks. `preview` says
    whether somebody looks at one.
    """

    operation: str
    picture: Bytes
    mask: Bytes | None = None
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict[str, "ParameterValue"])
    seed: int = 0
    count: int = 1
    clicks: tuple[Click, ...] = ()
    forbidden: Bytes | None = None
    scene: Scene | None = None
    preview: bool = True


def run(order: Order, models: Models) -> Iterator[Event]:
    """Carry an order out. Raises the StudioErrors of the operation; `unknown-model` for another operation's id."""
    match order.operation:
        case "remove":
            if order.mask is None:
                raise trouble("mask-empty")
            return fill(order.picture, order.mask, _fill_options(order))
        case "extend":
            return _extended(order)
        case "select":
            return _selected(order, models)
        case "cutout":
            return _cut(order, models)
        case "upscale":
            return upscale(order.picture, _number(order, "factor", 2.0), models, preview=order.preview)
        case _:
            known = ", ".join(model.id for model in OPERATIONS)
            raise trouble("unknown-model", provider="local", model=order.operation, models=known)


def _extended(order: Order) -> Iterator[Event]:
    """By the mask where the canvas has been enlarged already, else by the margins."""
    if order.mask is not None and order.mask.any():
        return fill(order.picture, order.mask, _fill_options(order))
    left, top, right, bottom = (int(_number(order, side, 0)) for side in ("left", "top", "right", "bottom"))
    return extend(order.picture, Margins(left=left, top=top, right=right, bottom=bottom), _fill_options(order))


def _selected(order: Order, models: Models) -> Iterator[Event]:
    yield Progress(phase="Looking")
    scene = order.scene or Scene.of(order.picture)
    clicks = order.clicks or _inside(clicks_of(str(order.parameters.get("clicks", ""))), order.picture)
    box = None if order.mask is None else box_of(order.mask)
    if box is None and not any(click.add for click in clicks):
        raise trouble("nothing-there")
    for index, candidate in enumerate(select(scene, clicks, models, box=box)):
        yield Result(index=index, picture=candidate.mask, score=candidate.score)
        if index + 1 >= order.count:
            return


def _cut(order: Order, models: Models) -> Iterator[Event]:
    yield Progress(phase="Cutting out")
    mask = order.mask if order.mask is not None and order.mask.any() else None
    yield Result(index=0, picture=cut_out(order.picture, models, subject=_subject(order), mask=mask))


def clicks_of(text: str) -> tuple[Click, ...]:
    """Clicks written as `x,y`, one that takes away with a minus before it; raises UsageError for anything else."""
    if _CLICK.sub("", text).strip(" ;"):
        raise trouble("bad-parameter", name="Clicks", value=text, allowed="places like 420,310 or -500,80")
    return tuple(Click(x=float(match[2]), y=float(match[3]), add=not match[1]) for match in _CLICK.finditer(text))


def _inside(clicks: tuple[Click, ...], picture: Bytes) -> tuple[Click, ...]:
    """The clicks, which are typed: one beside the picture is a slip."""
    height, width = picture.shape[:2]
    for click in clicks:
        if not (0 <= click.x < width and 0 <= click.y < height):
            at = f"{click.x:g},{click.y:g}"
            raise trouble("bad-parameter", name="Clicks", value=at, allowed=f"places within {width} x {height}")
    return clicks


def _fill_options(order: Order) -> FillOptions:
    names = {"fast": Quality.FAST, "normal": Quality.NORMAL, "best": Quality.BEST}
    wanted = order.parameters.get("quality", "normal")
    if not isinstance(wanted, str) or wanted not in names:
        raise trouble("bad-parameter", name="Quality", value=wanted, allowed=", ".join(names))
    return FillOptions(
        quality=names[wanted],
        seed=order.seed,
        count=max(1, order.count),
        forbidden=order.forbidden,
        preview=order.preview,
    )


def _number(order: Order, name: str, default: float) -> float:
    value = order.parameters.get(name, default)
    if isinstance(value, (str, bool)):
        raise trouble("bad-parameter", name=name, value=value, allowed="a number")
    return value


def _subject(order: Order) -> Subject:
    wanted = order.parameters.get("subject", Subject.AUTO.value)
    known = {subject.value: subject for subject in Subject}
    if wanted not in known:
        raise trouble("bad-parameter", name="Subject", value=wanted, allowed=", ".join(known))
    return known[str(wanted)]
