"""A pasting process that does as the name of the answer's file says: "die", or anything else for hanging."""

from __future__ import annotations

import os
import signal
import threading

from studio.workers.inside import Line


def main() -> None:
    line = Line(nice=0)
    answer = line.next().inner("answer")
    if answer is not None and answer.text("path") == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()


if __name__ == "__main__":
    main()
