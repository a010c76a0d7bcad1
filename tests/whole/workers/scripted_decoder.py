"""A decode process that does as the file says: "die", "hang", or anything else for a picture of one pixel."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from studio.workers import channel
from studio.workers.inside import Line
from studio.workers.shared import Exchange


def main() -> None:
    exchange = Exchange(Path(sys.argv[1]))
    line = Line(nice=0)
    while True:
        order = line.next()
        said = bytes(exchange.take(order.text("name"), order.whole("length")))
        if said == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if said == b"hang":
            threading.Event().wait()
        channel.write(line.out, {"kind": "decoded", "width": 1, "height": 1})


if __name__ == "__main__":
    main()
