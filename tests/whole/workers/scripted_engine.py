"""An engine's process whose operations are what the tests need: run with `python -m` in place of the real one."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.engine.calls import Call, CallEvent, CallPreview, CallProgress, CallResult
from studio.workers.engine_child import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.pixels import Pixels


class Script:
    """Operations by name."""

    def answer(self, call: Call[Pixels]) -> Iterator[CallEvent]:
        yield CallProgress(phase=call.operation, fraction=0.0)
        match call.operation:
            case "echo":
                if call.preview:
                    yield CallPreview(picture=call.picture)
                for index in range(call.count):
                    yield CallResult(index=index, picture=call.mask or call.picture, seed=call.seed + index, score=0.5)
            case "hang":
                threading.Event().wait()
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "refuse":
                raise trouble("mask-full")
            case "stumble":
                raise ZeroDivisionError("oh")
            case "starve":
                raise MemoryError
            case "chatter":
                print("not a message", flush=True)
                os.write(1, b"neither is this\n")
            case _:
                yield CallProgress(phase=repr((call.parameters, call.clicks, call.key)))


if __name__ == "__main__":
    serve(Script())
