"""The engine's calls and events as messages, for both ends of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.calls import Call, CallClick, CallEvent, CallPreview, CallProgress, CallResult
from studio.imaging.kept import Kept
from studio.workers.channel import BadMessage, Fields
from studio.workers.kept_files import kept_heard, kept_told

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.domain.request import ParameterValue
    from studio.workers.channel import Json
    from studio.workers.shared import Exchange


def call_told(call: Call[Pixels | Kept], exchange: Exchange, *, known: bool) -> dict[str, Json]:
    """A call as a message. The picture stays out where the other side has it already under its key."""
    return {
        "kind": "call",
        "operation": call.operation,
        "picture": None if known else _source_told(call.picture, exchange),
        "mask": None if call.mask is None else _source_told(call.mask, exchange),
        "parameters": dict(call.parameters),
        "seed": call.seed,
        "count": call.count,
        "clicks": [{"x": click.x, "y": click.y, "add": click.add} for click in call.clicks],
        "key": call.key,
        "preview": call.preview,
    }


def call_heard(fields: Fields, exchange: Exchange, known: Pixels | None) -> Call[Pixels | Kept]:
    """The call of such a message; `known` is the picture of the call before. Raises BadMessage."""
    picture, mask = fields.inner("picture"), fields.inner("mask")
    seen = _source_heard(picture, exchange) if picture else known
    if seen is None:
        raise BadMessage("the picture is missing")
    return Call(
        operation=fields.text("operation"),
        picture=seen,
        mask=_source_heard(mask, exchange) if mask else None,
        parameters=_parameters(fields),
        seed=fields.whole("seed"),
        count=fields.whole("count"),
        clicks=tuple(_click(row) for row in fields.rows("clicks")),
        key=fields.text("key"),
        preview=fields.flag("preview"),
    )


def event_told(event: CallEvent, exchange: Exchange) -> dict[str, Json]:
    """An event as a message."""
    match event:
        case CallProgress():
            return {"kind": "progress", "phase": event.phase, "fraction": event.fraction}
        case CallPreview():
            return {"kind": "preview", "picture": exchange.put_pixels(event.picture)}
        case CallResult():
            return {
                "kind": "result",
                "index": event.index,
                "picture": exchange.put_pixels(event.picture),
                "seed": event.seed,
                "score": event.score,
            }


def event_heard(fields: Fields, exchange: Exchange) -> CallEvent:
    """The event of such a message. Raises BadMessage."""
    kind = fields.text("kind")
    if kind == "progress":
        return CallProgress(phase=fields.text("phase"), fraction=fields.number("fraction"))
    picture = fields.inner("picture")
    if picture is None or kind not in ("preview", "result"):
        raise BadMessage(f"{kind} is no event")
    pixels = exchange.take_pixels(picture)
    if kind == "preview":
        return CallPreview(picture=pixels)
    index, seed = fields.whole("index"), fields.whole("seed")
    return CallResult(index=index, picture=pixels, seed=seed, score=fields.number("score"))


def _source_told(source: Pixels | Kept, exchange: Exchange) -> dict[str, Json]:
    return {"kept": kept_told(source)} if isinstance(source, Kept) else exchange.put_pixels(source)


def _source_heard(fields: Fields, exchange: Exchange) -> Pixels | Kept:
    kept = fields.inner("kept")
    return exchange.take_pixels(fields) if kept is None else kept_heard(kept)


def _parameters(fields: Fields) -> tuple[tuple[str, ParameterValue], ...]:
    inner = fields.inner("parameters")
    if inner is None:
        raise BadMessage("the parameters are missing")
    return tuple(inner.plain())


def _click(row: Json) -> CallClick:
    if not isinstance(row, dict):
        raise BadMessage("a click has no fields")
    click = Fields(row)
    return CallClick(x=click.number("x") or 0.0, y=click.number("y") or 0.0, add=click.flag("add"))
