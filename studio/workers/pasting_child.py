"""The process that makes finished pictures: reads files of the library, hands a PNG over. Run with `python -m`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.geometry import Margins, Rect, Size
from studio.domain.problems import StudioError
from studio.domain.request import Colours, Outcome, Placement
from studio.framing.finished import finished
from studio.framing.unfinished import Unfinished
from studio.workers import channel
from studio.workers.channel import BadMessage
from studio.workers.inside import answer_each
from studio.workers.kept_files import kept_heard

if TYPE_CHECKING:
    from studio.imaging.kept import Kept
    from studio.workers.channel import Fields, Json
    from studio.workers.shared import Exchange

NICE = 10
"""Behind the window, whatever else runs."""


def main() -> None:
    """Until the parent is gone."""
    answer_each(_answered, nice=NICE)


def _answered(exchange: Exchange, order: Fields) -> dict[str, Json]:
    try:
        data, size = finished(_heard(order))
        name = exchange.put(data)
    except StudioError as error:
        return channel.trouble_told(error)
    except Exception as error:  # the process's edge: whatever it is, one picture is not pasted, and the next may be
        return channel.trouble_told(trouble("not-pasted", detail=repr(error)))
    return {"kind": "finished", "name": name, "length": len(data), "width": size.width, "height": size.height}


def _heard(order: Fields) -> Unfinished:
    document, sent = _numbers(order, "document"), _numbers(order, "sent")
    x, y, width, height = _numbers(order, "box")
    left, top, right, bottom = _numbers(order, "padding")
    return Unfinished(
        source=_kept(order, "source"),
        answer=_kept(order, "answer"),
        paste=None if order.inner("paste") is None else _kept(order, "paste"),
        placement=Placement(
            document=Size(width=document[0], height=document[1]),
            box=Rect(x=x, y=y, width=width, height=height),
            sent=Size(width=sent[0], height=sent[1]),
            padding=Margins(left=left, top=top, right=right, bottom=bottom),
        ),
        outcome=Outcome(order.text("outcome")),
        colours=Colours(order.text("colours")),
    )


def _numbers(order: Fields, name: str) -> list[int]:
    return [each for each in order.rows(name) if isinstance(each, int)]


def _kept(order: Fields, name: str) -> Kept:
    inner = order.inner(name)
    if inner is None:
        raise BadMessage(f"{name} is missing")
    return kept_heard(inner)


if __name__ == "__main__":
    main()
