"""The engine's process: one call after the other, ended from outside at any moment. Run with `python -m`."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studio.domain.catalogue import trouble
from studio.domain.problems import StudioError
from studio.engine.answering import Engine
from studio.engine.calls import Call
from studio.engine.pictures import use_threads
from studio.framing.masks import mask_file
from studio.imaging.decode import decode
from studio.imaging.kept import Kept
from studio.workers import channel
from studio.workers.engine_calls import call_heard, event_told
from studio.workers.inside import Line, limit_memory
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.pixels import Pixels
    from studio.engine.calls import CallEvent
    from studio.workers.channel import Fields, Json

_NICE = 10


class Answers(Protocol):
    """What works calls off."""

    def answer(self, call: Call[Pixels]) -> Iterator[CallEvent]: ...


def main() -> None:
    """Answers calls by the engine until the parent is gone."""
    use_threads(os.cpu_count() or 1)
    if hasattr(os, "sysconf"):
        limit_memory(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    serve(Engine(Path(sys.argv[2])))


def serve(engine: Answers) -> None:
    """Answers one call after the other until the parent is gone."""
    exchange = Exchange(Path(sys.argv[1]))
    line = Line(nice=_NICE)
    known: Pixels | None = None
    channel.write(line.out, {"kind": "ready"})
    while True:
        known = _answer(line, exchange, engine, line.next(), known)


def _answer(line: Line, exchange: Exchange, engine: Answers, message: Fields, known: Pixels | None) -> Pixels | None:
    """Works a call off; the picture that the next call may be about again."""
    heard = call_heard(message, exchange, known)
    picture: Pixels | None = None
    last: dict[str, Json] = {"kind": "done"}
    try:
        call = _opened(heard)
        picture = call.picture
        for event in engine.answer(call):
            channel.write(line.out, event_told(event, exchange))
    except StudioError as error:
        last = channel.trouble_told(error)
    except (MemoryError, OSError) as error:  # OSError: no memory left to hand a result over
        last = channel.trouble_told(trouble("engine-memory", detail=repr(error)))
    except Exception as error:  # the process's edge: a bug of the engine ends a job, not the program
        detail = "".join(traceback.format_exception(error))
        last = channel.trouble_told(trouble("engine-failed", detail=detail))
    channel.write(line.out, last)
    return picture if heard.key else None


def _opened(call: Call[Pixels | Kept]) -> Call[Pixels]:
    """With the pixels of what is kept in files. Raises StorageError, ImagingError."""
    picture, mask = call.picture, call.mask
    return Call(
        operation=call.operation,
        picture=decode(picture.read(), "The picture").pixels if isinstance(picture, Kept) else picture,
        mask=mask_file(mask.read()) if isinstance(mask, Kept) else mask,
        parameters=call.parameters,
        seed=call.seed,
        count=call.count,
        clicks=call.clicks,
        key=call.key,
        preview=call.preview,
    )


if __name__ == "__main__":
    main()
